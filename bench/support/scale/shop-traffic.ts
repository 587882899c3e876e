// An endless, repeatable stream of a shop's events: people arrive over the whole time, most do little, a few do very much.
import type { CallTemplate } from './call-template.ts';
import { firstIdentify, habits, joiningIdentify, visitorPage } from './shop-calls.ts';

export interface TrafficOptions {
  readonly people: number;
  readonly events: number;
  /** Ids of four sources: site, server, iOS, Android. */
  readonly sourceIds: readonly string[];
  /** Times of receipt of the first and the last event, ms. */
  readonly from: number;
  readonly to: number;
}

export interface ShopEvent {
  readonly source: number;
  readonly messageId: string;
  readonly receivedAt: number;
  readonly body: string;
}

/** The busiest people, by index: robots and test accounts of the shop. */
const heavyPeople = 5;
/** Share of all calls that is theirs together. */
const heavyShare = 0.013;
/** Share of people who were anonymous visitors first, and of calls by visitors who never join. */
const joiningShare = 0.3;
const strangerShare = 0.03;

const cities = ['Leeds', 'Hull', 'York', 'Bath', 'Wells', 'Ely', 'Truro', 'Oban'];
const plans = ['free', 'basic', 'business', 'enterprise'];
const categories = ['kettles', 'lamps', 'chairs', 'tents', 'boots', 'maps', 'rope', 'tea'];
const firstNames = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gwen', 'Hugh', 'Ida', 'Joe'];
const lastNames = ['Archer', 'Baker', 'Carter', 'Dyer', 'Fletcher', 'Miller', 'Potter', 'Smith', 'Turner', 'Wright'];

export const userIdOf = (person: number): string => `u-${String(person).padStart(7, '0')}`;
/** Neither in the order of ids nor of arrival. */
export const emailOf = (person: number): string =>
  `${pickOf(firstNames, person)}.${pickOf(lastNames, person >> 3)}.${person.toString(36)}@example.com`.toLowerCase();

const pickOf = (list: readonly string[], n: number): string => list[n % list.length] ?? '';

/** mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class ShopTraffic {
  readonly #options: TrafficOptions;
  readonly #random = seededRandom(20_260_101);
  /** Index of a template list for each of a thousand lots; rarer ones are drawn again beside it. */
  readonly #lots: readonly number[];
  readonly #rare: readonly number[];
  #made = 0;
  #arrived = 0;
  /** Calls that must come next. */
  #next: (readonly [templates: readonly CallTemplate[], person: number])[] = [];

  constructor(options: TrafficOptions) {
    this.#options = options;
    this.#lots = habits.flatMap(({ perMillion }, at) =>
      Array.from({ length: Math.floor(perMillion / 1000) }, () => at),
    );
    this.#rare = habits.flatMap(({ perMillion }, at) => (perMillion < 1000 ? [at] : []));
  }

  /** The next event; to be called `events` times. */
  next(): ShopEvent {
    const [templates, person] = this.#next.pop() ?? this.#draw();
    const random = this.#random();
    const { from, to, events, sourceIds } = this.#options;
    const receivedAt = from + Math.floor(((to - from) * this.#made) / events);
    const messageId = `${hex(this.#made * 2_654_435_761)}-${hex(person * 40_503 + 7)}-${this.#made.toString(16).padStart(10, '0')}`;
    this.#made++;
    // Everybody has a favourite way in.
    const source = (person + (random < 0.1 ? 1 : 0)) % sourceIds.length;
    const few = Math.floor(random * 4096);
    const time = new Date(receivedAt - (few % 900)).toISOString();
    const values = {
      messageId,
      time,
      user: userIdOf(person),
      visitor: `visitor-${hex(person * 7919)}`,
      email: emailOf(person),
      firstName: pickOf(firstNames, person),
      lastName: pickOf(lastNames, person >> 3),
      plan: pickOf(plans, few >> 3),
      city: pickOf(cities, person >> 2),
      category: pickOf(categories, few),
      sku: String(few).padStart(5, '0'),
      price: (few * 37) / 100,
      shop: person % 900,
      account: String(Math.floor(person / 20)).padStart(6, '0'),
      device: `${hex(person * 65_599)}-${few % 2}`,
    };
    return { source, messageId, receivedAt, body: (templates[source] ?? templates[0]!).write(values) };
  }

  #draw(): readonly [readonly CallTemplate[], number] {
    const { people, events } = this.#options;
    // The first tenth of the people are there at once, the others come over the whole time.
    const due = Math.min(people, people / 10 + (people * 0.9 * this.#made) / (events * 0.98));
    if (this.#arrived < due) return this.#arrive();
    const random = this.#random();
    if (random < strangerShare) return [visitorPage, people + Math.floor(this.#made / 200)];
    return [this.#habit(), this.#somebody()];
  }

  #arrive(): readonly [readonly CallTemplate[], number] {
    const person = this.#arrived++;
    if (this.#random() > joiningShare) return [firstIdentify, person];
    this.#next.push([firstIdentify, person], [joiningIdentify, person], [visitorPage, person]);
    return [visitorPage, person];
  }

  #somebody(): number {
    const random = this.#random();
    if (random < heavyShare) return Math.floor((random / heavyShare) * heavyPeople);
    return Math.floor(this.#arrived * this.#random() ** 2);
  }

  #habit(): readonly CallTemplate[] {
    const lot = this.#lots[Math.floor(this.#random() * this.#lots.length)] ?? 0;
    const rare = this.#rare[Math.floor(this.#random() * this.#rare.length)];
    const { templates } = habits[lot]!;
    if (rare === undefined) return templates;
    const { perMillion, templates: rarely } = habits[rare]!;
    return this.#random() < (perMillion * this.#rare.length) / 1e6 ? rarely : templates;
  }
}

const hex = (n: number): string => (n >>> 0).toString(16).padStart(8, '0');
