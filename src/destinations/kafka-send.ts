// Sends messages to a Kafka topic through a producer made for one range, and says what its errors mean.
//
// The client's own retries are off: delivery sends the range again. Messages go out in parts, one after the other, so
// that a partition gets them in order and no part is larger than what a broker takes by default (1 MB a batch).
//
// The client is loaded when it is first needed: it compiles its schemas as it loads, a quarter of a second in each thread
// that knows the destinations, which every start would pay for.
import { isIP } from 'node:net';
import type { MessageToProduce, Producer } from '@platformatic/kafka';
import type { SendContext } from './destination.ts';
import { sendHalving } from './halve.ts';
import { SendFailure, delivered } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { resolveHost } from './resolve-host.ts';

export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly tls: 'off' | 'required' | 'verified';
  readonly sasl: 'none' | 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512';
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

export type KafkaMessage = Omit<MessageToProduce<string, string, string, string>, 'topic'> & { readonly value: string };

type TextProducer = Producer<string, string, string, string>;

const connectTimeoutMs = 10_000;
const sendTimeoutMs = 30_000;
/** A larger message goes alone, so that its refusal says nothing of others. */
const partBytes = 512 * 1024;

/** One outcome per message. Rejects with SendFailure when the cluster cannot be written to at all. */
export function sendMessages(
  messages: readonly KafkaMessage[],
  context: SendContext<KafkaConnection>,
): Promise<readonly Outcome[]> {
  return withProducer(context, async (producer) => {
    const outcomes: Outcome[] = [];
    for (const part of inParts(messages)) {
      const send = async (some: readonly KafkaMessage[]): Promise<Outcome> => {
        try {
          const { topic } = context.settings;
          await within(producer.send({ messages: some.map((message) => ({ ...message, topic })) }), context.signal);
          return delivered;
        } catch (error) {
          context.signal.throwIfAborted();
          if (apiCodes(error).includes('MESSAGE_TOO_LARGE'))
            return { result: 'failed', reason: 'The event is larger than the topic takes (max.message.bytes).' };
          throw toSendFailure(error, context.settings);
        }
      };
      outcomes.push(...(await sendHalving(part, send)));
      // A part that has to wait holds back the later ones: they would overtake it.
      const waiting = outcomes.find((outcome) => outcome.result === 'retry');
      if (waiting) return messages.map((_, index) => outcomes[index] ?? waiting);
    }
    return outcomes;
  });
}

/** Shows that the cluster can be reached and has the topic. Answers the number of its partitions. */
export function findTopic(context: SendContext<KafkaConnection>): Promise<number> {
  return withProducer(context, async (producer) => {
    const { topic } = context.settings;
    const metadata = await within(producer.metadata({ topics: [topic] }), context.signal);
    return metadata.topics.get(topic)?.partitionsCount ?? 0;
  });
}

async function withProducer<T>(
  { settings, signal, allowPrivateAddresses }: SendContext<KafkaConnection>,
  work: (producer: TextProducer) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const { brokers, tls, sasl, username = '', password = '' } = settings;
  for (const broker of brokers) await resolveHost(hostOf(broker), allowPrivateAddresses === true);
  const { Producer: OpenProducer, stringSerializers } = await import('@platformatic/kafka');
  signal.throwIfAborted();
  const producer: TextProducer = new OpenProducer({
    clientId: 'leat',
    bootstrapBrokers: [...brokers],
    acks: -1,
    autocreateTopics: false,
    retries: 0,
    connectTimeout: connectTimeoutMs,
    timeout: sendTimeoutMs,
    serializers: stringSerializers,
    ...(tls !== 'off' && {
      tls: { rejectUnauthorized: tls === 'verified' },
      // Server names are names; an address is none (RFC 6066 §3).
      tlsServerName: brokers.every((broker) => isIP(hostOf(broker)) === 0),
    }),
    ...(sasl !== 'none' && { sasl: { mechanism: sasl, username, password } }),
  });
  try {
    return await work(producer);
  } catch (error) {
    signal.throwIfAborted();
    throw toSendFailure(error, settings);
  } finally {
    // What is under way when delivery stops is not waited for.
    await producer.close(true).catch(() => undefined);
  }
}

const hostOf = (broker: string): string => broker.slice(0, broker.lastIndexOf(':')).replace(/^\[|\]$/g, '');

function* inParts(messages: readonly KafkaMessage[]): Generator<readonly KafkaMessage[]> {
  let part: KafkaMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = Buffer.byteLength(message.value) + 256;
    if (part.length > 0 && bytes + size > partBytes) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(message);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

/** `promise`, but not for longer than a send may take, nor past the signal: the client leaves some requests unanswered. */
function within<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      const reason = `The cluster did not answer within ${sendTimeoutMs / 1000} s.`;
      reject(new SendFailure('destination_unavailable', { result: 'retry', scope: 'event', reason }));
    }, sendTimeoutMs);
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      clearTimeout(late);
      signal.removeEventListener('abort', onAbort);
    });
  });
}

/** By Kafka's name of the error, or the system's; what is not here is told as the client said it. */
const sentences: Readonly<Record<string, (to: KafkaConnection) => string>> = {
  SASL_AUTHENTICATION_FAILED: () => 'The cluster refused our credentials. Check user name, password and mechanism.',
  UNSUPPORTED_SASL_MECHANISM: ({ sasl }) => `The cluster does not offer ${sasl}. Choose another mechanism.`,
  TOPIC_AUTHORIZATION_FAILED: ({ topic }) => `Our user may not write to the topic ${topic}.`,
  UNKNOWN_TOPIC_OR_PARTITION: ({ topic }) => `There is no topic ${topic}. Create it, or set another one.`,
  NOT_ENOUGH_REPLICAS: () => 'The topic has fewer replicas in sync than it demands.',
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: () => 'The topic has fewer replicas in sync than it demands.',
  ECONNREFUSED: ({ brokers }) => `No broker accepts connections (${brokers.join(', ')}). Check addresses and ports.`,
  ECONNRESET: () => 'The brokers cut the connection. Check whether they speak TLS at this port.',
};

function toSendFailure(error: unknown, settings: KafkaConnection): unknown {
  if (!(error instanceof Error) || error instanceof SendFailure) return error;
  const codes = apiCodes(error);
  // Faults of this code have none of the client's codes.
  if (!codes.some((code) => code.startsWith('PLT_KFK_'))) return error;
  const known = codes.flatMap((code) => (Object.hasOwn(sentences, code) ? [sentences[code]?.(settings) ?? ''] : []));
  const unknownTopic = error.message.startsWith('Unknown topic')
    ? sentences['UNKNOWN_TOPIC_OR_PARTITION']?.(settings)
    : undefined;
  const reason = unknownTopic ?? known[0] ?? `The cluster did not take the messages: ${error.message}`;
  const outcome = { result: 'retry', scope: 'destination', reason } as const;
  return new SendFailure('destination_unavailable', outcome, { cause: error });
}

/** Every code in an error and what caused it, innermost first. */
function apiCodes(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const inner = [error.cause, ...(error instanceof AggregateError ? (error.errors as unknown[]) : [])];
  const { apiId, code } = error as { apiId?: unknown; code?: unknown };
  const own = [apiId, code].filter((each) => typeof each === 'string');
  return [...inner.flatMap(apiCodes), ...own];
}
