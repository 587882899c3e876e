// A stopwatch that stands still while the destination as a whole is down; retry clocks run on it.

export class ActiveTime {
  #total = 0;
  #since: number | null;

  constructor(now: number) {
    this.#since = now;
  }

  /** Milliseconds it has run. All times are monotonic. */
  read(now: number): number {
    return this.#total + (this.#since === null ? 0 : now - this.#since);
  }

  pause(now: number): void {
    this.#total = this.read(now);
    this.#since = null;
  }

  resume(now: number): void {
    this.#since ??= now;
  }
}
