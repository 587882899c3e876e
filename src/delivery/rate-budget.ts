// A budget that fills up at a rate: how many of something may go now, and when the next one may.

/** What may gather while nothing is asked for: this part of a second's worth, at least one. */
const burstShare = 0.1;

export class RateBudget {
  #perMs: number;
  #most: number;
  #left: number;
  #at: number;

  /** All times are monotonic, ms. */
  constructor(perSecond: number, now: number) {
    this.#perMs = perSecond / 1000;
    this.#most = Math.max(1, perSecond * burstShare);
    this.#left = 1;
    this.#at = now;
  }

  setRate(perSecond: number): void {
    this.#perMs = perSecond / 1000;
    this.#most = Math.max(1, perSecond * burstShare);
  }

  /** Takes up to `wanted`; answers how many. */
  take(wanted: number, now: number): number {
    this.#refill(now);
    const taken = Math.min(wanted, Math.floor(this.#left));
    this.#left -= taken;
    return taken;
  }

  /** How long until one more may go. */
  waitMs(now: number): number {
    this.#refill(now);
    return this.#left >= 1 ? 0 : Math.ceil((1 - this.#left) / this.#perMs);
  }

  #refill(now: number): void {
    this.#left = Math.min(this.#most, this.#left + (now - this.#at) * this.#perMs);
    this.#at = now;
  }
}
