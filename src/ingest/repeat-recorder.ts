// Notes which stored events came again, so that explain can tell of each. Touched only when a duplicate arrives; what
// gathers is handed to the store once a second, so a flood of duplicates costs one small transaction a second.
//
// This is detail, not the account: the log counts duplicates in the transaction that stores. What gathered within the
// last second before a kill is lost, and of a flood of different ids no more than `mostWaiting` are noted at a time.
import type { IntakeStore, Repeats } from '../control/intake-store.ts';
import type { Appended } from '../log/event-log.ts';
import type { FaultNotices } from './fault-notices.ts';
import { activityFlushMs } from './limits.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const mostWaiting = 5000;

export class RepeatRecorder {
  readonly #store: Pick<IntakeStore, 'recordRepeats'>;
  readonly #notices: FaultNotices;
  #waiting = new Map<string, Mutable<Repeats>>();
  #timer: NodeJS.Timeout | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(store: Pick<IntakeStore, 'recordRepeats'>, notices: FaultNotices) {
    this.#store = store;
    this.#notices = notices;
  }

  /** Takes in the duplicates among what was appended of a source. */
  note(sourceId: string, ids: readonly string[], appended: readonly Appended[], at: number, client: string): void {
    for (const [index, messageId] of ids.entries())
      if (appended[index]?.duplicate) this.#merge({ sourceId, messageId, count: 1, firstAt: at, lastAt: at, client });
    this.#timer ??= setTimeout(() => this.#flush(), activityFlushMs).unref();
  }

  /** Hands over what is left. */
  async close(): Promise<void> {
    this.#flush();
    await this.#last;
  }

  #merge(repeats: Repeats): void {
    const key = `${repeats.sourceId}\n${repeats.messageId}`;
    const known = this.#waiting.get(key);
    if (known) {
      known.count += repeats.count;
      known.firstAt = Math.min(known.firstAt, repeats.firstAt);
      if (repeats.lastAt >= known.lastAt) known.client = repeats.client;
      known.lastAt = Math.max(known.lastAt, repeats.lastAt);
    } else if (this.#waiting.size < mostWaiting) this.#waiting.set(key, { ...repeats });
  }

  #flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#last = this.#storeAfter(this.#last);
  }

  async #storeAfter(before: Promise<void>): Promise<void> {
    await before;
    const repeats = [...this.#waiting.values()];
    if (repeats.length === 0) return;
    this.#waiting = new Map();
    try {
      await this.#store.recordRepeats(repeats);
    } catch (error) {
      // They come with the next ones.
      for (const one of repeats) this.#merge(one);
      this.#notices.failed(error);
    }
  }
}
