import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts';

describe('replays over the control API', () => {
  let server: ControlServer;
  let receiver: WebhookReceiver;
  let hook: string;
  beforeAll(async () => {
    server = await startControlServer();
    receiver = await openWebhookReceiver();
    for (let n = 1; n <= 20; n++)
      await server.send('/v1/track', { userId: `u${n}`, event: n % 2 ? 'Odd' : 'Even', messageId: `m${n}` });
    const { body } = await server.call('POST', 'destinations', {
      body: { kind: 'webhook', settings: { url: receiver.url } },
    });
    hook = body.id;
  });
  afterAll(async () => {
    await server.close();
    await receiver.close();
  });
  const replay = (body: object) => server.call('POST', `destinations/${hook}/replays`, { body });
  const done = (id: string): Promise<any> =>
    waitFor('the replay to end', async () => {
      const { body } = await server.call('GET', `destinations/${hook}/replays/${id}`);
      return body.endedAt === null ? null : body;
    });

  it('send a new destination what came before it, first as a dry run', async () => {
    const ask = { filter: 'event = "Odd"', sourceIds: [server.sourceId] };
    const dry = await replay({ ...ask, dryRun: true });
    expect(dry).toMatchObject({ status: 201, body: { dryRun: true, total: 20 } });
    const shown = await done(dry.body.id);
    expect(shown).toMatchObject({ state: 'done', finished: 20, counts: { matching: 10, excluded: 10 } });
    expect(shown.samples[0]).toMatchObject({ messageId: 'm1', actions: [{ requests: [{ url: receiver.url }] }] });
    expect(receiver.requests).toEqual([]);
    const { body } = await replay(ask);
    expect(await done(body.id)).toMatchObject({ state: 'done', counts: { delivered: 10, excluded: 10 } });
    expect(receiver.requests).toHaveLength(10);
    const { items } = (await server.call('GET', `destinations/${hook}/replays`)).body;
    expect(items.map(({ id }: any) => id)).toEqual([body.id, dry.body.id]);
    expect((await server.call('GET', `destinations/${hook}/replays/${body.id}/failures`)).body).toEqual({
      items: [],
      next: null,
    });
    const [item] = (await server.call('GET', 'events/m1')).body.items;
    expect(item.destinations[0]).toMatchObject({
      standing: 'before start',
      replays: [{ id: body.id, passed: true, outcome: 'sent', reason: null }],
    });
  });

  it('are paused, resumed and cancelled', async () => {
    const { body } = await replay({ ratePerSecond: 0.5 });
    const at = `destinations/${hook}/replays/${body.id}`;
    expect((await server.call('POST', `${at}/pause`)).body).toMatchObject({ state: 'paused' });
    expect((await server.call('POST', `${at}/pause`)).status).toBe(409);
    expect((await server.call('POST', `${at}/resume`)).body).toMatchObject({ state: 'running' });
    expect((await replay({})).status).toBe(409);
    expect((await server.call('POST', `${at}/cancel`)).body).toMatchObject({ state: 'cancelled' });
    const { items } = (await server.call('GET', 'audit?limit=1')).body;
    expect(items).toMatchObject([{ action: 'replay.cancel', subject: hook }]);
    expect((await server.call('GET', 'ledger')).body.balanced).toBe(true);
  });

  it('refuse what makes no sense', async () => {
    expect(await replay({ filter: 'event =' })).toMatchObject({ status: 400, body: { field: 'filter' } });
    expect(await replay({ sourceIds: ['none'] })).toMatchObject({ status: 400, body: { field: 'sourceIds' } });
    expect(await replay({ from: '2020-01-01T00:00:00Z', to: '2020-02-01T00:00:00Z' })).toMatchObject({ status: 400 });
    expect((await server.call('POST', 'destinations/workspace/replays', { body: {} })).status).toBe(409);
    expect((await server.call('GET', `destinations/${hook}/replays/rpl_none`)).status).toBe(404);
  });
});
