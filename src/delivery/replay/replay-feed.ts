// Feeds a replay: one stretch of the log, only the events that are meant, no faster than the run's rate. At the end of
// the stretch it waits, until its reader is closed.
import { sleep } from '../../lib/sleep.ts';
import type { Clock } from '../../lib/clock.ts';
import type { LogReader } from '../../log/event-log.ts';
import { EventFeed, toFeedEvent } from '../event-feed.ts';
import type { FeedSlice } from '../event-feed.ts';
import type { RateBudget } from '../rate-budget.ts';
import type { Selection } from './replay-selection.ts';

const sliceEvents = 256;
const sliceBytes = 512 * 1024;

export interface ReplayFeedOptions {
  readonly log: LogReader;
  readonly partition: number;
  readonly to: number;
  readonly selects: Selection;
  /** Null without a limit; shared by the partitions of a run. */
  readonly rate: RateBudget | null;
  readonly clock: Clock;
}

export class ReplayFeed extends EventFeed {
  override readonly end: number;
  readonly #options: ReplayFeedOptions;
  /** Offsets of events passed by, ascending, that the cursor has yet to pass. */
  #excluded: number[] = [];
  /** Offsets of the events that were handed out last. */
  #handed: readonly number[] = [];

  constructor(options: ReplayFeedOptions) {
    super(options.log, options.partition);
    this.end = options.to;
    this.#options = options;
  }

  override async read(from: number, signal: AbortSignal): Promise<FeedSlice> {
    const { log, partition, to, selects } = this.#options;
    const nothing = { events: [], next: from };
    if (from >= to) {
      await aborted(signal);
      return nothing;
    }
    const slice = await log.read(partition, from, Math.min(sliceEvents, to - from), sliceBytes);
    const gap = slice.gap && clip(slice.gap, to);
    const records = slice.records.filter(({ offset }) => offset < to).map(toFeedEvent);
    const chosen = new Set(records.filter(selects));
    // A reader that did not take all of a slice asks for its rest again; nothing of that may count twice.
    this.#options.rate?.giveBack(this.#handed.filter((offset) => offset >= from).length);
    this.#handed = [];
    while ((this.#excluded.at(-1) ?? -1) >= from) this.#excluded.pop();
    const allowed = await this.#allowance(chosen.size, signal);
    if (allowed === null) return nothing;
    // What the rate does not allow yet is read again: the log is near.
    const cut = [...chosen][allowed];
    const next = cut ? cut.offset : Math.min(slice.next, to);
    const passed = records.filter(({ offset }) => offset < next);
    for (const event of passed) if (!chosen.has(event)) this.#excluded.push(event.offset);
    const events = passed.filter((event) => chosen.has(event));
    this.#handed = events.map(({ offset }) => offset);
    return { events, next, ...(gap && { gap }) };
  }

  /** How many events before `offset` were passed by since the last call. */
  takeExcluded(offset: number): number {
    const first = this.#excluded.findIndex((one) => one >= offset);
    const taken = first < 0 ? this.#excluded.length : first;
    this.#excluded = this.#excluded.slice(taken);
    return taken;
  }

  /** How many of `wanted` events may go now; waits for the first one. Null when called off. */
  async #allowance(wanted: number, signal: AbortSignal): Promise<number | null> {
    const { rate, clock } = this.#options;
    if (rate === null || wanted === 0) return wanted;
    for (;;) {
      const taken = rate.take(wanted, clock.monotonic());
      if (taken > 0) return taken;
      await sleep(rate.waitMs(clock.monotonic()), signal);
      if (signal.aborted) return null;
    }
  }
}

/** The part of a gap before `to`; counts hold for a gap as a whole, so of a cut one they are the offsets at most. */
function clip(gap: NonNullable<FeedSlice['gap']>, to: number): NonNullable<FeedSlice['gap']> {
  if (gap.to <= to) return gap;
  const lost = gap.counts.reduce((sum, { accepted }) => sum + accepted, 0);
  const accepted = Math.min(lost, to - gap.from);
  return { from: gap.from, to, counts: [{ sourceId: '', minute: 0, accepted, duplicates: 0 }] };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
