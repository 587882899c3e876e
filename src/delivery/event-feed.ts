// Reads one partition of the log for all destinations: near the end of the log each event is read and parsed once and
// shared; a destination further behind reads for itself, so that it neither waits for the others nor makes them wait.
//
// The shared part, the tail, is a run of contiguous chunks that ends where the furthest reader stands. Whoever asks for
// what comes right after it makes it grow; the oldest chunks go when it is larger than its bounds. Nobody's speed
// bounds the tail: a reader that falls behind its start becomes a lone reader until it has caught up.
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { isObject } from '../lib/json.ts';
import type { LogReader, LogRecord, LogSlice } from '../log/event-log.ts';
import { orderKeys } from './order-keys.ts';

/** A stored event, parsed; shared by all destinations, so never changed. */
export interface FeedEvent {
  readonly partition: number;
  readonly offset: number;
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: number;
  /** Null when the stored text is no event: that is never stored by us, and not delivered. */
  readonly event: CanonicalEvent | null;
  readonly orderKeys: readonly string[];
  /** As stored. */
  readonly body: string;
}

export interface FeedSlice {
  readonly events: readonly FeedEvent[];
  readonly next: number;
  readonly gap?: NonNullable<LogSlice['gap']>;
}

interface Chunk extends FeedSlice {
  readonly from: number;
  readonly bytes: number;
}

export interface FeedLimits {
  readonly chunkEvents: number;
  readonly chunkBytes: number;
  /** How much of the log's end is kept parsed. */
  readonly tailEvents: number;
  readonly tailBytes: number;
}

export const defaultFeedLimits: FeedLimits = {
  chunkEvents: 512,
  chunkBytes: 512 * 1024,
  tailEvents: 8192,
  tailBytes: 8 * 1024 * 1024,
};

export class EventFeed {
  /** Nothing comes at or after this offset; Infinity where the log goes on. */
  readonly end: number = Infinity;
  readonly #log: LogReader;
  readonly #partition: number;
  readonly #limits: FeedLimits;
  readonly #closed = new AbortController();
  #tail: Chunk[] = [];
  #tailEnd: number | null = null;
  #growing: Promise<Chunk> | null = null;

  constructor(log: LogReader, partition: number, limits: FeedLimits = defaultFeedLimits) {
    this.#log = log;
    this.#partition = partition;
    this.#limits = limits;
  }

  /**
   * The events from `from` on: at least one, or a gap, or an advance of `next`; waits at the end of the log. Empty when
   * `signal` aborts. Rejects as the log does; then the caller may ask again.
   */
  async read(from: number, signal: AbortSignal): Promise<FeedSlice> {
    const nothing = { events: [], next: from };
    this.#tailEnd ??= (await this.#log.range(this.#partition)).end;
    for (;;) {
      if (signal.aborted || this.#closed.signal.aborted) return nothing;
      if (from > this.#tailEnd) {
        // The tail belongs to the furthest reader; those it leaves behind read alone.
        this.#tail = [];
        this.#tailEnd = from;
      }
      if (from === this.#tailEnd) {
        const chunk = await unlessAborted(this.#grow(), signal);
        if (chunk === null) return nothing;
        if (chunk.from === from) return chunk;
        continue;
      }
      const shared = this.#tail.find((chunk) => chunk.from <= from && from < chunk.next);
      if (shared?.from === from) return shared;
      // The counts of a gap hold for the whole of it: who stands inside one must ask the log.
      if (shared && from >= (shared.gap?.to ?? 0)) {
        return { events: shared.events.filter(({ offset }) => offset >= from), next: shared.next };
      }
      const alone = await this.#load(from);
      if (alone.next > from) return alone;
      // Only at the end of the log there is nothing to read; then this is the tail.
      await this.#log.waitFor(this.#partition, from, signal);
    }
  }

  close(): void {
    this.#closed.abort();
  }

  /** Adds the next chunk to the tail; one at a time, whoever asks. */
  #grow(): Promise<Chunk> {
    this.#growing ??= this.#loadTail().finally(() => (this.#growing = null));
    return this.#growing;
  }

  async #loadTail(): Promise<Chunk> {
    for (;;) {
      const from = this.#tailEnd ?? 0;
      const chunk = await this.#load(from);
      if (chunk.next > from || this.#closed.signal.aborted) {
        // The tail may have moved on to a further reader meanwhile.
        if (this.#tailEnd === from) this.#append(chunk);
        return chunk;
      }
      await this.#log.waitFor(this.#partition, from, this.#closed.signal);
    }
  }

  #append(chunk: Chunk): void {
    this.#tail.push(chunk);
    this.#tailEnd = chunk.next;
    let events = 0;
    let bytes = 0;
    let kept = this.#tail.length;
    while (kept > 0) {
      const { events: list, bytes: size } = this.#tail[kept - 1] ?? chunk;
      events += list.length;
      bytes += size;
      if (kept < this.#tail.length && (events > this.#limits.tailEvents || bytes > this.#limits.tailBytes)) break;
      kept--;
    }
    this.#tail.splice(0, kept);
  }

  async #load(from: number): Promise<Chunk> {
    const { chunkEvents, chunkBytes } = this.#limits;
    const slice = await this.#log.read(this.#partition, from, chunkEvents, chunkBytes);
    return {
      from,
      next: slice.next,
      events: slice.records.map(toFeedEvent),
      bytes: slice.records.reduce((sum, { body }) => sum + body.length, 0),
      ...(slice.gap && { gap: slice.gap }),
    };
  }
}

/** The event as delivery handles it. Leat's own remarks on it (`_leat`) stay at home. */
export function toFeedEvent({ partition, offset, sourceId, messageId, receivedAt, body }: LogRecord): FeedEvent {
  const event = parseEvent(body);
  const keys = event === null ? [] : orderKeys(event);
  return { partition, offset, sourceId, messageId, receivedAt, event, orderKeys: keys, body };
}

function parseEvent(body: string): CanonicalEvent | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (!isObject(parsed)) return null;
    if (parsed['_leat'] === undefined) return parsed as CanonicalEvent;
    const { _leat: _, ...event } = parsed;
    return event as CanonicalEvent;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The value of `promise`, or null as soon as `signal` aborts. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(null);
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
