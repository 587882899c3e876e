// The live tail: events as they are stored, as server-sent events to one reader.
//
// Each reader has its own place in the log, and the log is the only buffer. Per partition: wait for something new, read
// a slice, write what passes the filter, and when the reader's connection is full wait for it to drain. A reader that
// falls behind by more than `backlogEvents` skips ahead and is told how much it missed, so a slow one costs nothing. A
// pause between slices keeps a tail of a busy log from taking the main thread. Ends when `signal` aborts.
//
// Wire: `event: event` with `id: <partition>.<offset>`, `event: skipped` with a count and the id before what follows, comments as heartbeats. At the
// start, and after events that the filter kept back, `event: position` carries the id alone, so that a reader that was
// cut off before it saw any event goes on without a gap too.
import type { Clock } from '../lib/clock.ts';
import { sleep } from '../lib/sleep.ts';
import type { LogReader, LogRecord } from '../log/event-log.ts';
import { isoTime } from './api-schema.ts';
import { matchesFilter } from './event-filter.ts';
import type { EventFilter } from './event-filter.ts';
import { parseStoredEvent } from './stored-event.ts';

/** Where the stream is written; a ServerResponse is one. */
export interface TailSink {
  /** False when the reader should be given time; then `drained` says when it caught up. */
  write(text: string): boolean;
  /** Resolves when what was written has left, or when the signal aborts. */
  drained(signal: AbortSignal): Promise<void>;
}

export interface TailOptions {
  readonly log: Pick<LogReader, 'partitions' | 'range' | 'read' | 'waitFor'>;
  readonly filter: EventFilter;
  /** Where to begin per partition, such as after a reconnect; elsewhere at the end. */
  readonly from: ReadonlyMap<number, number>;
  readonly clock: Clock;
  /** @default 1000 */
  readonly backlogEvents?: number;
  /** Whether the reader may still read; asked with each heartbeat, and no ends the stream. */
  readonly allowed?: () => Promise<boolean>;
  /** @default 15000 */
  readonly heartbeatMs?: number;
  /** Between slices. @default 100 */
  readonly pauseMs?: number;
}

const sliceEvents = 100;
const sliceBytes = 512 * 1024;

/** Streams until `signal` aborts; rejects when the log cannot be read. */
export async function liveTail(options: TailOptions, sink: TailSink, signal: AbortSignal): Promise<void> {
  const { log, from } = options;
  // One part failing must end the others, or they would write to a stream that is gone.
  const failed = new AbortController();
  const ended = AbortSignal.any([signal, failed.signal]);
  const together = async (part: Promise<void>): Promise<void> => {
    try {
      await part;
    } catch (error) {
      failed.abort();
      if (!signal.aborted) throw error;
    }
  };
  const follow = async (partition: number): Promise<void> => {
    const start = from.get(partition) ?? (await log.range(partition)).end;
    writePosition(sink, partition, start);
    await followPartition(options, partition, start, sink, ended);
  };
  const partitions = await log.partitions();
  sink.write(': live\n\n');
  await Promise.all([...partitions.map(follow), beat(options, sink, failed, ended)].map(together));
}

async function followPartition(
  { log, filter, backlogEvents = 1000, pauseMs = 100 }: TailOptions,
  partition: number,
  start: number,
  sink: TailSink,
  signal: AbortSignal,
): Promise<void> {
  let next = start;
  while (!signal.aborted) {
    const end = await log.waitFor(partition, next, signal);
    if (signal.aborted) return;
    if (end - next > backlogEvents) {
      const events = end - backlogEvents - next;
      next = end - backlogEvents;
      // With its place: who is cut off after this is not told of the same events again.
      sink.write(message('skipped', { partition, events }, placeBefore(partition, next)));
    }
    const slice = await log.read(partition, next, sliceEvents, sliceBytes);
    next = slice.next;
    let ready = true;
    for (const record of slice.records) if (matchesFilter(filter, record)) ready = sink.write(showRecord(record));
    const last = slice.records.at(-1);
    if (last && !matchesFilter(filter, last)) writePosition(sink, partition, next);
    if (!ready) await sink.drained(signal);
    if (slice.records.length > 0) await sleep(pauseMs, signal);
  }
}

async function beat(
  { heartbeatMs = 15_000, allowed }: TailOptions,
  sink: TailSink,
  stop: AbortController,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(heartbeatMs, signal);
    if (signal.aborted) return;
    if (allowed && !(await allowed())) stop.abort();
    else sink.write(': beat\n\n');
  }
}

/** Says that everything before `next` was looked at; before the first event of all there is nothing to say. */
function writePosition(sink: TailSink, partition: number, next: number): void {
  if (next > 0) sink.write(message('position', {}, placeBefore(partition, next)));
}

/** The id of the last event before `next`. */
const placeBefore = (partition: number, next: number): string => `${partition}.${next - 1}`;

const showRecord = ({ partition, offset, sourceId, messageId, receivedAt, body }: LogRecord): string =>
  message(
    'event',
    { sourceId, messageId, receivedAt: isoTime(receivedAt), partition, offset, event: parseStoredEvent(body) },
    `${partition}.${offset}`,
  );

const message = (event: string, data: object, id?: string): string =>
  `event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;
