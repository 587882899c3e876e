// Sends one destination's events: from ready to finished. Keeps the number of requests under way, the retries, the
// breaker and the batches; the order of events is the window's affair, and arrives here as which events are ready.
//
// A round of an event: its tasks (one per matched action that is not settled) go out; when all have an outcome the
// event is finished, or asks for another round. While the breaker is not closed a failed round costs the event nothing:
// it goes back into the outbox, and its retry clock stands still.
import type { DeliverySettings } from '../destinations/destination.ts';
import type { Clock } from '../lib/clock.ts';
import { toAttemptRecord } from './attempt-record.ts';
import type { SentUnder } from './attempt-record.ts';
import { fullJitter } from './backoff.ts';
import { BodyFetcher } from './body-fetcher.ts';
import type { DeliveryWindow } from './delivery-window.ts';
import { DestinationHealth } from './destination-health.ts';
import type { Sent } from './destination-health.ts';
import { DueQueue } from './due-queue.ts';
import type { Again, Entry, Finish } from './entry.ts';
import { judge } from './judge.ts';
import type { Judged } from './judge.ts';
import { LatestResults } from './latest-results.ts';
import { Outbox } from './outbox.ts';
import type { OpenBatch, Unit } from './outbox.ts';
import type { Plan } from './plan.ts';
import { planRound } from './plan-round.ts';
import type { RateBudget } from './rate-budget.ts';
import { sendUnit } from './send-unit.ts';
import type { SendResult } from './send-unit.ts';
import type { Tally } from './tally.ts';
import { WakeTimer } from './wake-timer.ts';

export interface DispatcherOptions {
  readonly window: DeliveryWindow;
  readonly tally: Tally;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Of requests. */
  readonly budget: RateBudget;
  /** Bodies of parked events. */
  readonly loadBodies: (entries: readonly Entry[]) => Promise<readonly string[]>;
  /** There is something new to commit. */
  readonly changed: () => void;
  readonly breakerChanged: (state: 'opened' | 'closed', reason: string | null) => void;
  /** Something broke that nobody here can handle. */
  readonly failed: (error: unknown) => void;
}

/** Prepared tasks from which on no more bodies are fetched. */
const enoughPrepared = 512;
const atOnce: Again = { reason: '', retryAfterMs: 0, atOnce: true };

export class Dispatcher {
  readonly health: DestinationHealth;
  readonly latest: LatestResults;
  /** Requests. */
  readonly underWay = new Set<Promise<void>>();
  readonly #options: DispatcherOptions;
  readonly #outbox = new Outbox();
  readonly #retries = new DueQueue<Entry>();
  readonly #calledOff = new AbortController();
  readonly #timer: WakeTimer;
  readonly #bodies: BodyFetcher;
  #plan: Plan | null = null;
  #stopping = false;
  /** Ready events that were not looked at yet. */
  #ready: Entry[] = [];

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.health = new DestinationHealth(options.clock, options.random, options.breakerChanged);
    this.latest = new LatestResults(options.clock);
    this.#timer = new WakeTimer(options.clock, () => this.pump());
    this.#bodies = new BodyFetcher(options.loadBodies);
  }

  /**
   * Serves by another plan from now on; null pauses. What is under way ends under the old one.
   * With `mended` what failed is tried again without waiting for its time: the new plan may have mended it.
   */
  use(plan: Plan | null, mended: boolean): void {
    this.#plan = plan;
    for (const { entry } of this.#outbox.drain()) {
      entry.batch = null;
      entry.again = atOnce;
      if (--entry.openTasks === 0) this.#tryAgain(entry, atOnce, null);
    }
    if (plan) {
      this.health.use(plan.delivery, mended);
      this.#options.budget.setRate(plan.delivery.ratePerSecond);
    }
    if (mended) for (const entry of this.#retries.drain()) this.enqueue(entry);
    this.pump();
  }

  /** Takes a parked event over from a run before: its next try stays where it was. */
  resume(entry: Entry): void {
    entry.failedAtActive = this.health.activeMs();
    if (entry.state !== 'ready') return;
    const pause = entry.retryAt - this.#options.clock.now();
    // A wall clock that was turned back must not keep it waiting for longer than any pause lasts.
    if (pause > 0 && pause < 24 * 60 * 60 * 1000) this.#retryIn(entry, pause);
    else this.enqueue(entry);
  }

  /** Takes over an event that waits for nothing; `pump` sets it going. */
  enqueue(entry: Entry): void {
    entry.state = 'ready';
    this.#ready.push(entry);
  }

  /** Sends what may be sent now, and wakes itself for what may be sent later. */
  pump(): void {
    if (this.#stopping) return;
    const { clock, budget } = this.#options;
    const now = clock.monotonic();
    for (let due = this.#retries.take(now); due; due = this.#retries.take(now)) this.enqueue(due);
    if (this.#plan) this.#prepareReady(this.#plan, now);
    void this.#fetchBodies();
    while (this.#plan) {
      if (this.#outbox.size === 0 || budget.waitMs(now) > 0) break;
      const admitted = this.health.admits(now, this.underWay.size);
      const unit = admitted === 'none' ? null : this.#outbox.next(now, admitted === 'probe');
      if (!unit) break;
      if (admitted === 'probe') this.health.beginProbe();
      budget.take(1, now);
      this.#send(unit, this.#plan);
    }
    const full = this.health.admits(now, this.underWay.size) === 'none';
    const probeAt = this.#outbox.size > 0 ? this.health.probeAt : Infinity;
    const pause = budget.waitMs(now);
    const allowedAt = this.#outbox.size > 0 && pause > 0 && !full ? now + pause : Infinity;
    this.#timer.by(Math.min(this.#retries.nextAt, probeAt, allowedAt, full ? Infinity : this.#outbox.nextDueAt));
  }

  /** Sends nothing more. What is under way has `graceMs` to end, then it is called off and its events stay unfinished. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping = true;
    this.#timer.stop();
    const callOff = setTimeout(() => this.#calledOff.abort(new Error('delivery stops')), graceMs);
    await Promise.all(this.underWay);
    clearTimeout(callOff);
  }

  #prepareReady(plan: Plan, now: number): void {
    // Finishing an event can make others ready; they are appended while this runs.
    for (let index = 0; index < this.#ready.length; index++) {
      const entry = this.#ready[index];
      if (entry?.event) this.#prepare(entry, plan, now);
      else if (entry) this.#bodies.add(entry);
    }
    this.#ready = [];
  }

  /** Puts an event's tasks into the outbox, and after it the events that may ride along. */
  #prepare(first: Entry, plan: Plan, now: number): void {
    let batch = this.#putOut(first, plan, now);
    const later = batch ? [...first.after].reverse() : [];
    for (let entry = later.pop(); entry && batch; entry = later.pop()) {
      if (!this.#mayRide(entry, batch, plan)) continue;
      batch = this.#putOut(entry, plan, now);
      later.push(...entry.after.toReversed());
    }
  }

  /** Puts an event's tasks into the outbox. Answers the batch that others may join, if there is one. */
  #putOut(entry: Entry, plan: Plan, now: number): OpenBatch | null {
    const { tasks, invalid } = planRound(entry, plan);
    entry.state = 'sending';
    entry.openTasks = tasks.length;
    entry.again = null;
    for (const { actionId, reason } of invalid) {
      const sent = { plan, at: this.#options.clock.now(), sentAt: now };
      this.#record(entry, actionId, { result: 'failed', reason }, sent, null);
      entry.settled[actionId] = 'failed';
    }
    if (tasks.length === 0) this.#finish(entry);
    let batch: OpenBatch | null = null;
    for (const task of tasks) batch = this.#outbox.add(task, now);
    const joinable = tasks.length === 1 && batch?.atomic ? batch : null;
    entry.batch = joinable;
    return joinable;
  }

  /** Whether everything an event waits for is in this batch, so that it can follow in it, in order. */
  #mayRide(entry: Entry, batch: OpenBatch, plan: Plan): boolean {
    if (entry.state !== 'waiting' || !entry.event || entry.before.some((earlier) => earlier.batch !== batch))
      return false;
    const { tasks, invalid } = planRound(entry, plan);
    const [task] = tasks;
    return task !== undefined && tasks.length === 1 && invalid.length === 0 && this.#outbox.fits(task, batch);
  }

  #send(unit: Unit, plan: Plan): void {
    const { clock } = this.#options;
    const sent: Sent = { unit, plan, at: clock.now(), sentAt: clock.monotonic(), generation: this.health.generation };
    const run = async (): Promise<void> => {
      try {
        const result = await sendUnit(unit, plan.connection, clock, this.#calledOff.signal);
        this.underWay.delete(running);
        if (result) this.#settle(sent, result);
        this.pump();
      } catch (error) {
        this.underWay.delete(running);
        this.#options.failed(error);
      }
    };
    const running = run();
    this.underWay.add(running);
  }

  #settle(sent: Sent, result: SendResult): void {
    const judgement = judge(sent.unit, result.outcomes, sent.plan);
    this.health.learn(sent, judgement);
    for (const [index, { entry, actionId }] of sent.unit.tasks.entries()) {
      const outcome = judgement.outcomes[index];
      if (!outcome) continue;
      this.#record(entry, actionId, outcome, sent, result);
      if (outcome.result === 'retry') entry.again = outcome;
      else entry.settled[actionId] = outcome.result;
      if (--entry.openTasks > 0) continue;
      entry.batch = null;
      entry.attempts++;
      if (entry.again) this.#tryAgain(entry, entry.again, sent.plan.delivery);
      else this.#finish(entry);
    }
    this.#options.changed();
  }

  #tryAgain(entry: Entry, again: Again, delivery: DeliverySettings | null): void {
    const active = this.health.activeMs();
    const held = again.atOnce || !delivery || this.health.isDown;
    if (!held) entry.spentMs += active - (entry.failedAtActive ?? active);
    entry.failedAtActive = active;
    if (held) {
      if (entry.before.length > 0) entry.state = 'waiting';
      else this.enqueue(entry);
      return;
    }
    const { retryForMs, firstRetryMs, longestRetryMs } = delivery;
    if (entry.spentMs >= retryForMs) {
      this.#finish(
        entry,
        `Given up after ${entry.attempts} ${entry.attempts === 1 ? 'try' : 'tries'}. ${again.reason}`,
      );
      return;
    }
    const bounds = { firstMs: firstRetryMs, longestMs: longestRetryMs };
    const pause = fullJitter(entry.attempts, bounds, this.#options.random());
    // The last try comes when the time is up, not a pause later.
    this.#retryIn(entry, Math.max(again.retryAfterMs, Math.min(pause, retryForMs - entry.spentMs)));
    if (entry.parking === 'none') return;
    this.#options.tally.progressed(entry);
    if (entry.parking === 'stored') entry.event = entry.matched = null;
  }

  #retryIn(entry: Entry, pauseMs: number): void {
    const { clock } = this.#options;
    entry.retryAt = clock.now() + pauseMs;
    entry.state = entry.before.length > 0 ? 'waiting' : 'retrying';
    if (entry.state === 'retrying') this.#retries.add(clock.monotonic() + pauseMs, entry);
  }

  #finish(entry: Entry, givenUp?: string): void {
    const { window, tally, clock, changed } = this.#options;
    const outcomes = Object.values(entry.settled);
    const failed = givenUp !== undefined || outcomes.includes('failed');
    const done: Finish = outcomes.includes('delivered')
      ? { outcome: 'delivered', at: clock.now() }
      : { outcome: 'filtered' };
    const freed = window.finish(entry, failed ? { outcome: 'failed', reason: givenUp ?? entry.reason } : done);
    this.health.forget(entry);
    // Parked events are behind the cursor: nobody else comes by to count them.
    if (entry.parking !== 'none') tally.finished(entry, clock.now());
    for (const next of freed) this.enqueue(next);
    changed();
  }

  /** Records a try that failed, or that succeeded after others had failed. */
  #record(entry: Entry, actionId: string, outcome: Judged, sent: SentUnder, result: SendResult | null): void {
    const { clock, tally } = this.#options;
    this.latest.note(outcome);
    if (outcome.result !== 'delivered') entry.reason = outcome.reason;
    if (outcome.result === 'delivered' && entry.attempts === 0) return;
    tally.attempted(toAttemptRecord(entry, actionId, outcome, sent, result, clock.monotonic()));
  }

  async #fetchBodies(): Promise<void> {
    if (this.#outbox.size >= enoughPrepared) return;
    try {
      const entries = await this.#bodies.fetch();
      if (!entries) return;
      for (const entry of entries) this.enqueue(entry);
      this.pump();
    } catch (error) {
      this.#options.failed(error);
    }
  }
}
