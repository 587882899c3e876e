import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts';

describe('accounting for events', () => {
  let server: ControlServer;
  let receiver: WebhookReceiver;
  let hook: string;
  beforeAll(async () => {
    server = await startControlServer();
    receiver = await openWebhookReceiver({
      behaviour: (_, body) => ({ status: body.includes('"event":"Refused"') ? 400 : 200 }),
    });
    const { body } = await server.call('POST', 'destinations', {
      body: { kind: 'webhook', name: 'Hook', settings: { url: receiver.url } },
    });
    hook = body.id;
    const track = (event: string, more: object = {}): Promise<Response> =>
      server.send('/v1/track', { userId: 'u1', event, messageId: event, ...more });
    await track('Taken');
    await track('Taken');
    await track('Kept away', { integrations: { Webhook: false } });
    await track('Refused');
    await waitFor('everything to be finished', async () => {
      const { body: ledger } = await server.call('GET', 'ledger');
      const lines: any[] = ledger.items;
      return lines.length === 2 && lines.every(({ pending, accepted }) => pending === 0 && accepted === 3);
    });
  });
  afterAll(async () => {
    await server.close();
    await receiver.close();
  });

  const ledger = async (query = ''): Promise<any> => (await server.call('GET', `ledger${query}`)).body;
  const explain = async (messageId: string): Promise<any> => {
    const { body } = await server.call('GET', `events/${messageId}`);
    return body.items[0];
  };

  it('lists the events behind each sum', async () => {
    const events = async (query: string): Promise<unknown[]> => {
      const { status, body } = await server.call('GET', `ledger/events?${query}`);
      expect(status).toBe(200);
      return body.items.map((item: any) => [item.messageId, item.reason]);
    };
    expect(await events(`destination=${hook}&outcome=delivered`)).toEqual([['Taken', null]]);
    expect(await events(`destination=${hook}&outcome=filtered`)).toEqual([['Kept away', 'integrations']]);
    expect(await events(`destination=${hook}&outcome=filtered&reason=disabled`)).toEqual([]);
    expect(await events(`destination=${hook}&outcome=failed&source=${server.sourceId}`)).toEqual([['Refused', null]]);
    expect(await events(`destination=${hook}&outcome=failed&source=other`)).toEqual([]);
    expect(await events(`destination=${hook}&outcome=pending`)).toEqual([]);
    expect(await events('destination=workspace&outcome=delivered&limit=2')).toEqual([
      ['Refused', null],
      ['Kept away', null],
    ]);
    expect(await events('destination=workspace&outcome=delivered&to=2001-01-01T00:00:00Z')).toEqual([]);
    expect((await server.call('GET', 'ledger/events?destination=none&outcome=failed')).status).toBe(404);
  });

  it('books a backlog that was skipped, says so of each of its events, and who had it skipped', async () => {
    const { body: made } = await server.call('POST', 'destinations', {
      body: {
        kind: 'webhook',
        name: 'Skipper',
        settings: { url: receiver.url },
        enabled: false,
        startFrom: 'beginning',
      },
    });
    const skip = await server.call('POST', `destinations/${made.id}/skip-backlog`);
    expect(skip).toMatchObject({ status: 200, body: { skipped: 3 } });
    const enabled = await server.call('PATCH', `destinations/${made.id}`, { body: { enabled: true } });
    expect(enabled.body).toMatchObject({ enabled: true });
    const { items, balanced } = await ledger(`?destination=${made.id}`);
    expect({ items, balanced }).toMatchObject({
      balanced: true,
      items: [{ accepted: 3, delivered: 0, discarded: 3, reasons: { skipped: 3 }, pending: 0, balanced: true }],
    });
    const at = (await explain('Taken')).destinations.find(({ id }: any) => id === made.id);
    expect(at).toMatchObject({ standing: 'skipped', attempts: [] });
    const listed = await server.call('GET', `ledger/events?destination=${made.id}&outcome=discarded&reason=skipped`);
    expect(listed.body.items.map(({ messageId, reason }: any) => [messageId, reason])).toContainEqual([
      'Taken',
      'skipped',
    ]);
    const { body: audit } = await server.call('GET', 'audit');
    expect(audit.items).toContainEqual(
      expect.objectContaining({ action: 'destination.skip-backlog', subject: made.id, detail: { skipped: 3 } }),
    );
    expect((await server.call('POST', 'destinations/workspace/skip-backlog')).status).toBe(409);
    expect((await server.call('POST', 'destinations/none/skip-backlog')).status).toBe(404);
    await server.call('DELETE', `destinations/${made.id}`);
  });

  it('balances: every accepted event is delivered, filtered, discarded, failed or pending', async () => {
    const { items, balanced, next } = await ledger(`?destination=${hook}`);
    expect({ balanced, next }).toEqual({ balanced: true, next: null });
    expect(items).toEqual([
      {
        sourceId: server.sourceId,
        destinationId: hook,
        accepted: 3,
        delivered: 1,
        filtered: 1,
        discarded: 0,
        reasons: {},
        failed: 1,
        pending: 0,
        balanced: true,
      },
    ]);
    const workspace = await ledger('?destination=workspace');
    expect(workspace.items).toMatchObject([{ accepted: 3, delivered: 3, pending: 0, balanced: true }]);
  });

  it('says the same by minute and within a window', async () => {
    const { items } = await ledger(`?by=minute&destination=${hook}`);
    const sum = (name: string): number => items.reduce((total: number, line: any) => total + line[name], 0);
    expect(['accepted', 'delivered', 'filtered', 'failed', 'pending'].map(sum)).toEqual([3, 1, 1, 1, 0]);
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const window = await ledger(`?from=${hourAgo}&destination=${hook}`);
    expect(window.items).toMatchObject([{ accepted: 3, delivered: 1, filtered: 1, failed: 1, pending: 0 }]);
    const before = await ledger(`?from=2020-01-01T00:00:00Z&to=${hourAgo}`);
    expect(before).toMatchObject({ items: [], balanced: true });
    expect((await server.call('GET', 'ledger?from=2021-01-01T00:00:00Z&to=2020-01-01T00:00:00Z')).status).toBe(400);
  });

  it('counts the outcomes of each action', async () => {
    const { body } = await server.call('GET', `ledger/actions?destination=${hook}`);
    expect(body.items).toMatchObject([{ destinationId: hook, kind: 'send', delivered: 1, failed: 1 }]);
    const minutes = (await server.call('GET', 'ledger/actions?by=minute')).body.items;
    expect(minutes.reduce((sum: number, line: any) => sum + line.delivered + line.failed, 0)).toBe(2);
  });

  it('stays balanced while events come in and a destination is down', async () => {
    receiver.behave(() => ({ status: 503 }));
    for (let n = 0; n < 20; n++) {
      await server.send('/v1/track', { userId: `p${n}`, event: `Pending ${n}` });
      expect((await ledger()).balanced).toBe(true);
    }
    const { items } = await ledger(`?destination=${hook}`);
    expect(items[0].pending).toBeGreaterThan(0);
    const status = await server.call('GET', 'status');
    expect(status.body.destinations).toMatchObject([{ id: hook, kind: 'webhook', deadLetters: 1 }]);
    receiver.behave((_, body) => ({ status: body.includes('"event":"Refused"') ? 400 : 200 }));
    await waitFor('the destination to catch up', async () => {
      const { body } = await server.call('GET', 'status');
      return body.destinations[0].lag === 0 && body.destinations[0].parked === 0 && body.workspace.lag === 0;
    });
    expect((await ledger()).balanced).toBe(true);
  });

  it('explains a delivered event: stored, applied, delivered, and why', async () => {
    const item = await explain('Taken');
    expect(item).toMatchObject({
      sourceId: server.sourceId,
      sourceName: 'My first source',
      event: { type: 'track', event: 'Taken', userId: 'u1' },
      workspace: { state: 'applied', outcome: 'delivered', person: expect.stringMatching(/^cio_/) as string },
      destinations: [{ id: hook, name: 'Hook', standing: 'done', route: { matched: true }, routedWith: 'recorded' }],
    });
    expect(item.workspace.route.actions.filter(({ matched }: any) => matched)).not.toEqual([]);
  });

  it('explains an event that a destination was not to get', async () => {
    const item = await explain('Kept%20away');
    expect(item.destinations).toMatchObject([
      { standing: 'done', route: { matched: false, reason: 'integrations', integrationsEntry: 'Webhook' } },
    ]);
  });

  it('tells that an event came again, how often, when and from whom', async () => {
    const again = await waitFor('the repeat to be noted', async () => {
      const { deduplication } = await explain('Taken');
      return deduplication.repeats ? deduplication : null;
    });
    const time = expect.stringMatching(/^20\d\d-.*Z$/) as string;
    expect(again).toMatchObject({
      verdict: 'first',
      repeats: { count: 1, firstAt: time, lastAt: time, client: 'node' },
    });
    expect((await explain('Refused')).deduplication.repeats).toBeNull();
  });

  it('explains a refused event with every attempt', async () => {
    const item = await explain('Refused');
    expect(item.destinations).toMatchObject([
      { standing: 'dead letter', attempts: [{ attempt: 1, outcome: 'failed', status: 400 }] },
    ]);
  });

  it('says what each destination is asked, and what would differ today', async () => {
    const item = await explain('Taken');
    expect(item).toMatchObject({
      validation: { notes: [] },
      deduplication: { verdict: 'first', covered: true },
      workspace: { differsToday: [] },
      destinations: [
        {
          differsToday: [],
          sends: { actions: [{ problem: null, requests: [{ method: 'POST', url: receiver.url }] }] },
          route: { actions: [{ trigger: { kind: 'or', matched: true, clauses: expect.any(Array) as unknown[] } }] },
        },
      ],
    });
    expect(JSON.parse(item.destinations[0].sends.actions[0].requests[0].body)).toEqual(item.event);
    const { body: destination } = await server.call('GET', `destinations/${hook}`);
    const [action] = destination.actions;
    await server.call('PUT', `destinations/${hook}/actions`, {
      body: {
        actions: [
          { ...action, mapping: { data: { just: 'this' } } },
          { kind: 'send', name: 'New', enabled: true },
        ],
      },
    });
    await server.call('PATCH', `destinations/${hook}`, { body: { settings: { url: receiver.url, timeoutMs: 9000 } } });
    const after = (await explain('Taken')).destinations[0];
    expect(after).toMatchObject({ routedWith: 'recorded', route: { actions: [{ payload: { data: item.event } }] } });
    expect(after.differsToday).toEqual([
      `Action "${action.name}" would map other values today: data.`,
      'Action "New" is new, and would run today.',
      'Settings were changed since: timeoutMs.',
    ]);
    await server.call('PUT', `destinations/${hook}/actions`, { body: { actions: [action] } });
  });

  it('says what holds up an event: the destination is off, or paused and until when', async () => {
    const { body: made } = await server.call('POST', 'destinations', {
      body: {
        kind: 'webhook',
        name: 'Unreachable',
        // Nothing listens on port 1.
        settings: { url: 'http://127.0.0.1:1/' },
        enabled: false,
        startFrom: 'beginning',
      },
    });
    const heldUp = async (): Promise<any> =>
      (await explain('Taken')).destinations.find(({ id }: any) => id === made.id).heldUp;
    expect(await heldUp()).toEqual({ by: 'switched off', reason: null, until: null });
    await server.call('PATCH', `destinations/${made.id}`, { body: { enabled: true } });
    const paused = await waitFor('the pause', async () => {
      const held = await heldUp();
      return held?.by === 'paused' ? held : null;
    });
    expect(paused.reason).toMatch(/\S/);
    expect((await explain('Taken')).destinations.find(({ id }: any) => id === hook).heldUp).toBeNull();
    await server.call('DELETE', `destinations/${made.id}`);
  });

  it('finds why an event is not in the log', async () => {
    await server.send('/v1/track', { userId: 'u1', messageId: 'no-event-name' });
    const { body } = await server.call('GET', 'events/no-event-name');
    expect(body).toMatchObject({ items: [], rejections: [{ reason: 'missing_field', field: 'event' }] });
    expect((await server.call('GET', 'events/never-heard-of')).body).toEqual({ items: [], rejections: [], next: null });
  });

  it('lists one event per source when sources share a messageId, and narrows by source', async () => {
    const { body: other } = await server.call('POST', 'sources', { body: { name: 'Other' } });
    await server.send('/v1/track', { userId: 'u2', event: 'Taken', messageId: 'Taken' }, { key: other.keys[0].key });
    const both = await server.call('GET', 'events/Taken');
    expect(new Set(both.body.items.map(({ sourceId }: any) => sourceId))).toEqual(new Set([server.sourceId, other.id]));
    expect(both.body.items).toHaveLength(2);
    const one = await server.call('GET', `events/Taken?source=${other.id}`);
    expect(one.body.items).toMatchObject([{ sourceId: other.id, sourceName: 'Other' }]);
  });

  it('reports the state of everything', async () => {
    const { body } = await server.call('GET', 'status');
    expect(body).toMatchObject({
      version: 'test',
      region: 'us',
      log: { engine: 'sqlite', unavailable: null, dedup: { bounded: false } },
      workspace: { lag: expect.any(Number) as number },
      destinations: [{ id: hook, enabled: true, breaker: expect.any(String) as string }],
      disk: { freeBytes: expect.any(Number) as number },
    });
  });
});
