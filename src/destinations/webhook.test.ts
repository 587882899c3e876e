import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { deadPort, failing, openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { systemClock } from '../lib/clock.ts';
import type { JsonObject } from '../lib/json.ts';
import type { DestinationKind, SendContext } from './destination.ts';
import { openHttpClient } from './http-client.ts';
import { parseSettings } from './settings.ts';
import { webhook } from './webhook.ts';

const kind: DestinationKind = webhook;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function receiver(...options: Parameters<typeof openWebhookReceiver>): Promise<WebhookReceiver> {
  const opened = await openWebhookReceiver(...options);
  closing.push(() => opened.close());
  return opened;
}
function contextOf(raw: JsonObject): SendContext<never> {
  const client = openHttpClient({ maxConnections: 4, allowPrivateAddresses: true });
  closing.unshift(() => client.close());
  const { signal } = new AbortController();
  // The settings' type is the kind's own business.
  const settings = parseSettings(kind, raw).settings as never;
  return { settings, signal, clock: systemClock, request: (request) => client.request(request, signal) };
}
const event = (messageId: string): CanonicalEvent => ({
  type: 'track',
  messageId,
  timestamp: '2026-03-01T12:00:00.000Z',
  receivedAt: '2026-03-01T12:00:00.000Z',
  context: {},
  integrations: {},
  version: 1,
});
const items = (...ids: string[]) => ids.map((id) => ({ payload: { data: event(id) }, event: event(id) }));

describe('the webhook destination', () => {
  it('signs the bytes it sends', async () => {
    const { url, requests } = await receiver();
    await kind.actions[0]!.send(items('ünïcode'), contextOf({ url, sharedSecret: 's3cret' }));
    const [{ body, headers }] = requests as [WebhookReceiver['requests'][number]];
    expect(headers['x-signature']).toBe(createHmac('sha1', 's3cret').update(body).digest('hex'));
    expect(headers['x-signature-256']).toBe(createHmac('sha256', 's3cret').update(body).digest('hex'));
    expect(JSON.parse(body)).toEqual(event('ünïcode'));
  });

  it('sends no signature without a secret', async () => {
    const { url, requests } = await receiver();
    await kind.actions[0]!.send(items('a'), contextOf({ url }));
    expect(requests[0]?.headers).not.toHaveProperty('x-signature');
  });

  it('sends a batch as a list and gives all its events the one outcome', async () => {
    const { url, requests } = await receiver({ behaviour: failing(503) });
    const outcomes = await kind.actions[0]!.send(items('a', 'b'), contextOf({ url, batch: true, method: 'PATCH' }));
    expect(outcomes.map(({ result }) => result)).toEqual(['retry', 'retry']);
    expect(requests.map(({ method, body }) => [method, JSON.parse(body)])).toEqual([
      ['PATCH', [event('a'), event('b')]],
    ]);
  });

  it('sends an event elsewhere when its mapping says so, and keeps such events out of each other’s batches', async () => {
    const [here, there] = [await receiver(), await receiver()];
    const [item] = items('a');
    const payload = { ...item!.payload, url: there.url };
    await kind.actions[0]!.send([{ ...item!, payload }], contextOf({ url: here.url }));
    expect([here.requests.length, there.requests.length]).toEqual([0, 1]);
    expect(kind.actions[0]!.batchKey?.(payload, {})).not.toBe(kind.actions[0]!.batchKey?.(item!.payload, {}));
  });

  it.each([
    [{ url: 'ftp://x.test/' }, 'settings.url'],
    [{ url: 'https://user:pw@x.test/' }, 'settings.url'],
    [{ url: 'https://x.test/', method: 'GET' }, 'settings.method'],
    [{ url: 'https://x.test/', headers: { 'content-length': '1' } }, 'settings.headers.content-length'],
    [{ url: 'https://x.test/', headers: { 'x-a': 'b\r\nx-c: d' } }, 'settings.headers.x-a'],
    [{ url: 'https://x.test/', headers: { 'x a': 'b' } }, 'settings.headers.x a'],
    [{ url: 'https://x.test/', batchEvents: 5000 }, 'settings.batchEvents'],
  ])('refuses %j', (raw, field) => {
    expect(() => parseSettings(kind, raw)).toThrow(expect.objectContaining({ field }));
  });

  describe('its test', () => {
    it('sends an event that can be recognised and says how the receiver answered', async () => {
      const { url, requests } = await receiver();
      expect(await kind.test?.(contextOf({ url }))).toEqual({
        ok: true,
        message: expect.stringMatching(/answered 200 after/),
      });
      expect(JSON.parse(requests[0]!.body)).toMatchObject({ type: 'track', event: 'Leat Test' });
    });

    it.each([
      [401, /credentials \(401\)/],
      [302, /redirect/],
      [404, /refused the event \(404\)/],
      [500, /answered 500/],
    ])('says what a %i means', async (status, message) => {
      const { url } = await receiver({ behaviour: failing(status) });
      expect(await kind.test?.(contextOf({ url }))).toEqual({ ok: false, message: expect.stringMatching(message) });
    });

    it('says so when nobody answers', async () => {
      const url = `http://127.0.0.1:${await deadPort()}/`;
      expect(await kind.test?.(contextOf({ url }))).toEqual({
        ok: false,
        message: expect.stringMatching(/refused the connection/),
      });
    });
  });
});
