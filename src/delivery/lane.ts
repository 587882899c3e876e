// One destination being served: reads its events, keeps its window, has them sent, and gathers what is to be committed.
//
// Life: `open` takes up what the store holds, starts to read, and goes on until `close`. A new configuration is taken on
// while it runs. Commits are collected from all lanes by one loop (commit-loop.ts), so that one transaction serves all.
import { setImmediate } from 'node:timers/promises';
import type { Destination } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';
import { ease } from '../lib/pressure.ts';
import { ClosingConnections } from './closing-connections.ts';
import type { DestinationCommit, StoredDestination } from './delivery-store.ts';
import { DeliveryWindow } from './delivery-window.ts';
import type { Passage, WindowLimits } from './delivery-window.ts';
import type { DestinationLane, LaneOptions } from './destination-lane.ts';
import { Dispatcher } from './dispatcher.ts';
import type { Entry } from './entry.ts';
import type { EventFeed, FeedEvent, FeedSlice } from './event-feed.ts';
import { outageNews } from './outage-news.ts';
import type { Pace } from './pace.ts';
import { persist } from './persist.ts';
import { openPlan } from './plan.ts';
import type { Plan } from './plan.ts';
import { RateBudget } from './rate-budget.ts';
import { Tally } from './tally.ts';

/** A window this full parks a failing event without waiting for its second try. */
const parkEagerlyFrom = 0.5;

export class Lane implements DestinationLane {
  readonly destinationId: string;
  readonly #options: LaneOptions;
  readonly #window: DeliveryWindow;
  readonly #tally = new Tally();
  readonly #dispatcher: Dispatcher;
  readonly #budget: RateBudget;
  readonly #stopped = new AbortController();
  readonly #loops: Promise<void>[] = [];
  readonly #closing: ClosingConnections;
  readonly #passage: Passage;
  /** The configuration by which it was served before. */
  readonly #lastVersion: number | null;
  #plan: Plan | null = null;
  /** Why there is no plan. */
  #unusable: string | null = null;
  #committing: Entry[] = [];
  /** Whether the store may hold dead letters that are to be sent again. */
  #requeuedLeft = true;
  #taking: Promise<void> | null = null;
  #dirty = true;
  /** Wakes the loops that wait for room in the window or for a plan. */
  #wake: (() => void)[] = [];

  constructor(destinationId: string, stored: StoredDestination, options: LaneOptions) {
    const { store, clock, random, report, failed, budget = new RateBudget(null, clock.monotonic()) } = options;
    this.destinationId = destinationId;
    this.#lastVersion = stored.version;
    this.#options = options;
    this.#closing = new ClosingConnections(options.failed);
    this.#budget = budget;
    this.#window = new DeliveryWindow(options.limits);
    const tell = outageNews(destinationId, report);
    this.#dispatcher = new Dispatcher({
      window: this.#window,
      tally: this.#tally,
      clock,
      random,
      budget,
      failed,
      changed: () => this.#changed(),
      loadBodies: async (entries) => {
        const load = () => store.parkedBodies(destinationId, entries);
        return (await persist('reading parked events', load, report, this.#stopped.signal)) ?? [];
      },
      breakerChanged: (state, reason) => {
        tell(state, reason);
        this.#changed();
      },
    });
    this.#passage = {
      mayPark: (entry) => this.#mayPark(entry),
      parked: (entry) => {
        this.#tally.parked(entry);
        this.#committing.push(entry);
      },
      finished: (entry) => this.#tally.finished(entry, clock.now()),
      filtered: (sourceId, minute) => this.#tally.count(sourceId, minute, 'filtered'),
      gap: (partition, gap) => this.#passGap(partition, gap),
    };
    for (const { partition, offset } of stored.cursors) this.#window.addPartition(partition, offset);
    this.#dispatcher.health.resume(stored.condition);
    for (const parked of stored.parked) this.#dispatcher.resume(this.#window.restore(parked));
  }

  /** Starts reading and sending. */
  start(destination: Destination): void {
    this.#use(destination, destination.version !== this.#lastVersion);
    for (const [partition, feed] of this.#options.feeds) this.#loops.push(this.#run(partition, feed));
  }

  /** Takes on a configuration: connections, secrets, actions and limits hold from now on, also for what waits. */
  use(destination: Destination): void {
    this.#use(destination, true);
  }

  #use(destination: Destination, mended: boolean): void {
    const { report, codeVersion } = this.#options;
    const old = this.#plan;
    this.#unusable = null;
    try {
      this.#plan = openPlan(destination, this.#options);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#plan = null;
      this.#unusable = error.message;
      report({ kind: 'unusable configuration', destinationId: this.destinationId, reason: error.message });
    }
    this.#dispatcher.use(this.#plan, mended);
    // What is under way ends with the connections it began with.
    if (old) this.#closing.close(old);
    if (this.#plan) {
      const { version, config, delivery } = this.#plan;
      this.#window.keepOrder(delivery.order === 'strict');
      for (const partition of this.#options.feeds.keys()) {
        this.#tally.versionFrom({ partition, from: this.#window.reached(partition), version, codeVersion, config });
      }
    }
    this.#changed();
  }

  setLimits(limits: WindowLimits): void {
    this.#window.setLimits(limits);
  }

  get pace(): Pace {
    const { health, underWay } = this.#dispatcher;
    const { destinationId } = this;
    return { destinationId, ...health.allowance, inFlight: underWay.size, ratePerSecond: this.#budget.perSecond };
  }

  /** Dead letters were put back in line: takes them in as far as there is room, the rest when there is. */
  requeued(): void {
    this.#requeuedLeft = true;
    this.#takeRequeued();
  }

  /** Its connection was found to work: if it is down, it is tried at once. */
  probeNow(): void {
    this.#dispatcher.health.probeNow();
    this.#dispatcher.pump();
    this.#changed();
  }

  /** What happened since the last call; null when nothing did. */
  takeCommit(): DestinationCommit | null {
    if (!this.#dirty) return null;
    this.#dirty = false;
    const cursors = this.#window.advance(this.#passage);
    this.#wakeLoops();
    return this.#tally.take(this.destinationId, cursors, this.#condition());
  }

  /** What `takeCommit` gave out is stored. */
  committed(): void {
    const committing = this.#committing;
    this.#committing = [];
    for (const entry of committing) {
      entry.parking = 'stored';
      // Its body is in the store now; memory keeps it only while it is being sent.
      if (entry.state === 'waiting' || entry.state === 'retrying') entry.event = entry.matched = null;
    }
    this.#takeRequeued();
  }

  /** Stops reading and sending. What is under way has `graceMs` to end, then it is called off and stays unfinished. */
  async close(graceMs: number): Promise<void> {
    this.#stopped.abort();
    this.#wakeLoops();
    await Promise.all([this.#dispatcher.stop(graceMs), this.#taking, ...this.#loops]);
    if (this.#plan) this.#closing.close(this.#plan);
    await this.#closing.ended();
  }

  async #run(partition: number, feed: EventFeed): Promise<void> {
    try {
      await this.#read(partition, feed);
    } catch (error) {
      this.#options.failed(error);
    }
  }

  async #read(partition: number, feed: EventFeed): Promise<void> {
    const { pressure, clock, report } = this.#options;
    const { signal } = this.#stopped;
    let eased = clock.monotonic();
    while (!signal.aborted) {
      if (!this.#plan || this.#window.fill(partition) >= 1) {
        await new Promise<void>((resolve) => this.#wake.push(resolve));
        continue;
      }
      const from = this.#window.reached(partition);
      const slice = await persist('reading the log', () => feed.read(from, signal), report, signal);
      if (!slice || signal.aborted) return;
      this.#admit(partition, slice);
      this.#dispatcher.pump();
      this.#changed();
      // Requests and answers get their turn, and so does the thread that serves HTTP.
      await setImmediate();
      // What was read before has been sent meanwhile, which is most of the work.
      await ease(pressure, clock.monotonic() - eased, signal);
      eased = clock.monotonic();
    }
  }

  #admit(partition: number, { events, next, gap }: FeedSlice): void {
    if (gap) this.#window.admitGap(partition, gap);
    for (const event of events) {
      if (!this.#plan || this.#window.fill(partition) >= 1) {
        this.#window.reach(partition, event.offset);
        return;
      }
      this.#admitEvent(event, this.#plan);
    }
    this.#window.reach(partition, next);
  }

  #admitEvent(feedEvent: FeedEvent, { router }: Plan): void {
    const { event, sourceId } = feedEvent;
    if (!event) {
      const entry = this.#window.admit(feedEvent);
      this.#window.finish(entry, { outcome: 'failed', reason: 'The stored event cannot be read.' });
      return;
    }
    const route = router.route(event, sourceId);
    if (route.kind === 'filtered') {
      this.#window.admitFiltered(feedEvent);
      return;
    }
    const entry = this.#window.admit(feedEvent);
    entry.matched = route.actions;
    entry.routedBy = router;
    if (entry.state === 'ready') this.#dispatcher.enqueue(entry);
  }

  #takeRequeued(): void {
    const { store, limits, report, failed } = this.#options;
    // Room is left for events that fail for the first time.
    const room = Math.min(1000, Math.floor(limits.maxParked / 2) - this.#window.parkedEvents);
    if (this.#taking || !this.#requeuedLeft || room <= 0) return;
    this.#requeuedLeft = false;
    const take = async (): Promise<void> => {
      const work = () => store.takeRequeued(this.destinationId, room);
      const taken = await persist('taking dead letters back', work, report, this.#stopped.signal);
      this.#taking = null;
      if (!taken) return;
      this.#requeuedLeft ||= taken.length === room;
      for (const parked of taken) this.#dispatcher.resume(this.#window.restore(parked));
      this.#dispatcher.pump();
      this.#changed();
    };
    this.#taking = take().catch(failed);
  }

  #mayPark(entry: Entry): boolean {
    // While the destination as a whole is down the cursor stands.
    if (!this.#plan || this.#dispatcher.health.isDown) return false;
    return entry.state === 'waiting' || entry.attempts >= 2 || this.#window.fill(entry.partition) >= parkEagerlyFrom;
  }

  #passGap(partition: number, { from, to, counts }: NonNullable<FeedSlice['gap']>): void {
    let events = 0;
    for (const { sourceId, minute, accepted } of counts) {
      this.#tally.count(sourceId, minute, 'discarded', 'retention', accepted);
      events += accepted;
    }
    this.#tally.gap(partition, from, to);
    this.#options.report({ kind: 'retention gap', destinationId: this.destinationId, events });
  }

  #condition(): DestinationCommit['condition'] {
    const { health, latest } = this.#dispatcher;
    return { ...health.conditionOf(this.#unusable), ...latest.condition };
  }

  #changed(): void {
    this.#dirty = true;
    this.#options.changed();
  }

  #wakeLoops(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}
