import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts';

const secrets = ['shared-secret-value', 'Bearer secret-header-value'];

describe('destinations over the control API', () => {
  let server: ControlServer;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    server = await startControlServer();
    receiver = await openWebhookReceiver();
  });
  afterAll(async () => {
    await server.close();
    await receiver.close();
  });

  const settings = (): object => ({
    url: receiver.url,
    sharedSecret: secrets[0],
    headers: { Authorization: secrets[1] },
  });
  const add = async (fields: object = {}): Promise<any> => {
    const answer = await server.call('POST', 'destinations', {
      body: { kind: 'webhook', settings: settings(), ...fields },
    });
    expect(answer).toMatchObject({ status: 201 });
    return answer.body;
  };
  const put = (id: string, actions: readonly object[]) =>
    server.call('PUT', `destinations/${id}/actions`, { body: { actions } });

  it('lists the kinds with the schemas of their settings and actions', async () => {
    const { body } = await server.call('GET', 'catalog');
    const webhook = body.items.find(({ slug }: { slug: string }) => slug === 'webhook');
    expect(webhook).toMatchObject({
      name: 'Webhook',
      integrationNames: ['Webhook'],
      addable: true,
      settings: { properties: { url: { type: 'string' }, sharedSecret: { secret: true } } },
      actions: [{ slug: 'send', fields: { properties: { data: expect.anything() as unknown } } }],
      startsWith: [{ action: 'send', name: 'Send' }],
    });
    const workspace = body.items.find(({ slug }: { slug: string }) => slug === 'workspace');
    expect(workspace.addable).toBe(false);
    expect(workspace.actions.length).toBeGreaterThan(10);
  });

  it('adds a destination with the default actions of its kind', async () => {
    const destination = await add({ name: 'My hook' });
    expect(destination).toMatchObject({ kind: 'webhook', name: 'My hook', enabled: true, sourceIds: null, version: 1 });
    expect(destination.actions).toMatchObject([{ kind: 'send', name: 'Send', enabled: true }]);
  });

  it('shows how it is being served at the moment, on its own, in the list and in the status', async () => {
    const delivery = { maxConcurrency: 7, ratePerSecond: 40 };
    const { id } = await add({ settings: { ...settings(), delivery } });
    const pace = {
      inFlight: 0,
      limit: 4,
      maxConcurrency: 7,
      ratePerSecond: 40,
      breaker: 'closed',
      breakerReason: null,
      nextProbeAt: null,
      lastRetryAfter: null,
    };
    expect((await server.call('GET', `destinations/${id}`)).body.pace).toEqual(pace);
    const [list, status] = [await server.call('GET', 'destinations'), await server.call('GET', 'status')];
    const own = (items: any[]): any => items.find((one) => one.id === id);
    expect([own(list.body.items).pace, own(status.body.destinations).pace]).toEqual([pace, pace]);
    const off = await server.call('PATCH', `destinations/${id}`, { body: { enabled: false } });
    expect(off.body.pace).toBeNull();
    expect((await server.call('GET', 'destinations/workspace')).body.pace).toBeNull();
  });

  it('never shows a secret, in no answer, and keeps it when the blank comes back', async () => {
    const { id, settings: shown } = await add();
    expect(shown.url).toBe(receiver.url);
    const changed = await server.call('PATCH', `destinations/${id}`, {
      body: { settings: { ...shown, timeoutMs: 5000 } },
    });
    expect(changed.body.settings).toEqual({ ...shown, timeoutMs: 5000 });
    const stored = (await server.database.control.snapshot()).destinations.find((one) => one.id === id);
    expect(stored?.settings).toEqual({ ...settings(), timeoutMs: 5000 });
    const replaced = await server.call('PATCH', `destinations/${id}`, {
      body: { settings: { ...shown, sharedSecret: 'new-one' } },
    });
    expect(replaced.status).toBe(200);
    for (const path of [`destinations/${id}`, 'destinations', 'audit', 'catalog', `destinations/${id}/actions`]) {
      const { text } = await server.call('GET', path);
      for (const secret of [...secrets, 'new-one']) expect(text).not.toContain(secret);
    }
  });

  it('names the setting that is wrong, and the kind that was meant', async () => {
    const missing = await server.call('POST', 'destinations', { body: { kind: 'webhook' } });
    expect(missing).toMatchObject({ status: 400, body: { field: 'settings.url' } });
    const wrong = await server.call('POST', 'destinations', {
      body: { kind: 'webhook', settings: { url: 'ftp://x' } },
    });
    expect(wrong).toMatchObject({ status: 400, body: { field: 'settings.url' } });
    const kind = await server.call('POST', 'destinations', { body: { kind: 'webhok', settings: {} } });
    expect(kind.body.message).toContain('Did you mean webhook?');
    const source = await server.call('POST', 'destinations', {
      body: { kind: 'webhook', settings: settings(), sourceIds: ['nope'] },
    });
    expect(source).toMatchObject({ status: 400, body: { field: 'sourceIds' } });
  });

  it('replaces actions, completing them from their kind', async () => {
    const { id, actions } = await add();
    const { body } = await put(id, [
      { id: actions[0].id, kind: 'send', trigger: 'type = "track"' },
      { kind: 'send', enabled: false },
    ]);
    expect(body.items).toMatchObject([
      {
        id: actions[0].id,
        name: 'Send',
        enabled: true,
        trigger: 'type = "track"',
        mapping: { data: { '@path': '$.' } },
      },
      { name: 'Send', enabled: false, trigger: actions[0].trigger },
    ]);
    expect((await server.call('GET', `destinations/${id}/actions`)).body).toEqual(body);
    expect((await server.call('GET', `destinations/${id}`)).body.version).toBe(2);
  });

  it('refuses actions that could not be carried out, naming what cannot be read, even when they are off', async () => {
    const { id } = await add();
    const trigger = await put(id, [{ kind: 'send', enabled: false, trigger: 'type = ' }]);
    expect(trigger).toMatchObject({ status: 400, body: { field: 'actions[0].trigger' } });
    const mapping = await put(id, [{ kind: 'send', mapping: { data: { '@nonsense': 1 } } }]);
    expect(mapping).toMatchObject({
      status: 400,
      body: { field: expect.stringContaining('actions[0].mapping') as string },
    });
    const kind = await put(id, [{ kind: 'sent' }]);
    expect(kind).toMatchObject({ status: 400, body: { field: 'actions[0].kind' } });
    const double = await put(id, [
      { id: 'a', kind: 'send' },
      { id: 'a', kind: 'send' },
    ]);
    expect(double).toMatchObject({ status: 400, body: { field: 'actions[1].id' } });
  });

  it('keeps the workspace: it cannot be deleted or doubled, its actions can be edited', async () => {
    expect(await server.call('DELETE', 'destinations/workspace')).toMatchObject({ status: 409 });
    expect(await server.call('POST', 'destinations', { body: { kind: 'workspace' } })).toMatchObject({ status: 409 });
    expect(await server.call('PATCH', 'destinations/workspace', { body: { settings: { a: 1 } } })).toMatchObject({
      status: 409,
    });
    const { body } = await server.call('GET', 'destinations/workspace');
    expect(await put('workspace', [{ kind: 'no-such-action' }])).toMatchObject({ status: 400 });
    const off = body.actions.map((action: object, index: number) => ({ ...action, enabled: index > 0 }));
    expect((await put('workspace', off)).body.items[0].enabled).toBe(false);
    expect((await put('workspace', body.actions)).body.items).toEqual(body.actions);
  });

  it('tests a destination with its present settings, and keeps what it found', async () => {
    const added = await add();
    const { id } = added;
    expect(added.lastTest).toBeNull();
    expect((await server.call('POST', `destinations/${id}/test`)).body).toMatchObject({ ok: true });
    const lastTests = async (): Promise<unknown[]> => {
      const { body: status } = await server.call('GET', 'status');
      const inStatus = status.destinations.find((one: { id: string }) => one.id === id);
      return [(await server.call('GET', `destinations/${id}`)).body.lastTest, inStatus.lastTest];
    };
    const at = expect.stringMatching(/^\d{4}-/) as string;
    const good = { at, ok: true, message: expect.stringContaining('200') as string };
    expect(await lastTests()).toEqual([good, good]);
    await server.call('PATCH', `destinations/${id}`, { body: { settings: { url: 'http://127.0.0.1:9/' } } });
    expect(await lastTests()).toEqual([null, null]);
    const { body: found } = await server.call('POST', `destinations/${id}/test`);
    expect(found).toMatchObject({ ok: false });
    expect(await lastTests()).toEqual([
      { at, ...found },
      { at, ...found },
    ]);
  });

  it('lists dead letters, retries them with mended settings, discards them', async () => {
    const { id } = await add({ settings: { url: receiver.url }, sourceIds: [server.sourceId] });
    receiver.behave(() => ({ status: 400, body: '{"error":"no currency"}' }));
    for (let n = 0; n < 3; n++)
      await server.send('/v1/track', { userId: `dead-${n}`, event: 'E', messageId: `dead-${n}` });
    const letters = await waitFor('three dead letters', async () => {
      const { body } = await server.call('GET', `destinations/${id}/dead-letters`);
      return body.items.length === 3 ? body.items : null;
    });
    expect(letters[0]).toMatchObject({
      sourceId: server.sourceId,
      event: { type: 'track', event: 'E' },
      answer: { status: 400, text: '{"error":"no currency"}' },
    });
    const page = await server.call('GET', `destinations/${id}/dead-letters?limit=2`);
    expect(page.body.items).toHaveLength(2);
    expect(page.body.total).toBe(3);
    const rest = await server.call('GET', `destinations/${id}/dead-letters?limit=2&cursor=${page.body.next}`);
    expect(rest.body).toMatchObject({ items: [letters[2]], next: null, total: null });

    receiver.behave(() => ({ status: 200 }));
    const retried = await server.call('POST', `destinations/${id}/dead-letters/retry`, {
      body: { ids: [letters[0].id] },
    });
    expect(retried.body).toEqual({ count: 1 });
    await waitFor('the retry to arrive', async () =>
      receiver.delivered().some(({ body }) => body.includes(letters[0].messageId as string)),
    );
    const discarded = await server.call('POST', `destinations/${id}/dead-letters/discard`, { body: { ids: 'all' } });
    expect(discarded.body).toEqual({ count: 2 });
    expect((await server.call('GET', `destinations/${id}/dead-letters`)).body.items).toEqual([]);
    const none = await server.call('POST', `destinations/${id}/dead-letters/retry`, { body: { ids: [1] } });
    expect(none.status).toBe(404);
    const audit = await server.call('GET', 'audit?limit=2');
    expect(audit.body.items.map(({ action }: { action: string }) => action)).toEqual([
      'dead-letters.discard',
      'dead-letters.retry',
    ]);
  });

  it('mends a dead letter: finds it, edits its event, tries it again', async () => {
    const { id } = await add({ settings: { url: receiver.url }, sourceIds: [server.sourceId] });
    receiver.behave((_, body) => ({ status: body.includes('"total":"') ? 400 : 200 }));
    for (const messageId of ['mend-1', 'mend-2'])
      await server.send('/v1/track', { userId: 'm', event: 'Paid', messageId, properties: { total: '12,50' } });
    const letters = await waitFor('two dead letters', async () => {
      const { body } = await server.call(
        'GET',
        `destinations/${id}/dead-letters?reason=REFUSED&source=${server.sourceId}`,
      );
      return body.items.length === 2 ? body.items : null;
    });
    expect((await server.call('GET', `destinations/${id}/dead-letters?reason=timeout`)).body.items).toEqual([]);
    const [letter] = (await server.call('GET', `destinations/${id}/dead-letters?messageId=mend-1`)).body.items;
    const at = `destinations/${id}/dead-letters/${letter.id}`;
    expect((await server.call('GET', at)).body).toMatchObject({
      editedAt: null,
      tries: [{ attempt: 1, outcome: 'failed', status: 400, request: expect.stringContaining('12,50') as string }],
    });
    const edit = (event: object) => server.call('PATCH', at, { body: { event } });
    const event = { ...letter.event, properties: { total: 12.5 } };
    expect(await edit({ ...event, type: 'nonsense' })).toMatchObject({ status: 400, body: { field: 'event.type' } });
    expect(await edit({ ...event, messageId: 'other' })).toMatchObject({ status: 400 });
    expect((await edit(event)).body).toMatchObject({ event, editedAt: expect.any(String) as string });
    const retried = await server.call('POST', `destinations/${id}/dead-letters/retry`, {
      body: { filter: { messageId: 'mend-1' } },
    });
    expect(retried.body).toEqual({ count: 1 });
    const sent = await waitFor('the mended event', async () =>
      receiver.delivered().find(({ body }) => body.includes('mend-1')),
    );
    expect(JSON.parse(sent.body)).toEqual(event);
    const both = { ids: 'all', filter: {} };
    expect((await server.call('POST', `destinations/${id}/dead-letters/discard`, { body: both })).status).toBe(400);
    const rest = await server.call('POST', `destinations/${id}/dead-letters/discard`, {
      body: { filter: { from: letters[0].diedAt } },
    });
    expect(rest.body.count).toBeLessThanOrEqual(1);
  });

  it('deletes a destination', async () => {
    const { id } = await add();
    expect((await server.call('DELETE', `destinations/${id}`)).status).toBe(204);
    expect((await server.call('GET', `destinations/${id}`)).status).toBe(404);
    expect((await server.call('POST', `destinations/${id}/test`)).status).toBe(404);
  });
});
