// Tells a failing destination from a failing event, and keeps a failing destination from being hammered.
//
//   closed   everything is sent. Opens at once on a failure that concerns the destination as a whole (refused
//            connection, 401, 403, 429, …), when at least ten of the last twenty results are in and four in five of
//            them failed, and when it refused 500 events in a row: then its address is wrong rather than so many events.
//   open     nothing is sent; the cursor stands and retry clocks stop. Ends at `probeAt`; at once when something may have
//            mended the destination. A start is such an occasion, but waits for as long as the destination asked for.
//   probing  one request is under way. Success closes the breaker. So does, where something else opened it, a refusal
//            of the event, and a 5xx for an event known to get one. Anything else opens it again, for longer.
//
// Results of requests sent before the last transition are old news and change nothing. Times are monotonic.
import { halfJitter } from './backoff.ts';
import type { BackoffBounds } from './backoff.ts';

export type BreakerState = 'closed' | 'open' | 'probing';

/** What a request said about the destination. */
export type Verdict =
  | { readonly kind: 'well' }
  /** It answered, but refused these events for good. */
  | { readonly kind: 'refused'; readonly reason: string; readonly events: number }
  /** A failure that may be the event's own: a 5xx, a timeout. */
  | {
      readonly kind: 'doubt';
      readonly reason: string;
      /** Of events that failed while others got through: when they fail again, that is no news. */
      readonly known: boolean;
    }
  | { readonly kind: 'down'; readonly reason: string; readonly retryAfterMs: number };

const remembered = 20;
const enoughResults = 10;
const failingShare = 0.8;
/** Once this many requests got through, an earlier outage no longer lengthens the next pause. */
const forgivenAfter = 20;
const refusedInARow = 500;

export class Breaker {
  #state: BreakerState = 'closed';
  #reason: string | null = null;
  #openedBy: Exclude<Verdict['kind'], 'well'> = 'down';
  #probeAt = 0;
  #askedUntil: number | null = null;
  #generation = 0;
  #results: boolean[] = [];
  #openings = 0;
  #wellInARow = 0;
  #refused = 0;
  #bounds: BackoffBounds;
  readonly #random: () => number;

  constructor(bounds: BackoffBounds, random: () => number) {
    this.#bounds = bounds;
    this.#random = random;
  }

  get state(): BreakerState {
    return this.#state;
  }
  /** Why it is not closed; null when it is. */
  get reason(): string | null {
    return this.#reason;
  }
  /** When an open breaker lets a probe through. */
  get probeAt(): number {
    return this.#probeAt;
  }
  /** Until when the destination asked not to be probed; null when it asked for nothing. */
  get askedUntil(): number | null {
    return this.#state === 'open' ? this.#askedUntil : null;
  }
  /** To be kept with each request sent, and handed back with its result. */
  get generation(): number {
    return this.#generation;
  }

  /** How many requests may be sent now: any number, one, or none. */
  admits(now: number): 'all' | 'probe' | 'none' {
    if (this.#state === 'closed') return 'all';
    return this.#state === 'open' && now >= this.#probeAt ? 'probe' : 'none';
  }

  /** The one request that `admits` allowed is being sent. */
  beginProbe(): void {
    this.#state = 'probing';
    this.#generation++;
  }

  /** Takes a result in. Answers whether it was news that closed or opened the breaker. */
  record(verdict: Verdict, generation: number, now: number): 'opened' | 'closed' | null {
    if (generation !== this.#generation) return null;
    if (this.#state === 'probing') {
      if (verdict.kind !== 'well' && !this.#isAlive(verdict)) return this.#open(verdict, now);
      this.#state = 'closed';
      this.#reason = null;
      this.#generation++;
      this.#wellInARow = 1;
      return 'closed';
    }
    if (verdict.kind === 'down') return this.#open(verdict, now);
    if (verdict.kind === 'doubt' && verdict.known) return null;
    this.#refused = verdict.kind === 'refused' ? this.#refused + verdict.events : 0;
    this.#remember(verdict.kind !== 'doubt');
    if (verdict.kind === 'doubt' && this.#mostFail()) return this.#open(verdict, now);
    return verdict.kind === 'refused' && this.#refused >= refusedInARow ? this.#open(verdict, now) : null;
  }

  /** Something changed that may have mended the destination: the next probe may go now. */
  probeNow(now: number): void {
    this.#openings = 0;
    if (this.#state !== 'open') return;
    this.#probeAt = now;
    this.#askedUntil = null;
  }

  setBounds(bounds: BackoffBounds): void {
    this.#bounds = bounds;
  }

  /** Starts open, as a run before left it: a probe may go now, or when the destination asked for it. */
  resumeOpen(reason: string | null, now: number, askedUntil: number | null): void {
    this.#state = 'open';
    this.#reason = reason;
    this.#probeAt = Math.max(now, askedUntil ?? now);
    this.#askedUntil = askedUntil;
    this.#openings = 1;
  }

  /** Whether the answer to a probe shows that what opened the breaker is over. */
  #isAlive(verdict: Verdict): boolean {
    if (verdict.kind === 'refused') return this.#openedBy !== 'refused';
    return verdict.kind === 'doubt' && verdict.known && this.#openedBy === 'down';
  }

  #open(verdict: Exclude<Verdict, { kind: 'well' }>, now: number): 'opened' {
    // A probe that fails says less than what opened the breaker, unless it says more.
    if (this.#state === 'closed' || verdict.kind === 'down') this.#openedBy = verdict.kind;
    this.#state = 'open';
    this.#reason = verdict.reason;
    this.#generation++;
    this.#openings++;
    this.#results = [];
    this.#refused = 0;
    const pause = halfJitter(this.#openings, this.#bounds, this.#random());
    const askedMs = verdict.kind === 'down' ? verdict.retryAfterMs : 0;
    this.#probeAt = now + Math.max(pause, askedMs);
    this.#askedUntil = askedMs > 0 ? now + askedMs : null;
    return 'opened';
  }

  #remember(well: boolean): void {
    this.#results.push(well);
    if (this.#results.length > remembered) this.#results.shift();
    this.#wellInARow = well ? this.#wellInARow + 1 : 0;
    if (this.#wellInARow >= forgivenAfter) this.#openings = 0;
  }

  #mostFail(): boolean {
    const failed = this.#results.filter((well) => !well).length;
    return this.#results.length >= enoughResults && failed >= this.#results.length * failingShare;
  }
}
