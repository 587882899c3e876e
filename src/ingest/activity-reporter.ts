// Hands what the meters saw of the sources to the store, once a second and at the end.
import type { IntakeStore } from '../control/intake-store.ts';
import type { FaultNotices } from './fault-notices.ts';
import { activityFlushMs } from './limits.ts';
import type { SourceMeters } from './source-meters.ts';

export class ActivityReporter {
  readonly #meters: SourceMeters;
  readonly #store: Pick<IntakeStore, 'recordActivity'>;
  readonly #notices: FaultNotices;
  readonly #timer: NodeJS.Timeout;
  #last: Promise<void> = Promise.resolve();

  constructor(meters: SourceMeters, store: Pick<IntakeStore, 'recordActivity'>, notices: FaultNotices) {
    this.#meters = meters;
    this.#store = store;
    this.#notices = notices;
    this.#timer = setInterval(() => this.#report(), activityFlushMs).unref();
  }

  /** Reports what is left and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#report();
    await this.#last;
  }

  #report(): void {
    this.#last = this.#reportAfter(this.#last);
  }

  async #reportAfter(before: Promise<void>): Promise<void> {
    await before;
    const activity = this.#meters.report();
    if (activity.length === 0) return;
    try {
      await this.#store.recordActivity(activity);
    } catch (error) {
      this.#meters.takeBack(activity);
      this.#notices.failed(error);
    }
  }
}
