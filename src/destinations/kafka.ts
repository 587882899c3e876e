// Kafka: writes events to a topic, in order per person.
import { z } from 'zod';
import { eventVersion } from '../event/canonical-event.ts';
import { secret } from './destination.ts';
import type { ActionKind, DestinationKind, SendContext, TestResult } from './destination.ts';
import { findTopic, sendMessages } from './kafka-send.ts';
import { SendFailure } from './outcome.ts';
import { optionalText } from './payload-fields.ts';

const settings = z.object({
  brokers: z
    .array(z.string().regex(/^.+:\d{1,5}$/, { error: 'is not host:port' }))
    .min(1)
    .meta({ title: 'Brokers', description: 'Addresses to begin with, each host:port.' }),
  topic: z
    .string()
    .regex(/^[\w.-]{1,249}$/, { error: 'is not a topic’s name' })
    .meta({ title: 'Topic', description: 'It has to exist.' }),
  tls: z.enum(['off', 'required', 'verified']).default('verified').meta({
    title: 'TLS',
    description: 'verified: encrypted, and the certificate is checked. required: encrypted. off: in the clear.',
  }),
  sasl: z
    .enum(['none', 'PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'])
    .default('none')
    .meta({ title: 'SASL', description: 'How Leat shows who it is.' }),
  username: z.string().optional().meta({ title: 'User name', description: 'For SASL.' }),
  password: secret(z.string()).optional().meta({ title: 'Password', description: 'For SASL.', secret: true }),
  sendEvents: z
    .int()
    .min(1)
    .max(50_000)
    .default(5000)
    .meta({ title: 'Events in a range', description: 'At most this many are written together.' }),
  sendWaitMs: z
    .int()
    .min(0)
    .max(60_000)
    .default(200)
    .meta({ title: 'Wait for a range', description: 'How long the first event of a range waits for others, ms.' }),
});
type Settings = z.output<typeof settings>;

const fields = z.object({
  key: optionalText.meta({
    title: 'Key',
    description: 'Messages with equal keys go to one partition, in order: by default the person’s id.',
  }),
  value: z
    .unknown()
    .refine((value) => value !== undefined, { error: 'is missing, since the mapping makes nothing of this event' })
    .meta({ title: 'Value', description: 'What is written, as JSON: by default the whole event.' }),
});

const produce: ActionKind<Settings, typeof fields> = {
  slug: 'produce',
  name: 'Produce',
  description: 'Writes the event, or what the mapping makes of it, to the topic.',
  fields,
  defaultTrigger:
    'type = "identify" or type = "track" or type = "page" or type = "screen" or type = "group" or type = "alias"',
  defaultMapping: {
    key: 'coalesce($.userId, $.anonymousId)',
    value: { '@path': '$.' },
  },
  mode: ({ sendEvents, sendWaitMs }) => ({
    mode: 'range',
    maxEvents: sendEvents,
    maxBytes: 8 * 1024 * 1024,
    maxWaitMs: sendWaitMs,
  }),
  async send(items, context) {
    const { range } = context;
    if (!range) throw new TypeError('Kafka is written to in ranges only.');
    const messages = items.map(({ payload, event }, index) => ({
      ...(payload.key !== undefined && { key: payload.key }),
      value: JSON.stringify(payload.value),
      timestamp: BigInt(Date.parse(event.receivedAt)),
      headers: {
        'content-type': 'application/json',
        'leat-message-id': event.messageId,
        'leat-type': event.type,
        'leat-range': range.id,
        'leat-index': String(index),
        ...(range.beside && { 'leat-beside': context.replayId ?? range.beside }),
      },
    }));
    return sendMessages(messages, context);
  },
};

async function test(context: SendContext<Settings>): Promise<TestResult> {
  const { topic } = context.settings;
  try {
    const partitions = await findTopic(context);
    return { ok: true, message: `The topic ${topic} is there, with ${partitions} partitions.` };
  } catch (error) {
    if (error instanceof SendFailure) return { ok: false, message: error.message };
    throw error;
  }
}

export const kafka: DestinationKind<typeof settings> = {
  slug: 'kafka',
  name: 'Kafka',
  integrationName: 'Kafka',
  description:
    'Writes events as JSON to a topic of Apache Kafka or anything that speaks its protocol, acknowledged by all ' +
    'replicas in sync. The key is the person’s id, so a partition has each person’s events in order.\n\n' +
    'A range of events that could not be written as a whole is written again: a message may come twice. The headers ' +
    '`leat-message-id`, or `leat-range` and `leat-index` together, tell repeats. ' +
    '`leat-beside` is set on what is written beside the stream: the replay’s id, `again` for a dead letter that is ' +
    'retried, `test` for an event sent as a test.',
  settings,
  inRanges: true,
  actions: [produce],
  test,
  examples: [
    {
      title: 'A topic, with user name and password over TLS',
      settings: {
        brokers: ['kafka.example.com:9093'],
        topic: 'events',
        sasl: 'SCRAM-SHA-512',
        username: 'leat',
        password: 'example-password',
      },
      event: {
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
      },
      requests: [],
    },
  ],
};
