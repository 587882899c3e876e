// Segment-compatible: forwards events to a server that takes Segment's HTTP API, such as Segment, RudderStack or a Leat.
//
// An event goes out as it came in, so that the receiver sees the same messageId, times and context. `timestamp` is the
// event time that Leat has already corrected; `sentAt` stays out, because a receiver would correct by it once more.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import { eventTypes, eventVersion } from '../event/canonical-event.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { isObject } from '../lib/json.ts';
import type { JsonObject } from '../lib/json.ts';
import { secret } from './destination.ts';
import type { ActionKind, DestinationKind, SendContext, TestResult } from './destination.ts';
import { SendFailure, toOutcome } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/** One call and one request, by Segment's documentation (Pipelines API facts, section 3.1); the strict reading of "KB". */
const maxCallBytes = 32_000;
const maxRequestBytes = 500_000;
/** Of the events as Leat keeps them: leaves room for what is added around them. */
const maxBatchBytes = 480_000;

const settings = z.object({
  writeKey: secret(z.string().min(1)).meta({
    title: 'Write key',
    description: 'Key of the source there that takes the events.',
    secret: true,
  }),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .default('https://api.segment.io')
    .meta({
      title: 'Endpoint',
      description:
        'Address of the server, without /v1/batch: Segment (https://api.segment.io, in the EU ' +
        'https://events.eu1.segmentapis.com), a RudderStack data plane, a Leat.',
    }),
  gzip: z.boolean().default(false).meta({ title: 'Compress', description: 'Sends requests gzipped.' }),
  batchEvents: z
    .int()
    .min(1)
    .max(2500)
    .default(500)
    .meta({ title: 'Events in a batch', description: 'At most this many, and 500 KB.' }),
  batchWaitMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(500)
    .meta({ title: 'Wait for a batch', description: 'How long the first event of a batch waits for others, ms.' }),
});
type Settings = z.output<typeof settings>;

const isCall = (value: unknown): boolean => isObject(value) && eventTypes.some((type) => type === value['type']);

/** The call as JSON text, without what its receiver sets. */
function toText({ receivedAt: _r, sentAt: _s, version: _v, _leat, ...call }: JsonObject): string {
  return JSON.stringify(call);
}

const fields = z.object({
  // Text from here on: it is measured here, and only joined with others when it is sent.
  call: z
    .custom<JsonObject>(isCall, { error: 'is not a call with a type; by default it is the whole event' })
    .transform(toText)
    .refine((text) => Buffer.byteLength(text) <= maxCallBytes, {
      error: `is longer than ${maxCallBytes} bytes, and receivers drop such a call without a word`,
    })
    .meta({ title: 'Call', description: 'What is sent: by default the whole event.', type: 'object' }),
});

const forward: ActionKind<Settings, typeof fields> = {
  slug: 'forward',
  name: 'Forward',
  description: 'Sends the event on as it is.',
  fields,
  defaultTrigger:
    'type = "identify" or type = "track" or type = "page" or type = "screen" or type = "group" or type = "alias"',
  defaultMapping: { call: { '@path': '$.' } },
  mode: ({ batchEvents, batchWaitMs }) => ({
    mode: 'batch',
    maxEvents: batchEvents,
    maxBytes: maxBatchBytes,
    maxWaitMs: batchWaitMs,
    atomic: true,
  }),
  async send(items, context) {
    const outcome = await post(
      items.map(({ payload }) => payload.call),
      context,
    );
    return items.map(() => outcome);
  },
};

const compress = promisify(gzip);

async function post(calls: readonly string[], context: SendContext<Settings>): Promise<Outcome> {
  const { writeKey, endpoint, gzip: gzipped } = context.settings;
  const body = `{"batch":[${calls.join(',')}]}`;
  // A mapping may have made more of the events than they were. A refused batch is halved until it fits.
  if (Buffer.byteLength(body) > maxRequestBytes)
    return { result: 'failed', reason: `The batch is longer than ${maxRequestBytes} bytes.` };
  const response = await context.request({
    method: 'POST',
    url: `${endpoint.replace(/\/+$/, '')}/v1/batch`,
    headers: {
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      'content-type': 'application/json',
      'user-agent': 'Leat',
      // A Leat or Customer.io that refuses a call then says so, instead of answering 200. Others do not know it.
      'x-strict-mode': '1',
      ...(gzipped && { 'content-encoding': 'gzip' }),
    },
    body: gzipped ? await compress(body) : body,
  });
  return toOutcome(response, context.clock.now());
}

/** An identify with nothing in it, of nobody: every receiver takes it and it changes nothing. */
async function test(context: SendContext<Settings>): Promise<TestResult> {
  const call = { type: 'identify', anonymousId: 'leat-test', messageId: `leat-test-${context.clock.now()}` };
  try {
    const outcome = await post([JSON.stringify(call)], context);
    return outcome.result === 'delivered'
      ? { ok: true, message: 'The server takes events. Whether it knows the write key, not every server says.' }
      : { ok: false, message: outcome.reason };
  } catch (error) {
    if (error instanceof SendFailure) return { ok: false, message: error.message };
    throw error;
  }
}

const exampleCall = {
  type: 'track',
  event: 'Order Completed',
  messageId: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
  userId: 'u1',
  timestamp: '2026-03-01T12:00:00.000Z',
  originalTimestamp: '2026-03-01T12:00:03.000Z',
  properties: { total: 42.5 },
  context: { ip: '203.0.113.7', library: { name: 'analytics.js', version: '2.1.0' } },
  integrations: { All: true },
} as const;
const exampleEvent: CanonicalEvent = {
  ...exampleCall,
  sentAt: '2026-03-01T12:00:03.200Z',
  receivedAt: '2026-03-01T12:00:00.250Z',
  version: eventVersion,
};

export const segment: DestinationKind<typeof settings> = {
  slug: 'segment',
  name: 'Segment-compatible',
  integrationName: 'Segment',
  description:
    'Forwards events to a server with Segment’s HTTP API: Segment itself, RudderStack, or another Leat. `messageId`, ' +
    'times and context stay as they are, so the receiver can tell repeats. Calls longer than 32 KB are set aside here, ' +
    'because receivers would drop them silently.',
  settings,
  actions: [forward],
  test,
  examples: [
    {
      title: 'An event, to Segment',
      settings: { writeKey: 'wk' },
      event: exampleEvent,
      requests: [
        {
          method: 'POST',
          url: 'https://api.segment.io/v1/batch',
          headers: { authorization: `Basic ${Buffer.from('wk:').toString('base64')}` },
          body: { batch: [exampleCall] },
        },
      ],
    },
    {
      title: 'An event, compressed, to a server of one’s own',
      settings: { writeKey: 'wk', endpoint: 'https://leat.example.com/', gzip: true },
      event: exampleEvent,
      requests: [
        {
          method: 'POST',
          url: 'https://leat.example.com/v1/batch',
          headers: { 'content-encoding': 'gzip', 'x-strict-mode': '1' },
          body: { batch: [exampleCall] },
        },
      ],
    },
  ],
};
