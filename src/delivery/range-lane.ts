// One destination that is written to in ranges of the log.
//
// Per partition, one range after the other:
//   gather   reads until the range is full, or old enough, or where a run before has put its end
//   fix      its bounds go into the store as the cursor's `offset` and `reached`, synced: from here on the range is
//            offered again with these bounds, whatever happens
//   write    until every event is delivered, filtered or refused for good (range-writer.ts)
//   pass     the cursor, the counts and the dead letters go into one commit
// So a range that was written but not passed is written again under the same name, and a kind that keeps the name with
// what it writes has each event once. What is not promised: when the configuration changes between the two writes, the
// first one stands and the counts are those of the second.
//
// Dead letters put back in line go out beside this, one by one, each as a range of its own whose name ends in "-again".
// A replay has a lane of its own: its ranges end in its id, so they never meet the names of the destination's own ones.
import type { Destination } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';
import { ClosingConnections } from './closing-connections.ts';
import type { DestinationCommit, ParkedEvent, StoredCursor, StoredDestination } from './delivery-store.ts';
import type { WindowLimits } from './delivery-window.ts';
import type { DestinationLane, LaneOptions } from './destination-lane.ts';
import { DestinationHealth } from './destination-health.ts';
import type { EventFeed } from './event-feed.ts';
import { outageNews } from './outage-news.ts';
import type { Pace } from './pace.ts';
import { persist } from './persist.ts';
import { openPlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { rangeBounds } from './range-bounds.ts';
import { gatherRange } from './range-gatherer.ts';
import type { GatheredRange } from './range-gatherer.ts';
import { RangeWriter, nameRange } from './range-writer.ts';
import type { Beside } from './range-writer.ts';
import { RateBudget, takeOne } from './rate-budget.ts';
import { restoreEntry } from './restore-entry.ts';
import { Tally } from './tally.ts';
import { WakeTimer } from './wake-timer.ts';

/** Dead letters taken back at a time. */
const takenAtOnce = 100;
const again: Beside = { kind: 'again', mark: 'again' };

export class RangeLane implements DestinationLane {
  readonly destinationId: string;
  readonly #options: LaneOptions;
  readonly #tally = new Tally();
  readonly #health: DestinationHealth;
  readonly #writer: RangeWriter;
  readonly #timer: WakeTimer;
  readonly #budget: RateBudget;
  readonly #beside: Beside | null;
  readonly #stopped = new AbortController();
  readonly #calledOff = new AbortController();
  readonly #cursors = new Map<number, StoredCursor>();
  /** How far events were routed. */
  readonly #routed = new Map<number, number>();
  readonly #lastVersion: number | null;
  readonly #loops: Promise<void>[] = [];
  readonly #closing: ClosingConnections;
  readonly #parked: ParkedEvent[];
  #maxBytes: number;
  #plan: Plan | null = null;
  #unusable: string | null = null;
  #dirty = true;
  #requeuedLeft = true;
  /** Those who wait for a plan, the breaker or dead letters; and those who wait for the next commit to be stored. */
  #wake: (() => void)[] = [];
  #storing: { waiting: (() => void)[]; taken: (() => void)[] } = { waiting: [], taken: [] };

  constructor(destinationId: string, stored: StoredDestination, options: LaneOptions) {
    const { clock, random, report, limits, replayId, budget } = options;
    this.destinationId = destinationId;
    this.#options = options;
    this.#closing = new ClosingConnections(options.failed);
    this.#lastVersion = stored.version;
    this.#maxBytes = limits.maxBytes;
    this.#parked = [...stored.parked];
    this.#budget = budget ?? new RateBudget(null, clock.monotonic());
    this.#beside = replayId === undefined ? null : { kind: 'replay', mark: replayId };
    this.#timer = new WakeTimer(clock, () => this.#wakeAll());
    const tell = outageNews(destinationId, report);
    this.#health = new DestinationHealth(clock, random, (state, reason) => {
      tell(state, reason);
      this.#wakeAll();
    });
    this.#health.resume(stored.condition);
    for (const { partition, offset, reached } of stored.cursors) {
      this.#cursors.set(partition, { partition, offset, reached });
      this.#routed.set(partition, offset);
    }
    this.#writer = new RangeWriter({
      health: this.#health,
      tally: this.#tally,
      clock,
      changed: () => this.#changed(),
      turn: () => this.#turn(),
      allowed: () => takeOne(this.#budget, clock, this.#stopped.signal),
      calledOff: this.#calledOff.signal,
    });
  }

  start(destination: Destination): void {
    this.#use(destination, destination.version !== this.#lastVersion);
    for (const [partition, feed] of this.#options.feeds) this.#run(() => this.#serve(partition, feed));
    // Dead letters are for the destination's own lane.
    if (!this.#beside) this.#run(() => this.#serveRequeued());
  }

  use(destination: Destination): void {
    this.#use(destination, true);
  }

  get pace(): Pace {
    const { destinationId } = this;
    const { inFlight } = this.#writer;
    return { destinationId, ...this.#health.allowance, inFlight, ratePerSecond: this.#budget.perSecond };
  }

  setLimits({ maxBytes }: WindowLimits): void {
    this.#maxBytes = maxBytes;
  }

  requeued(): void {
    this.#requeuedLeft = true;
    this.#wakeAll();
  }

  probeNow(): void {
    this.#health.probeNow();
    this.#wakeAll();
    this.#changed();
  }

  takeCommit(): DestinationCommit | null {
    if (!this.#dirty) return null;
    this.#dirty = false;
    this.#storing = { waiting: [], taken: [...this.#storing.taken, ...this.#storing.waiting] };
    const condition = { ...this.#health.conditionOf(this.#unusable), ...this.#writer.latest.condition };
    return this.#tally.take(this.destinationId, [...this.#cursors.values()], condition);
  }

  committed(): void {
    const { waiting, taken } = this.#storing;
    this.#storing = { waiting, taken: [] };
    for (const stored of taken) stored();
  }

  async close(graceMs: number): Promise<void> {
    this.#stopped.abort();
    this.#timer.stop();
    this.#wakeAll();
    const { waiting, taken } = this.#storing;
    for (const stored of [...waiting, ...taken]) stored();
    const callOff = setTimeout(() => this.#calledOff.abort(new Error('delivery stops')), graceMs);
    await Promise.all(this.#loops);
    clearTimeout(callOff);
    if (this.#plan) this.#closing.close(this.#plan);
    await this.#closing.ended();
  }

  #use(destination: Destination, mended: boolean): void {
    const { report, codeVersion, feeds } = this.#options;
    const old = this.#plan;
    this.#unusable = null;
    try {
      this.#plan = openPlan(destination, this.#options);
      this.#health.use(this.#plan.delivery, mended);
      this.#budget.setRate(this.#plan.delivery.ratePerSecond);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#plan = null;
      this.#unusable = error.message;
      report({ kind: 'unusable configuration', destinationId: this.destinationId, reason: error.message });
    }
    if (old) this.#closing.close(old);
    if (this.#plan) {
      const { version, config } = this.#plan;
      for (const partition of feeds.keys())
        this.#tally.versionFrom({ partition, from: this.#routed.get(partition) ?? 0, version, codeVersion, config });
    }
    this.#wakeAll();
    this.#changed();
  }

  async #serve(partition: number, feed: EventFeed): Promise<void> {
    const { pressure, clock, report } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted && this.#cursor(partition).offset < feed.end) {
      const { offset: from, reached } = this.#cursor(partition);
      const range = await gatherRange(from, reached > from ? reached : null, {
        feed,
        pressure,
        clock,
        report,
        signal,
        plan: () => this.#planned(),
        bounds: (plan) => rangeBounds(plan, this.#maxBytes),
        reached: (offset) => this.#routed.set(partition, offset),
      });
      if (!range) return;
      this.#routed.set(partition, range.to);
      const { to, entries } = range;
      if (entries.length > 0 && to !== reached && !(await this.#fix({ partition, offset: from, reached: to }))) return;
      const name = nameRange(this.destinationId, { partition, first: from, last: to - 1 }, this.#beside);
      if (!(await this.#writer.write(entries, name))) return;
      this.#pass(partition, range);
    }
  }

  /** Puts the bounds of a range on disk. Answers false when delivery stops before. */
  async #fix(cursor: StoredCursor): Promise<boolean> {
    const { store, report } = this.#options;
    const { signal } = this.#stopped;
    this.#cursors.set(cursor.partition, cursor);
    this.#changed();
    await new Promise<void>((resolve) => this.#storing.waiting.push(resolve));
    const sync = (): Promise<unknown> => store.durableCursors();
    return (await persist('fixing a range', sync, report, signal)) !== null && !signal.aborted;
  }

  #pass(partition: number, { to, entries, filtered, gap }: GatheredRange): void {
    const { clock, report } = this.#options;
    const now = clock.now();
    if (gap) {
      let events = 0;
      for (const { sourceId, minute, accepted } of gap.counts) {
        this.#tally.count(sourceId, minute, 'discarded', 'retention', accepted);
        events += accepted;
      }
      this.#tally.gap(partition, gap.from, gap.to);
      report({ kind: 'retention gap', destinationId: this.destinationId, events });
    }
    for (const { sourceId, minute, events } of filtered) this.#tally.count(sourceId, minute, 'filtered', '', events);
    for (const entry of entries) this.#tally.finished(entry, now);
    this.#cursors.set(partition, { partition, offset: to, reached: to });
    this.#changed();
  }

  async #serveRequeued(): Promise<void> {
    const { store, clock, report } = this.#options;
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      const parked = this.#parked.shift();
      if (parked) {
        const load = () => store.parkedBodies(this.destinationId, [parked]);
        const bodies = await persist('reading parked events', load, report, signal);
        const entry = bodies && restoreEntry(parked, bodies[0] ?? '');
        const { partition, offset } = parked;
        const name = nameRange(this.destinationId, { partition, first: offset, last: offset }, again);
        if (!entry || !(await this.#writer.write([entry], name))) return;
        this.#tally.finished(entry, clock.now());
        this.#changed();
      } else if (this.#requeuedLeft) {
        this.#requeuedLeft = false;
        const take = () => store.takeRequeued(this.destinationId, takenAtOnce);
        const taken = (await persist('taking dead letters back', take, report, signal)) ?? [];
        this.#requeuedLeft ||= taken.length === takenAtOnce;
        this.#parked.push(...taken);
      } else await this.#woken();
    }
  }

  /** The present plan, once there is one; null when delivery stops before. */
  async #planned(): Promise<Plan | null> {
    while (!this.#plan && !this.#stopped.signal.aborted) await this.#woken();
    return this.#stopped.signal.aborted ? null : this.#plan;
  }

  /** The present plan, once the breaker lets something through. */
  async #turn(): Promise<Plan | null> {
    for (;;) {
      const plan = await this.#planned();
      if (!plan || this.#health.admits(this.#options.clock.monotonic(), 0) !== 'none') return plan;
      this.#timer.by(this.#health.probeAt);
      await this.#woken();
    }
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  #run(loop: () => Promise<void>): void {
    this.#loops.push(loop().catch(this.#options.failed));
  }

  #cursor(partition: number): StoredCursor {
    const cursor = this.#cursors.get(partition);
    if (!cursor) throw new RangeError(`Partition ${partition} has no cursor.`);
    return cursor;
  }

  #changed(): void {
    this.#dirty = true;
    this.#options.changed();
  }
}
