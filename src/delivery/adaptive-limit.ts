// How many requests a destination gets at once: one more per round of successes, half as many after a failure.

/** A new destination starts gently, and one that comes back from an outage with a single request. */
const startLimit = 4;

export class AdaptiveLimit {
  #max = startLimit;
  #exact = startLimit;
  #loweredAt = -Infinity;

  get current(): number {
    return Math.floor(this.#exact);
  }

  get max(): number {
    return this.#max;
  }

  setMax(max: number): void {
    this.#max = max;
    this.#exact = Math.min(this.#exact, max);
  }

  /** A request got through. */
  raise(): void {
    this.#exact = Math.min(this.#max, this.#exact + 1 / this.#exact);
  }

  /** A request of `sentAt` failed. Those that were under way together count once: they tell the same news. */
  lower(sentAt: number, now: number): void {
    if (sentAt < this.#loweredAt) return;
    this.#loweredAt = now;
    this.#exact = Math.max(1, this.#exact / 2);
  }

  restart(): void {
    this.#exact = 1;
  }
}
