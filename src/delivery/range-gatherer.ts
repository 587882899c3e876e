// Decides where a range of the log ends: by events, bytes or age, or where a run before has decided it; and keeps what
// lies in it until it is written.
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../lib/clock.ts';
import { ease } from '../lib/pressure.ts';
import type { PressureCell } from '../lib/pressure.ts';
import { Entry } from './entry.ts';
import type { EventFeed, FeedEvent, FeedSlice } from './event-feed.ts';
import { persist } from './persist.ts';
import type { Plan } from './plan.ts';
import type { RangeBounds } from './range-bounds.ts';
import type { Reporter } from './report.ts';

/** `[from, to)` of one partition. */
export interface GatheredRange {
  readonly from: number;
  readonly to: number;
  /** Events that an action wants, in order; those that cannot be read are finished already. */
  readonly entries: readonly Entry[];
  readonly filtered: readonly FilteredCount[];
  /** What retention took from its start. */
  readonly gap: NonNullable<FeedSlice['gap']> | null;
}

interface FilteredCount {
  readonly sourceId: string;
  readonly minute: number;
  readonly events: number;
}

export interface GathererOptions {
  readonly feed: EventFeed;
  /** The plan to go by, once there is one; null when `signal` aborts before. */
  readonly plan: () => Promise<Plan | null>;
  readonly bounds: (plan: Plan) => RangeBounds;
  readonly pressure: PressureCell;
  readonly clock: Clock;
  readonly report: Reporter;
  readonly signal: AbortSignal;
  /** Everything before `offset` was routed by the plans of its time. */
  readonly reached: (offset: number) => void;
}

/**
 * Gathers the range from `from` on, up to `fixedTo` if that is given, and no further than the feed's end; null when the
 * signal aborts before it is whole.
 */
export async function gatherRange(
  from: number,
  fixedTo: number | null,
  options: GathererOptions,
): Promise<GatheredRange | null> {
  const { feed, pressure, clock, report, signal, reached } = options;
  const range = new Gathering(from, clock);
  const overdue = new AbortController();
  const stop = (): void => overdue.abort();
  let timer: NodeJS.Timeout | undefined;
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (let began = clock.monotonic(); ; began = clock.monotonic()) {
      const plan = await options.plan();
      if (!plan || signal.aborted) return null;
      const bounds = fixedTo === null ? options.bounds(plan) : unbounded;
      if (range.to === fixedTo || range.to >= feed.end || range.isFull(bounds)) return range;
      if (range.began !== null && bounds.maxWaitMs < Infinity)
        timer ??= setTimeout(stop, Math.max(1, range.began + bounds.maxWaitMs - clock.monotonic()));
      const slice = await persist('reading the log', () => feed.read(range.to, overdue.signal), report, overdue.signal);
      if (signal.aborted) return null;
      if (!slice || slice.next === range.to) return range;
      if (!range.take(slice, plan, bounds, fixedTo ?? Infinity)) return range;
      reached(range.to);
      // Nothing to write so far: no need to keep the cursor back.
      if (fixedTo === null && range.entries.length === 0) return range;
      await setImmediate();
      await ease(pressure, clock.monotonic() - began, signal);
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

const unbounded: RangeBounds = { maxEvents: Infinity, maxBytes: Infinity, maxWaitMs: Infinity };

class Gathering implements GatheredRange {
  readonly from: number;
  to: number;
  readonly entries: Entry[] = [];
  gap: GatheredRange['gap'] = null;
  /** When its first event came, on the monotonic clock. */
  began: number | null = null;
  readonly #clock: Clock;
  readonly #filtered = new Map<string, { sourceId: string; minute: number; events: number }>();
  #bytes = 0;

  constructor(from: number, clock: Clock) {
    this.from = this.to = from;
    this.#clock = clock;
  }

  get filtered(): readonly FilteredCount[] {
    return [...this.#filtered.values()];
  }

  isFull({ maxEvents, maxBytes, maxWaitMs }: RangeBounds): boolean {
    if (this.entries.length >= maxEvents || this.#bytes >= maxBytes) return true;
    return this.began !== null && this.#clock.monotonic() - this.began >= maxWaitMs;
  }

  /** Takes in what fits. Answers whether the range may go on after it. */
  take({ events, next, gap }: FeedSlice, plan: Plan, bounds: RangeBounds, end: number): boolean {
    if (gap) {
      // A range has no hole: it ends before the gap, and the next one begins with it.
      if (this.to > this.from) return false;
      this.gap = gap;
      this.to = gap.to;
    }
    for (const event of events) {
      if (event.offset >= end || this.isFull(bounds)) {
        this.to = Math.min(end, event.offset);
        return true;
      }
      this.#add(event, plan);
      this.to = event.offset + 1;
    }
    this.to = Math.min(next, end);
    return true;
  }

  #add(feedEvent: FeedEvent, { router }: Plan): void {
    const { event, sourceId, receivedAt } = feedEvent;
    const route = event && router.route(event, sourceId);
    if (route?.kind === 'filtered') {
      const minute = Math.floor(receivedAt / 60_000);
      const key = `${minute}\n${sourceId}`;
      const known = this.#filtered.get(key);
      if (known) known.events++;
      else this.#filtered.set(key, { sourceId, minute, events: 1 });
      return;
    }
    const entry = new Entry(feedEvent, feedEvent);
    if (route) {
      entry.matched = route.actions;
      entry.routedBy = router;
    } else entry.finish = { outcome: 'failed', reason: 'The stored event cannot be read.' };
    this.#bytes += feedEvent.body.length;
    this.began ??= this.#clock.monotonic();
    this.entries.push(entry);
  }
}
