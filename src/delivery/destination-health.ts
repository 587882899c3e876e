// What is known of how a destination as a whole is doing: its breaker, how many requests it gets at once, which events
// are suspected of failing on their own account, and the time in which it was not down, on which retry clocks run.
import type { DeliverySettings } from '../destinations/destination.ts';
import type { Clock } from '../lib/clock.ts';
import { ActiveTime } from './active-time.ts';
import { AdaptiveLimit } from './adaptive-limit.ts';
import type { SentUnder } from './attempt-record.ts';
import { Breaker } from './breaker.ts';
import type { Condition } from './delivery-store.ts';
import type { Entry } from './entry.ts';
import type { Judgement } from './judge.ts';
import type { Unit } from './outbox.ts';
import type { Allowance } from './pace.ts';

/** A unit under way. */
export interface Sent extends SentUnder {
  readonly unit: Unit;
  /** Of the breaker. */
  readonly generation: number;
}

/** Probes of a destination that is down come at least this often, whatever its retry settings. */
const longestProbePauseMs = 60_000;

export class DestinationHealth {
  readonly #clock: Clock;
  readonly #turned: (state: 'opened' | 'closed', reason: string | null) => void;
  readonly #breaker: Breaker;
  readonly #limit = new AdaptiveLimit();
  readonly #active: ActiveTime;
  /** Events whose failure opened the breaker or kept it open. */
  readonly #blamed = new Set<Entry>();
  #lastRetryAfter: Allowance['lastRetryAfter'] = null;

  /** `turned` is told when the breaker opens or closes; `random` is uniform in [0, 1). */
  constructor(clock: Clock, random: () => number, turned: (state: 'opened' | 'closed', reason: string | null) => void) {
    this.#clock = clock;
    this.#turned = turned;
    this.#breaker = new Breaker({ firstMs: 1000, longestMs: longestProbePauseMs }, random);
    this.#active = new ActiveTime(clock.monotonic());
  }

  get isDown(): boolean {
    return this.#breaker.state !== 'closed';
  }

  /** For {@link Sent}. */
  get generation(): number {
    return this.#breaker.generation;
  }

  /** When a probe may go; Infinity while none is called for. */
  get probeAt(): number {
    return this.#breaker.state === 'open' ? this.#breaker.probeAt : Infinity;
  }

  get condition(): Pick<Condition, 'breaker' | 'breakerReason' | 'nextProbeAt'> {
    const { state, reason, probeAt } = this.#breaker;
    const nextProbeAt = state === 'open' ? Math.round(this.#clock.now() + probeAt - this.#clock.monotonic()) : null;
    return { breaker: state, breakerReason: reason, nextProbeAt };
  }

  get allowance(): Allowance {
    const { state } = this.#breaker;
    const { current, max } = this.#limit;
    return {
      ...this.condition,
      limit: state === 'closed' ? current : state === 'probing' ? 1 : 0,
      maxConcurrency: max,
      lastRetryAfter: this.#lastRetryAfter,
    };
  }

  /** Goes by other settings; with `mended` a destination that is down is probed at once. */
  use({ maxConcurrency, firstRetryMs, longestRetryMs }: DeliverySettings, mended: boolean): void {
    this.#limit.setMax(maxConcurrency);
    this.#breaker.setBounds({ firstMs: firstRetryMs, longestMs: Math.min(longestRetryMs, longestProbePauseMs) });
    if (mended) this.#breaker.probeNow(this.#clock.monotonic());
  }

  /** Starts with the breaker open, as a run before left it. `probeAt` is wall-clock time. */
  resumeOpen(reason: string, probeAt: number): void {
    const now = this.#clock.monotonic();
    this.#breaker.resumeOpen(reason, now + Math.max(0, probeAt - this.#clock.now()));
    this.#active.pause(now);
  }

  /** Whether one more request may be sent, beside `underWay` others. */
  admits(now: number, underWay: number): 'one more' | 'probe' | 'none' {
    const admitted = this.#breaker.admits(now);
    if (admitted !== 'all') return admitted;
    return underWay < this.#limit.current ? 'one more' : 'none';
  }

  beginProbe(): void {
    this.#breaker.beginProbe();
  }

  /** The time in which the destination was not down. */
  activeMs(): number {
    return this.#active.read(this.#clock.monotonic());
  }

  /** Draws conclusions from one request. */
  learn({ unit, plan, sentAt, generation }: Sent, { outcomes, verdict, blame }: Judgement): void {
    const now = this.#clock.monotonic();
    if (verdict.kind === 'down' || verdict.kind === 'doubt') {
      const asked = outcomes.map((outcome) => (outcome.result === 'retry' ? outcome.retryAfterMs : 0));
      const ms = Math.max(0, ...asked, verdict.kind === 'down' ? verdict.retryAfterMs : 0);
      if (ms > 0) this.#lastRetryAfter = { at: this.#clock.now(), ms };
    }
    if (verdict.kind === 'well' || verdict.kind === 'refused') this.#limit.raise();
    else if (verdict.kind === 'down' || !verdict.known) this.#limit.lower(sentAt, now);
    const news = this.#breaker.record(verdict, generation, now);
    if (news === 'opened') {
      this.#active.pause(now);
      this.#limit.restart();
      if (blame) for (const { entry } of unit.tasks) this.#blamed.add(entry);
    } else if (news === 'closed') {
      this.#active.resume(now);
      for (const { entry } of unit.tasks) this.#blamed.delete(entry);
      for (const entry of this.#blamed) entry.suspectUnder = plan;
      this.#blamed.clear();
    }
    if (news) this.#turned(news, this.#breaker.reason);
  }

  /** An event is finished: it is under no suspicion any more. */
  forget(entry: Entry): void {
    this.#blamed.delete(entry);
  }
}
