import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { failing, openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts';

describe('what editors of destinations ask', () => {
  let server: ControlServer;
  let receiver: WebhookReceiver;
  let id: string;
  beforeAll(async () => {
    server = await startControlServer();
    receiver = await openWebhookReceiver();
    const { body } = await server.call('POST', 'destinations', {
      body: { kind: 'webhook', settings: { url: receiver.url } },
    });
    id = body.id;
    await server.send('/v1/track', {
      userId: 'u1',
      event: 'Order Completed',
      messageId: 'm-1',
      properties: { total: 42 },
    });
    await server.send('/v1/track', { userId: 'u1', event: 'Product Viewed', messageId: 'm-2' });
  });
  afterAll(async () => {
    await server.close();
    await receiver.close();
  });

  const tried = async (trigger: string): Promise<any> => {
    const answer = await server.call('POST', 'triggers/try', { body: { trigger } });
    expect(answer.status).toBe(200);
    return answer.body;
  };

  it('says how many of the latest events a trigger takes, and which', async () => {
    const { error, looked, matched, items, tree } = await tried('event = "Order Completed"');
    expect({ error, looked, matched }).toEqual({ error: null, looked: 2, matched: 1 });
    expect(items).toMatchObject([{ messageId: 'm-1', event: { properties: { total: 42 } } }]);
    expect(tree).toMatchObject({ kind: 'equality', operator: '=', value: 'Order Completed' });
  });

  it('says where a trigger cannot be read, and what can hardly be meant', async () => {
    expect(await tried('type = ')).toMatchObject({ error: { position: 7 }, tree: null, matched: 0 });
    const { warnings } = await tried('type = "trak"');
    expect(warnings).toHaveLength(1);
  });

  it('previews actions that are not stored', async () => {
    const actions = [
      {
        id: 'draft',
        kind: 'send',
        trigger: 'type = "track"',
        mapping: { data: { sum: { '@path': '$.properties.total' } } },
      },
    ];
    const answer = await server.call('POST', `destinations/${id}/test-event`, {
      body: { messageId: 'm-1', action: 'draft', actions, dryRun: true },
    });
    expect(answer).toMatchObject({ status: 200, body: { actions: [{ payload: { data: { sum: 42 } } }] } });
    const wrong = [{ kind: 'send', trigger: 'type =', mapping: {} }];
    const refused = await server.call('POST', `destinations/${id}/test-event`, {
      body: { messageId: 'm-1', actions: wrong, dryRun: true },
    });
    expect(refused.status).toBe(400);
  });

  it('lists the tries that went wrong, latest first, page by page', async () => {
    const refusing = await openWebhookReceiver({ behaviour: failing(400) });
    const { body } = await server.call('POST', 'destinations', {
      body: { kind: 'webhook', settings: { url: refusing.url } },
    });
    await waitFor('its beginning', async () => {
      const { state } = (await server.call('GET', `destinations/${body.id}`)).body;
      return state !== null;
    });
    await server.send('/v1/track', { userId: 'u1', event: 'Refused', messageId: 'm-3' });
    await server.send('/v1/page', { userId: 'u1', name: 'Home', messageId: 'm-4' });
    const list = async (query = ''): Promise<any> =>
      (await server.call('GET', `destinations/${body.id}/attempts${query}`)).body;
    await waitFor('both tries', async () => (await list()).items.length === 2);
    const first = await list('?limit=1');
    expect(first.items).toMatchObject([{ outcome: 'failed', status: 400, request: expect.any(String) as string }]);
    const second = await list(`?limit=1&cursor=${first.next}`);
    expect(second.next).toBeNull();
    const titles = [first, second].map(({ items: [one] }) => `${one.messageId} ${one.type} ${one.name}`);
    expect(titles.sort()).toEqual(['m-3 track Refused', 'm-4 page Home']);
    expect((await list('?outcome=retry')).items).toEqual([]);
    await refusing.close();
  });

  it('lists the kinds in short and gives one in full', async () => {
    const { body } = await server.call('GET', 'catalog/summary');
    const webhook = body.items.find(({ slug }: { slug: string }) => slug === 'webhook');
    expect(webhook).toMatchObject({ name: 'Webhook', origin: 'leat', signIn: 'secret', actions: 1 });
    expect(webhook).not.toHaveProperty('settings');
    const whole = await server.call('GET', 'catalog/webhook');
    expect(whole.body).toMatchObject({ slug: 'webhook', settings: { properties: { url: {} } } });
    expect(await server.call('GET', 'catalog/none')).toMatchObject({ status: 404 });
  });
});
