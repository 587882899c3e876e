// Webhook: sends events as JSON to an address of the user's, signed when a shared secret is set.
//
// Signature as Customer.io documents it (spec §8.2): `X-Signature` is the hex HMAC-SHA1 of the request body under the
// shared secret; `X-Signature-256` is the same with SHA-256, for receivers that can choose.
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { eventVersion } from '../event/canonical-event.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { secret } from './destination.ts';
import type { ActionKind, DestinationKind, SendContext, TestResult } from './destination.ts';
import { SendFailure, toOutcome } from './outcome.ts';

const address = z
  .url({ protocol: /^https?$/, error: 'must be an http or https address' })
  .refine((text) => !URL.canParse(text) || (new URL(text).username === '' && new URL(text).password === ''), {
    error: 'must not hold a user name or password; put them into an Authorization header',
  });

/** Headers that the connection or the signature decides. */
const reservedHeaders =
  /^(host|content-length|transfer-encoding|connection|keep-alive|upgrade|expect|te|x-signature|x-signature-256|x-leat-replay)$/i;

const settings = z.object({
  url: address.meta({ title: 'Address', description: 'Where events are sent, http or https.' }),
  method: z
    .enum(['POST', 'PUT', 'PATCH'])
    .default('POST')
    .meta({ title: 'Method', description: 'The request’s method.' }),
  headers: z
    .record(
      z
        .string()
        .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: 'is not a header name' })
        .refine((name) => !reservedHeaders.test(name), { error: 'is a header that Leat sets' }),
      secret(z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, { error: 'is not a header value' })),
    )
    .default({})
    .meta({
      title: 'Headers',
      description: 'Sent with each request, such as Authorization. Their values are kept secret.',
    }),
  sharedSecret: secret(z.string().min(1)).optional().meta({
    title: 'Shared secret',
    description: 'Signs each request body: X-Signature (HMAC-SHA1) and X-Signature-256.',
    secret: true,
  }),
  timeoutMs: z
    .int()
    .min(100)
    .max(60_000)
    .default(10_000)
    .meta({ title: 'Time limit', description: 'How long the receiver may take to answer, ms.' }),
  batch: z
    .boolean()
    .default(false)
    .meta({ title: 'Batches', description: 'Sends lists of events instead of single ones.' }),
  batchEvents: z
    .int()
    .min(2)
    .max(4000)
    .default(1000)
    .meta({ title: 'Events in a batch', description: 'At most this many.' }),
  batchWaitMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(1000)
    .meta({ title: 'Wait for a batch', description: 'How long the first event of a batch waits for others, ms.' }),
});
type Settings = z.output<typeof settings>;

const fields = z.object({
  // Any JSON: the mapping made it, and looking through all of it again would cost more than sending it.
  data: z
    .unknown()
    .refine((data) => data !== undefined, { error: 'is missing, since the mapping makes nothing of this event' })
    .meta({ title: 'Data', description: 'What is sent: by default the whole event.' }),
  url: address
    .optional()
    .meta({ title: 'Address', description: 'Sends this event somewhere else than the destination’s address.' }),
});

/** Largest body of a batch. Receivers commonly refuse more. */
const batchBytes = 1024 * 1024;

const send: ActionKind<Settings, typeof fields> = {
  slug: 'send',
  name: 'Send',
  description: 'Sends the event, or what the mapping makes of it, as JSON.',
  fields,
  defaultTrigger:
    'type = "identify" or type = "track" or type = "page" or type = "screen" or type = "group" or type = "alias"',
  defaultMapping: { data: { '@path': '$.' } },
  mode: ({ batch, batchEvents, batchWaitMs }) =>
    batch
      ? { mode: 'batch', maxEvents: batchEvents, maxBytes: batchBytes, maxWaitMs: batchWaitMs, atomic: true }
      : { mode: 'single' },
  batchKey: ({ url }) => url ?? '',
  async send(items, context) {
    const [first] = items;
    if (!first) return [];
    const data = items.map(({ payload }) => payload.data);
    const body = JSON.stringify(context.settings.batch ? data : data[0]);
    const response = await post(body, first.payload.url ?? context.settings.url, context);
    const outcome = toOutcome(response, context.clock.now());
    return items.map(() => outcome);
  },
};

async function post(body: string, url: string, { settings, request, replayId }: SendContext<Settings>) {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': 'Leat',
    ...settings.headers,
  };
  if (replayId !== undefined) headers['x-leat-replay'] = replayId;
  if (settings.sharedSecret !== undefined) {
    headers['x-signature'] = createHmac('sha1', settings.sharedSecret).update(body).digest('hex');
    headers['x-signature-256'] = createHmac('sha256', settings.sharedSecret).update(body).digest('hex');
  }
  return request({ method: settings.method, url, headers, body, timeoutMs: settings.timeoutMs });
}

/** An event that looks real and can be told from a real one by its name. */
function testEvent(now: number): CanonicalEvent {
  const at = new Date(now).toISOString();
  return {
    type: 'track',
    event: 'Leat Test',
    messageId: `leat-test-${now}`,
    anonymousId: 'leat-test',
    timestamp: at,
    receivedAt: at,
    properties: { test: true },
    context: {},
    integrations: {},
    version: eventVersion,
  };
}

async function test(context: SendContext<Settings>): Promise<TestResult> {
  const { settings, clock } = context;
  const event = testEvent(clock.now());
  const started = clock.monotonic();
  try {
    const response = await post(JSON.stringify(settings.batch ? [event] : event), settings.url, context);
    const outcome = toOutcome(response, clock.now());
    const took = Math.round(clock.monotonic() - started);
    return outcome.result === 'delivered'
      ? { ok: true, message: `The receiver answered ${response.status} after ${took} ms.` }
      : { ok: false, message: outcome.reason };
  } catch (error) {
    if (error instanceof SendFailure) return { ok: false, message: error.message };
    throw error;
  }
}

const exampleEvent: CanonicalEvent = {
  type: 'track',
  event: 'Order Completed',
  messageId: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
  userId: 'u1',
  timestamp: '2026-03-01T12:00:00.000Z',
  receivedAt: '2026-03-01T12:00:00.250Z',
  properties: { orderId: 'o1', total: 42.5 },
  context: { ip: '203.0.113.7' },
  integrations: {},
  version: eventVersion,
};

export const webhook: DestinationKind<typeof settings> = {
  slug: 'webhook',
  name: 'Webhook',
  integrationName: 'Webhook',
  description:
    'Sends each event as JSON to an address of yours. Answer with a 2xx status once you have it; anything else is tried ' +
    'again or set aside, as the status says. An event may come twice: tell repeats by `messageId`. What a replay sends ' +
    'carries its id as `X-Leat-Replay`.\n\n' +
    'With a shared secret every request carries `X-Signature`, the hex HMAC-SHA1 of the request body, and ' +
    '`X-Signature-256`, the same with SHA-256. With batches on, the body is a list of events.',
  settings,
  actions: [send],
  test,
  examples: [
    {
      title: 'A single event, signed',
      settings: { url: 'https://hooks.example.com/leat?v=1', sharedSecret: 'shh', headers: { 'x-team': 'growth' } },
      event: exampleEvent,
      requests: [
        {
          method: 'POST',
          url: 'https://hooks.example.com/leat?v=1',
          headers: {
            'content-type': 'application/json',
            'x-team': 'growth',
            'x-signature': createHmac('sha1', 'shh').update(JSON.stringify(exampleEvent)).digest('hex'),
            'x-signature-256': createHmac('sha256', 'shh').update(JSON.stringify(exampleEvent)).digest('hex'),
          },
          body: exampleEvent,
        },
      ],
    },
    {
      title: 'A batch',
      settings: { url: 'https://hooks.example.com/leat', method: 'PUT', batch: true },
      event: exampleEvent,
      requests: [
        {
          method: 'PUT',
          url: 'https://hooks.example.com/leat',
          headers: { 'content-type': 'application/json' },
          body: [exampleEvent],
        },
      ],
    },
  ],
};
