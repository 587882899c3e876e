// A log in memory, for tests and benchmarks of the workspace: everything a reader can see, events as they are appended.
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { toIsoTime } from '../event/event-time.ts';
import type { JsonObject } from '../lib/json.ts';
import type { LogCount, LogReader, LogRecord, LogSlice, LogStatus } from '../log/event-log.ts';

/** A call as a test writes it; `at` is when it happened, `received` when it came in (ms). */
export interface TestCall extends JsonObject {
  readonly type: CanonicalEvent['type'];
}

export interface TestTimes {
  readonly at?: number;
  readonly received?: number;
  readonly sourceId?: string;
  readonly messageId?: string;
}

/** 2026-01-01, when the tests' events are received unless they say otherwise. */
export const testEpoch = Date.UTC(2026, 0, 1);

/** A record of the log as ingest would have stored the call. */
export function toRecord(offset: number, call: TestCall, times: TestTimes = {}, partition = 0): LogRecord {
  const receivedAt = times.received ?? testEpoch + offset;
  const messageId = times.messageId ?? `m${offset}`;
  const event = {
    context: {},
    integrations: {},
    version: 1,
    ...call,
    messageId,
    receivedAt: toIsoTime(receivedAt),
    timestamp: toIsoTime(times.at ?? receivedAt),
  };
  const sourceId = times.sourceId ?? 'src1';
  return { partition, offset, sourceId, messageId, receivedAt, body: JSON.stringify(event) };
}

/** One partition, contiguous offsets from 1. */
export class MemoryLog implements LogReader {
  readonly #records: LogRecord[];
  #start = 1;
  #waiting: (() => void)[] = [];

  constructor(records: readonly LogRecord[] = []) {
    this.#records = [...records];
  }

  get end(): number {
    return this.#records.length + 1;
  }

  append(call: TestCall, times?: TestTimes): number {
    return this.appendRecord((offset) => toRecord(offset, call, times));
  }

  appendRecord(make: (offset: number) => LogRecord): number {
    const offset = this.end;
    this.#records.push(make(offset));
    for (const wake of this.#waiting.splice(0)) wake();
    return offset;
  }

  /** As retention would: removes what lies before `offset`. */
  removeBefore(offset: number): void {
    this.#start = Math.max(this.#start, offset);
  }

  async partitions(): Promise<readonly number[]> {
    return [0];
  }

  async range(): Promise<{ readonly start: number; readonly end: number }> {
    return { start: this.#start, end: this.end };
  }

  async read(_partition: number, from: number, maxEvents: number, maxBytes: number): Promise<LogSlice> {
    const first = Math.max(from, this.#start);
    const records: LogRecord[] = [];
    let bytes = 0;
    for (const record of this.#records.slice(first - 1, first - 1 + maxEvents)) {
      bytes += record.body.length;
      if (records.length > 0 && bytes > maxBytes) break;
      records.push(record);
    }
    const next = first + records.length;
    if (first === from) return { records, next };
    return { records, next, gap: { from, to: first, counts: this.#count(from, first) } };
  }

  async waitFor(_partition: number, offset: number, signal?: AbortSignal): Promise<number> {
    if (this.end <= offset && !signal?.aborted)
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    return this.end;
  }

  async offsetAt(_partition: number, timeMs: number): Promise<number> {
    return this.#records.find(({ receivedAt }) => receivedAt >= timeMs)?.offset ?? this.end;
  }

  async find(messageId: string, sourceId?: string): Promise<readonly LogRecord[]> {
    return this.#records.filter(
      (record) => record.messageId === messageId && (sourceId === undefined || record.sourceId === sourceId),
    );
  }

  async counts(fromMinute: number, toMinute: number): Promise<readonly LogCount[]> {
    return this.#count(1, this.end).filter(({ minute }) => minute >= fromMinute && minute < toMinute);
  }

  async countBetween(
    _partition: number,
    from: number,
    to: number,
  ): Promise<readonly { readonly sourceId: string; readonly events: number }[]> {
    const sums = new Map<string, number>();
    for (const { sourceId, accepted } of this.#count(Math.max(from, this.#start), to))
      sums.set(sourceId, (sums.get(sourceId) ?? 0) + accepted);
    return [...sums].map(([sourceId, events]) => ({ sourceId, events }));
  }

  async countMinutes(_partition: number, from: number, to: number): Promise<readonly LogCount[]> {
    return this.#count(from, to);
  }

  async status(): Promise<LogStatus> {
    return {
      engine: 'memory',
      partitions: [{ partition: 0, start: this.#start, end: this.end }],
      segments: 1,
      bytes: 0,
      queued: 0,
      dedup: { windowMs: 0, since: 0, ids: 0, memoryBytes: 0, bounded: false },
      unavailable: null,
      warning: null,
    };
  }

  #count(from: number, to: number): readonly LogCount[] {
    const counts = new Map<string, { sourceId: string; minute: number; accepted: number; duplicates: number }>();
    for (const { sourceId, receivedAt } of this.#records.slice(from - 1, to - 1)) {
      const minute = Math.floor(receivedAt / 60_000);
      const key = `${sourceId} ${minute}`;
      const count = counts.get(key) ?? { sourceId, minute, accepted: 0, duplicates: 0 };
      count.accepted++;
      counts.set(key, count);
    }
    return [...counts.values()];
  }
}
