// A budget that fills up at a rate: how many of something may go now, and when the next one may.
import type { Clock } from '../lib/clock.ts';
import { sleep } from '../lib/sleep.ts';

/** What may gather while nothing is asked for: this part of a second's worth, at least one. */
const burstShare = 0.1;

export class RateBudget {
  #perSecond: number | null = null;
  #perMs: number | null = null;
  #most = 1;
  #left = 1;
  #at: number;

  /** Null sets no limit. All times are monotonic, ms. */
  constructor(perSecond: number | null, now: number) {
    this.#at = now;
    this.setRate(perSecond);
  }

  /** The rate in force; null for none. */
  get perSecond(): number | null {
    return this.#perSecond;
  }

  setRate(perSecond: number | null): void {
    this.#perSecond = perSecond;
    this.#perMs = perSecond === null ? null : perSecond / 1000;
    this.#most = Math.max(1, (perSecond ?? 0) * burstShare);
  }

  /** Takes up to `wanted`; answers how many. */
  take(wanted: number, now: number): number {
    if (this.#perMs === null) return wanted;
    this.#refill(now, this.#perMs);
    const taken = Math.min(wanted, Math.floor(this.#left));
    this.#left -= taken;
    return taken;
  }

  /** Gives back what was taken and not used. */
  giveBack(count: number): void {
    this.#left = Math.min(this.#most, this.#left + count);
  }

  /** How long until one more may go. */
  waitMs(now: number): number {
    if (this.#perMs === null) return 0;
    this.#refill(now, this.#perMs);
    return this.#left >= 1 ? 0 : Math.ceil((1 - this.#left) / this.#perMs);
  }

  #refill(now: number, perMs: number): void {
    this.#left = Math.min(this.#most, this.#left + (now - this.#at) * perMs);
    this.#at = now;
  }
}

/** Takes one as soon as the rate allows it; answers false when `signal` aborts before. */
export async function takeOne(budget: RateBudget, clock: Clock, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    if (budget.take(1, clock.monotonic()) > 0) return true;
    await sleep(budget.waitMs(clock.monotonic()), signal);
  }
  return false;
}
