// One timer for many deadlines: fires at the earliest time asked for, then starts afresh.
import type { Clock } from '../lib/clock.ts';

export class WakeTimer {
  readonly #clock: Clock;
  readonly #wake: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = Infinity;

  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock;
    this.#wake = wake;
  }

  /** Sees to it that it fires by `at` on the monotonic clock; Infinity asks for nothing. */
  by(at: number): void {
    if (at >= this.#at) return;
    clearTimeout(this.#timer);
    this.#at = at;
    const fire = (): void => {
      this.#at = Infinity;
      this.#wake();
    };
    this.#timer = setTimeout(fire, Math.max(1, Math.ceil(at - this.#clock.monotonic())));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#at = -Infinity;
  }
}
