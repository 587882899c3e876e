// When a destination took something last, and what failed last and when; null until then.
import type { Clock } from '../lib/clock.ts';
import type { Condition } from './delivery-store.ts';

type Result = { readonly result: 'delivered' } | { readonly result: 'retry' | 'failed'; readonly reason: string };

export class LatestResults {
  readonly #clock: Clock;
  #lastSuccessAt: number | null = null;
  #lastError: string | null = null;
  #lastErrorAt: number | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note(result: Result): void {
    const now = this.#clock.now();
    if (result.result === 'delivered') this.#lastSuccessAt = now;
    else {
      this.#lastError = result.reason;
      this.#lastErrorAt = now;
    }
  }

  get condition(): Pick<Condition, 'lastSuccessAt' | 'lastError' | 'lastErrorAt'> {
    return { lastSuccessAt: this.#lastSuccessAt, lastError: this.#lastError, lastErrorAt: this.#lastErrorAt };
  }
}
