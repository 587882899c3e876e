import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import type { ControlServer } from '../../test/support/control-server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts';

describe('a test event', () => {
  let server: ControlServer;
  let receiver: WebhookReceiver;
  let hook: string;
  let actions: any[];
  beforeAll(async () => {
    server = await startControlServer();
    receiver = await openWebhookReceiver();
    const settings = {
      url: receiver.url,
      headers: { Authorization: 'Basic c2VjcmV0OnNlY3JldA==', 'X-Plain': 'quite-secret' },
      delivery: { firstRetryMs: 10, longestRetryMs: 50 },
    };
    const { body } = await server.call('POST', 'destinations', {
      body: {
        kind: 'webhook',
        settings,
        enabled: false,
        actions: [
          {
            kind: 'send',
            name: 'Orders',
            trigger: 'event = "Order"',
            mapping: { data: { total: '$.properties.total' } },
          },
          { kind: 'send', name: 'Nothing', trigger: 'event = "Other"', mapping: {} },
        ],
      },
    });
    hook = body.id;
    actions = body.actions;
    await server.send('/v1/track', { userId: 'u1', event: 'Order', messageId: 'o1', properties: { total: 5 } });
  });
  afterAll(async () => {
    await server.close();
    await receiver.close();
  });
  const test = (body: object) => server.call('POST', `destinations/${hook}/test-event`, { body });

  it('shows what would be sent of a stored event, and sends nothing', async () => {
    const { body } = await test({ messageId: 'o1', dryRun: true });
    expect(body).toMatchObject({
      event: { messageId: 'o1' },
      route: {
        matched: true,
        actions: [
          { name: 'Orders', matched: true },
          { name: 'Nothing', matched: false },
        ],
      },
      actions: [
        {
          name: 'Orders',
          payload: { data: { total: 5 } },
          problem: null,
          outcome: null,
          exchanges: [{ request: { method: 'POST', url: receiver.url, body: '{"total":5}' }, response: null }],
        },
      ],
    });
    expect(receiver.requests).toEqual([]);
  });

  it('sends it, and shows the answer; secrets stay secret, cursor and ledger where they are', async () => {
    receiver.behave(() => ({ status: 422 }));
    const before = (await server.call('GET', `ledger?destination=${hook}`)).text;
    const { body, text } = await test({ messageId: 'o1' });
    expect(body.actions).toMatchObject([
      {
        outcome: 'failed',
        problem: expect.stringContaining('422') as string,
        exchanges: [{ response: { status: 422 } }],
      },
    ]);
    expect(receiver.requests).toMatchObject([{ body: '{"total":5}', headers: { 'x-plain': 'quite-secret' } }]);
    expect(text).not.toContain('quite-secret');
    expect(text).not.toContain('c2VjcmV0');
    expect((await server.call('GET', `ledger?destination=${hook}`)).text).toBe(before);
    receiver.behave(() => ({ status: 200 }));
  });

  it('takes a typed event, and one action whether it matches or not', async () => {
    const event = { type: 'track', userId: 'u1', event: 'Typed' };
    expect((await test({ event, dryRun: true })).body).toMatchObject({
      route: { matched: false, reason: 'no_action_matches' },
      actions: [],
    });
    expect((await test({ event, action: actions[0].id })).body.actions).toMatchObject([{ outcome: 'delivered' }]);
    expect((await test({ event, action: actions[1].id, dryRun: true })).body.actions).toMatchObject([
      { name: 'Nothing', exchanges: [], problem: expect.stringContaining('mapping') as string },
    ]);
  });

  it('says what is wrong with the question', async () => {
    expect(await test({ event: { type: 'track', userId: 'u' } })).toMatchObject({
      status: 400,
      body: { field: 'event.event' },
    });
    expect(await test({ messageId: 'nobody' })).toMatchObject({ status: 404 });
    expect(await test({ messageId: 'o1', action: 'none' })).toMatchObject({ status: 404 });
    expect(await test({})).toMatchObject({ status: 400 });
    expect(await server.call('POST', 'destinations/workspace/test-event', { body: { messageId: 'o1' } })).toMatchObject(
      {
        status: 409,
      },
    );
  });

  it('does not stand in the way of delivery', async () => {
    await server.call('PATCH', `destinations/${hook}`, { body: { enabled: true } });
    const seen = receiver.requests.length;
    await server.send('/v1/track', { userId: 'u1', event: 'Order', messageId: 'o2', properties: { total: 7 } });
    await waitFor('the next order', async () =>
      receiver.requests.slice(seen).some(({ body }) => body === '{"total":7}'),
    );
  });
});
