// A replay under way: a lane of its own over a stretch of the log. The lane brings order, retries, batches and the
// breaker; here its commits become the run's place and counts instead of the destination's.
import type { Destination } from '../../control/model.ts';
import { deliverySettings } from '../../destinations/destination.ts';
import { sleep } from '../../lib/sleep.ts';
import { newCondition } from '../delivery-store.ts';
import type { DestinationCommit } from '../delivery-store.ts';
import type { DestinationLane } from '../destination-lane.ts';
import { Lane } from '../lane.ts';
import { persist } from '../persist.ts';
import { RangeLane } from '../range-lane.ts';
import { RateBudget } from '../rate-budget.ts';
import type { ActiveReplay, ReplayOptions } from './active-replay.ts';
import { ReplayFeed } from './replay-feed.ts';
import { compileSelection } from './replay-selection.ts';
import type { ReplayFailure, ReplayRun } from './replay.ts';

/** Nothing is parked: an event that fails is tried for a while, then it is a failure of the run. */
const limits = { maxEvents: 1024, maxBytes: 4 * 1024 * 1024, maxParked: 0 };
/** How long an event is tried at most, however long the destination's own events are. */
const longestRetryForMs = 10 * 60 * 1000;
/** Of the destination's concurrent requests, so that what is delivered live stays ahead. */
const concurrencyShare = 0.25;
const saveEveryMs = 50;
const stopGraceMs = 3000;

type Try = DestinationCommit['attempts'][number];

export class SendingReplay implements ActiveReplay {
  run: ReplayRun;
  readonly #options: ReplayOptions;
  readonly #ended: () => void;
  readonly #feeds: ReadonlyMap<number, ReplayFeed>;
  readonly #lane: DestinationLane;
  readonly #inRanges: boolean;
  readonly #stopped = new AbortController();
  /** Last failed tries of events that are not finished. */
  readonly #tries = new Map<string, Try>();
  #destination: Destination;
  #loop: Promise<void> = Promise.resolve();
  #closing: Promise<void> | null = null;
  #wake: (() => void) | null = null;
  #awake = true;

  /** `ended` is called once the run is done and saved. */
  constructor(run: ReplayRun, destination: Destination, options: ReplayOptions, ended: () => void) {
    const { log, store, registry, settings, pressure, clock, random, report, failed, budgetOf } = options;
    this.run = run;
    this.#options = options;
    this.#ended = ended;
    this.#destination = destination;
    const { ratePerSecond } = run.spec;
    const rate = ratePerSecond === null ? null : new RateBudget(ratePerSecond, clock.monotonic());
    const selects = compileSelection(run.spec);
    this.#feeds = new Map(
      run.stretches.map(({ partition, to }) => [
        partition,
        new ReplayFeed({ log, partition, to, selects, rate, clock }),
      ]),
    );
    this.#inRanges = registry.get(destination.kind)?.inRanges === true;
    const cursors = run.stretches.map(({ partition, from, offset, reached = offset }) => ({
      partition,
      start: from,
      offset,
      reached,
    }));
    const LaneOfKind = this.#inRanges ? RangeLane : Lane;
    this.#lane = new LaneOfKind(
      run.destinationId,
      { version: null, cursors, parked: [], condition: newCondition },
      {
        feeds: this.#feeds,
        store,
        registry,
        allowPrivateAddresses: settings.allowPrivateAddresses,
        codeVersion: settings.codeVersion,
        replayId: run.id,
        budget: budgetOf(run.destinationId),
        limits,
        pressure,
        clock,
        random,
        // How the destination is doing is for its own lane to say.
        report: (news) => news.kind === 'waiting for storage' && report(news),
        failed,
        changed: () => this.#change(),
      },
    );
  }

  start(): void {
    this.#lane.start(forReplay(this.#destination));
    this.#loop = this.#follow().catch(this.#options.failed);
  }

  use(destination: Destination): void {
    if (destination.version === this.#destination.version) return;
    this.#destination = destination;
    this.#lane.use(forReplay(destination));
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    this.#change();
    await this.#loop;
    await this.#closeLane();
    if (this.run.state === 'running') await this.#save();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      if (!this.#awake) await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
      await sleep(saveEveryMs, signal);
      this.#awake = false;
      await this.#save();
      if (this.run.state !== 'done') continue;
      await this.#closeLane();
      this.#ended();
      return;
    }
  }

  #closeLane(): Promise<void> {
    this.#closing ??= this.#lane.close(stopGraceMs);
    return this.#closing;
  }

  #change(): void {
    this.#awake = true;
    this.#wake?.();
  }

  async #save(): Promise<void> {
    const { store, report } = this.#options;
    const commit = this.#lane.takeCommit();
    if (!commit) return;
    const failures = this.#take(commit);
    // A stop does not wait for a store that cannot write: what is not saved is sent again.
    const work = () => store.saveReplay(this.run, failures);
    await persist('saving a replay', work, report, AbortSignal.timeout(60_000));
    this.#lane.committed();
  }

  /** Turns what the lane did into the run's new state. Answers the events that failed for good. */
  #take({ cursors, counts, attempts, deadLetters, condition }: DestinationCommit): readonly ReplayFailure[] {
    const now = this.#options.clock.now();
    const sums = { ...this.run.counts };
    for (const { outcome, events } of counts) sums[outcome === 'discarded' ? 'gone' : outcome] += events;
    for (const one of attempts) {
      if (one.outcome === 'delivered') this.#tries.delete(keyOf(one));
      else this.#tries.set(keyOf(one), one);
    }
    const failures = deadLetters.map(({ partition, offset, sourceId, messageId, attempts: tries, reason }) => {
      const { request = null, response = null } = this.#tries.get(keyOf({ partition, offset })) ?? {};
      this.#tries.delete(keyOf({ partition, offset }));
      return { partition, offset, sourceId, messageId, attempts: tries, reason, request, response };
    });
    const stretches = this.run.stretches.map((stretch) => {
      const cursor = cursors.find(({ partition }) => partition === stretch.partition);
      const { offset } = cursor ?? stretch;
      sums.excluded += this.#feeds.get(stretch.partition)?.takeExcluded(offset) ?? 0;
      return { ...stretch, offset, ...(this.#inRanges && cursor && { reached: cursor.reached }) };
    });
    const done = stretches.every(({ offset, to }) => offset >= to);
    this.run = {
      ...this.run,
      counts: sums,
      stretches,
      state: done ? 'done' : this.run.state,
      problem: done ? null : condition.breakerReason,
      updatedAt: now,
      endedAt: done ? now : null,
    };
    return failures;
  }
}

const keyOf = ({ partition, offset }: { readonly partition: number; readonly offset: number }): string =>
  `${partition}/${offset}`;

/** The destination with limits that fit a replay. Settings that cannot be read are the lane's to complain of. */
function forReplay(destination: Destination): Destination {
  const parsed = deliverySettings.safeParse(destination.settings['delivery'] ?? {});
  if (!parsed.success) return destination;
  const delivery = {
    ...parsed.data,
    retryForMs: Math.min(parsed.data.retryForMs, longestRetryForMs),
    maxConcurrency: Math.max(1, Math.floor(parsed.data.maxConcurrency * concurrencyShare)),
  };
  return { ...destination, settings: { ...destination.settings, delivery } };
}
