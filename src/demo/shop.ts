// The demo's shop as a whole: its customers, and the calls they cause over past days and from now on.
import type { DemoCall } from './demo-call.ts';
import type { SeededRandom } from './seeded-random.ts';
import { newShopper } from './shopper.ts';
import type { Shopper } from './shopper.ts';
import { visit } from './visit.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const visitsPerDay = 60;
const liveHaste = 5;
/** How busy each hour of the day (UTC) is. */
const byHour = [1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 8, 9, 9, 7, 6, 6, 7, 9, 12, 14, 13, 9, 5, 2];
const busiest = Math.max(...byHour);

export class Shop {
  readonly #random: SeededRandom;
  readonly #idPrefix: string;
  readonly #shoppers: Shopper[] = [];
  #calls = 0;

  /** `idPrefix` begins every messageId: the same prefix and seed make the same calls. */
  constructor(random: SeededRandom, idPrefix: string) {
    this.#random = random;
    this.#idPrefix = idPrefix;
  }

  /**
   * All calls of the `days` before the day of `until` (ms) and of that day up to `until`, in order of time. Whole days
   * are drawn and the last one is cut, so that the hour of the demo decides only where it ends.
   */
  past(until: number, days: number): DemoCall[] {
    const end = Math.ceil(until / dayMs) * dayMs;
    const starts = Array.from({ length: (days + 1) * visitsPerDay }, () =>
      this.#startWithin(end - days * dayMs - dayMs, end),
    )
      .filter((at) => at < until)
      .toSorted((a, b) => a - b);
    const drafts = starts.flatMap((at) => visit(this.#visitor(), at, this.#random));
    const done = drafts.filter(({ at }) => at < until).toSorted((a, b) => a.at - b.at);
    return [...done, ...this.#privacy(until)].map((draft) => this.#number(draft, 'past'));
  }

  /** One visit that begins now, and goes on for a minute or so: nobody wants to wait for a real one. */
  visitAt(now: number): DemoCall[] {
    return visit(this.#visitor(), now, this.#random)
      .map((draft) => ({ ...draft, at: now + Math.round((draft.at - now) / liveHaste) }))
      .map((draft) => this.#number(draft, now.toString(36)));
  }

  /** Hours by how busy they are: a uniform time is kept as often as its hour deserves. */
  #startWithin(from: number, until: number): number {
    for (;;) {
      const at = from + Math.floor(this.#random.fraction() * (until - from));
      if (this.#random.chance((byHour[new Date(at).getUTCHours()] ?? 1) / busiest)) return at;
    }
  }

  /** Six in ten have been here before. */
  #visitor(): Shopper {
    const [first, ...others] = this.#shoppers;
    if (first && this.#random.chance(0.6)) return this.#random.pick([first, ...others]);
    const shopper = newShopper(this.#random, this.#shoppers.length + 1);
    this.#shoppers.push(shopper);
    return shopper;
  }

  /** One customer asked to be forgotten and left alone, one to be deleted. */
  #privacy(at: number): Omit<DemoCall, 'messageId'>[] {
    const known = this.#shoppers.flatMap(({ userId, orders }) => (userId !== null && orders > 0 ? [userId] : []));
    return ['User Suppressed', 'User Deleted'].flatMap((event, index) => {
      const userId = known[index + 1];
      const what = { type: 'track', event, properties: {} } as const;
      return userId === undefined ? [] : [{ source: 'orders' as const, at, who: { userId }, what, context: {} }];
    });
  }

  #number(draft: Omit<DemoCall, 'messageId'>, when: string): DemoCall {
    return { ...draft, messageId: `${this.#idPrefix}-${when}-${++this.#calls}` };
  }
}
