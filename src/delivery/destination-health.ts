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

type ServedCondition = Pick<Condition, 'breaker' | 'breakerReason' | 'nextProbeAt' | 'askedUntil' | 'disabledAt'>;

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

  /** To be stored. `unusable` says why there is no configuration to serve it by: it waits for another, not for a time. */
  conditionOf(unusable: string | null): ServedCondition {
    if (unusable === null) return this.#condition;
    return { breaker: 'open', breakerReason: unusable, nextProbeAt: null, askedUntil: null, disabledAt: null };
  }

  get #condition(): ServedCondition {
    const { state, reason, probeAt, askedUntil } = this.#breaker;
    const ahead = this.#clock.now() - this.#clock.monotonic();
    return {
      breaker: state,
      breakerReason: reason,
      nextProbeAt: state === 'open' ? Math.round(ahead + probeAt) : null,
      askedUntil: askedUntil === null ? null : Math.round(ahead + askedUntil),
      disabledAt: null,
    };
  }

  get allowance(): Allowance {
    const { breaker, breakerReason, nextProbeAt } = this.#condition;
    const { current, max } = this.#limit;
    return {
      breaker,
      breakerReason,
      nextProbeAt,
      limit: breaker === 'closed' ? current : breaker === 'probing' ? 1 : 0,
      maxConcurrency: max,
      lastRetryAfter: this.#lastRetryAfter,
    };
  }

  /** Goes by other settings; with `mended` a destination that is down is probed at once. */
  use({ maxConcurrency, firstRetryMs, longestRetryMs }: DeliverySettings, mended: boolean): void {
    this.#limit.setMax(maxConcurrency);
    this.#breaker.setBounds({ firstMs: firstRetryMs, longestMs: Math.min(longestRetryMs, longestProbePauseMs) });
    if (mended) this.probeNow();
  }

  /** A destination that is down may be probed at once, whatever it was to wait for. */
  probeNow(): void {
    this.#breaker.probeNow(this.#clock.monotonic());
  }

  /**
   * Goes on from where a run before stopped. A destination that was down may be probed now, unless it asked for a pause:
   * what it waited for may have come with the start. One that had no usable configuration was not found to be down.
   */
  resume({ breaker, breakerReason, nextProbeAt, askedUntil }: Condition): void {
    if (breaker === 'closed' || (breaker === 'open' && nextProbeAt === null)) return;
    const now = this.#clock.monotonic();
    this.#breaker.resumeOpen(breakerReason, now, askedUntil === null ? null : now + askedUntil - this.#clock.now());
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
