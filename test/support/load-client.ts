// A client under which a server is killed: sends calls for people of its own, one request at a time, and keeps book.
//
// A patient client sends a call again, with the same messageId, until it is answered 200, as the official server
// clients do. An impatient one gives up at once: its calls may or may not be stored, but each at most once. Batching
// clients put several calls into a request. Every counted track carries `properties.seq`, its place among the tracks of
// its person, so that order can be checked wherever it turns up.
import { setTimeout as delay } from 'node:timers/promises';
import { drawCall } from './drawn-call.ts';
import type { SeededRandom } from './seeded-random.ts';
import { sendCall } from './send-call.ts';

export interface LoadClientOptions {
  /** Begins its people's and messages' ids. */
  readonly name: string;
  readonly url: string;
  readonly key: string;
  readonly random: SeededRandom;
  readonly patient: boolean;
  readonly eventsPerRequest: number;
  readonly people: number;
  /** Rest between two requests. @default 0 */
  readonly pauseMs?: number;
}

export interface SentCall {
  readonly messageId: string;
  /** The person of a counted track; null for other calls. */
  readonly person: string | null;
  /** From 1 up for each person; 0 for other calls. */
  readonly seq: number;
  /** Answered 200. */
  acknowledged: boolean;
}

export interface LoadClient {
  /** Every call handed to a request so far, in order. */
  readonly calls: readonly SentCall[];
  /** Answers by status; `0` counts requests without an answer. */
  readonly answers: Readonly<Record<string, number>>;
  /** Sends until `signal` aborts; a patient client still gets its last request through. */
  run(signal: AbortSignal): Promise<void>;
}

export function createLoadClient(options: LoadClientOptions): LoadClient {
  const { name, random } = options;
  const calls: SentCall[] = [];
  const answers: Record<string, number> = {};
  const sequences = new Map<string, number>();

  const nextCall = (): Call => {
    const messageId = `${name}-${calls.length}`;
    const person = `${name}-p${random.integer(options.people)}`;
    const { type, counted, fields } = drawCall(person, random);
    const seq = counted ? (sequences.get(person) ?? 0) + 1 : 0;
    if (counted) sequences.set(person, seq);
    const sent = { messageId, person: counted ? person : null, seq, acknowledged: false };
    calls.push(sent);
    return {
      sent,
      type,
      body: { messageId, ...fields, ...(counted ? { event: 'Counted', properties: { seq } } : {}) },
    };
  };

  const attempt = async (batch: readonly Call[]): Promise<boolean> => {
    const [single] = batch.length === 1 ? batch : [];
    const body = single ? single.body : { batch: batch.map(({ type, body }) => ({ type, ...body })) };
    const status = await sendCall(options.url, options.key, single ? single.type : 'batch', body).then(
      (answer) => answer.status,
      () => 0,
    );
    answers[status] = (answers[status] ?? 0) + 1;
    return status === 200;
  };

  const run = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      const batch = Array.from({ length: options.eventsPerRequest }, nextCall);
      let acknowledged = await attempt(batch);
      while (!acknowledged && options.patient) {
        await delay(10 + random.integer(30));
        acknowledged = await attempt(batch);
      }
      for (const { sent } of batch) sent.acknowledged = acknowledged;
      if (!acknowledged) await delay(20);
      else if (options.pauseMs) await delay(options.pauseMs);
    }
  };
  return { calls, answers, run };
}

interface Call {
  readonly sent: SentCall;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}
