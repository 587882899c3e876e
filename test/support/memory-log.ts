// A log in memory that keeps the promises of LogReader, for tests of its readers: one partition, contiguous offsets
// from 1, waiting readers, and retention that leaves a counted gap.
import type { CanonicalEvent } from '../../src/event/canonical-event.ts';
import { FaultError } from '../../src/errors/errors.ts';
import type { LogCount, LogReader, LogRecord } from '../../src/log/event-log.ts';

export interface MemoryLog extends LogReader {
  /** Stores an event and answers its offset. Fields left out are made up. */
  append(
    event?: Partial<CanonicalEvent>,
    origin?: { readonly sourceId?: string; readonly receivedAt?: number },
  ): number;
  appendBody(body: string): number;
  /** Drops everything before `offset`, as retention does. */
  removeBefore(offset: number): void;
  /** While set, reading fails with this reason. */
  fail(reason: string | null): void;
  /** Reads so far. */
  readonly reads: number;
}

export function createMemoryLog(): MemoryLog {
  const records: LogRecord[] = [];
  let start = 1;
  let failure: string | null = null;
  let reads = 0;
  let waiting: (() => void)[] = [];
  const end = (): number => records.length + 1;
  const at = (from: number, to: number): LogRecord[] => records.slice(from - 1, to - 1);
  const check = (): void => {
    if (failure !== null) throw new FaultError('store_unavailable', failure);
  };

  const store = (body: string, sourceId: string, messageId: string, receivedAt: number): number => {
    const offset = end();
    records.push({ partition: 0, offset, sourceId, messageId, receivedAt, body });
    for (const wake of waiting.splice(0)) wake();
    return offset;
  };
  const minutes = (stretch: readonly LogRecord[]): LogCount[] => {
    const counts = new Map<string, LogCount>();
    for (const { sourceId, receivedAt } of stretch) {
      const minute = Math.floor(receivedAt / 60_000);
      const key = `${minute} ${sourceId}`;
      const accepted = (counts.get(key)?.accepted ?? 0) + 1;
      counts.set(key, { sourceId, minute, accepted, duplicates: 0 });
    }
    return [...counts.values()];
  };

  return {
    append(event = {}, { sourceId = 's1', receivedAt = Date.now() } = {}) {
      const messageId = event.messageId ?? `m${end()}`;
      const time = new Date(receivedAt).toISOString();
      const whole: CanonicalEvent = {
        type: 'track',
        event: 'Tested',
        messageId,
        timestamp: time,
        receivedAt: time,
        context: {},
        integrations: {},
        version: 1,
        ...event,
      };
      return store(JSON.stringify(whole), sourceId, messageId, receivedAt);
    },
    appendBody: (body) => store(body, 's1', `m${end()}`, Date.now()),
    removeBefore: (offset) => (start = Math.max(start, offset)),
    fail: (reason) => {
      failure = reason;
      for (const wake of waiting.splice(0)) wake();
    },
    get reads() {
      return reads;
    },
    partitions: async () => [0],
    range: async () => ({ start, end: end() }),
    async read(_, from, maxEvents, maxBytes) {
      check();
      reads++;
      if (from > end()) throw new FaultError('internal', `${from} lies past the end`);
      const first = Math.max(from, start);
      const found: LogRecord[] = [];
      let bytes = 0;
      for (const record of at(first, first + maxEvents)) {
        if (found.length > 0 && bytes + record.body.length > maxBytes) break;
        found.push(record);
        bytes += record.body.length;
      }
      const gap = { from, to: first, counts: minutes(at(from, first)) };
      return { records: found, next: first + found.length, ...(first > from && { gap }) };
    },
    async waitFor(_, offset, signal) {
      const done = (): boolean => end() > offset || signal?.aborted === true || failure !== null;
      while (!done()) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          signal?.addEventListener('abort', () => resolve(), { once: true });
        });
      }
      check();
      return end();
    },
    offsetAt: async (_, timeMs) => records.find(({ receivedAt }) => receivedAt >= timeMs)?.offset ?? end(),
    find: async (messageId, sourceId) =>
      at(start, end()).filter(
        (record) => record.messageId === messageId && (sourceId === undefined || record.sourceId === sourceId),
      ),
    counts: async (fromMinute, toMinute) =>
      minutes(records).filter(({ minute }) => minute >= fromMinute && minute < toMinute),
    async countBetween(_, from, to) {
      const events = new Map<string, number>();
      for (const { sourceId } of at(from, to)) events.set(sourceId, (events.get(sourceId) ?? 0) + 1);
      return [...events].map(([sourceId, count]) => ({ sourceId, events: count }));
    },
    countMinutes: async (_, from, to) => minutes(at(from, to)),
    status: async () => ({
      engine: 'memory',
      partitions: [{ partition: 0, start, end: end() }],
      segments: 1,
      bytes: 0,
      queued: 0,
      dedup: { windowMs: 0, since: 0, ids: 0, memoryBytes: 0, bounded: false },
      unavailable: null,
      warning: null,
    }),
  };
}
