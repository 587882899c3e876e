// A log that makes its events as they are read, so that a benchmark of a reader spends nothing on storage and little on them.
//
// First comes one identify call for each person, then the mix: 20 % identify, 70 % track, 4 % page, 2 % screen, 4 % group,
// 0.4 KB each, people taken by a stride so that neighbours are different people.
import type { LogReader, LogRecord, LogSlice, LogStatus } from '../../src/log/event-log.ts';

export interface GeneratedLogOptions {
  readonly people: number;
  /** Events of the mix, after those that make the people. */
  readonly events: number;
}

const hole = '\u0001';
const firstAt = Date.UTC(2026, 0, 1);
const common = {
  context: { library: { name: 'bench', version: '1.0.0' }, locale: 'en-GB', timezone: 'Europe/London' },
  integrations: {},
  version: 1,
  timestamp: new Date(firstAt).toISOString(),
  receivedAt: new Date(firstAt).toISOString(),
};
const traits = {
  email: `user-${hole}@example.com`,
  plan: 'business',
  firstName: 'Ada',
  logins: 42,
  company: 'Example Works',
  note: 'one of the people of the load',
};
const properties = { sku: 'SKU-000-4711', price: 129.9, currency: 'EUR', quantity: 2, path: '/checkout/complete' };

const bodies = {
  identify: { type: 'identify', traits },
  track: { type: 'track', event: 'Order Completed', properties: { ...properties, note: 'an event of the load' } },
  page: { type: 'page', name: 'Checkout', properties: { ...properties, url: 'https://example.com/checkout' } },
  screen: { type: 'screen', name: 'Checkout', properties: { ...properties, previous: 'Basket' } },
  group: { type: 'group', groupId: `account-${hole}`, traits: { name: 'Example Works', employees: 1200 } },
} as const;

type CallType = keyof typeof bodies;

/** A body cut at its holes: the person's number goes between the pieces. */
const piecesOf = (body: object): readonly string[] =>
  JSON.stringify({ ...body, userId: `user-${hole}`, messageId: `bench-0123456789-${hole}`, ...common }).split(
    '\\u0001',
  );

const pieces: Readonly<Record<CallType, readonly string[]>> = {
  identify: piecesOf(bodies.identify),
  track: piecesOf(bodies.track),
  page: piecesOf(bodies.page),
  screen: piecesOf(bodies.screen),
  group: piecesOf(bodies.group),
};

export class GeneratedLog implements LogReader {
  readonly #people: number;
  readonly #end: number;

  constructor({ people, events }: GeneratedLogOptions) {
    this.#people = people;
    this.#end = 1 + people + events;
  }

  #record(offset: number): LogRecord {
    const n = offset - 1;
    const type = n < this.#people ? 'identify' : typeOf(n);
    const person = n < this.#people ? n : (n * 7919) % this.#people;
    const at = firstAt + Math.floor(offset / 20);
    const messageId = `bench-0123456789-${offset}`;
    return {
      partition: 0,
      offset,
      sourceId: 'src_bench',
      messageId,
      receivedAt: at,
      body: pieces[type].join(String(person)),
    };
  }

  async partitions(): Promise<readonly number[]> {
    return [0];
  }

  async range(): Promise<{ readonly start: number; readonly end: number }> {
    return { start: 1, end: this.#end };
  }

  async read(_partition: number, from: number, maxEvents: number, maxBytes: number): Promise<LogSlice> {
    const records: LogRecord[] = [];
    let bytes = 0;
    for (let offset = from; offset < this.#end && records.length < maxEvents && bytes < maxBytes; offset++) {
      const record = this.#record(offset);
      bytes += record.body.length;
      records.push(record);
    }
    return { records, next: from + records.length };
  }

  async waitFor(_partition: number, offset: number, signal?: AbortSignal): Promise<number> {
    if (offset >= this.#end)
      await new Promise<void>((resolve) => {
        if (signal?.aborted) resolve();
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    return this.#end;
  }

  async offsetAt(): Promise<number> {
    return this.#end;
  }

  async find(): Promise<readonly LogRecord[]> {
    return [];
  }

  async counts(): Promise<readonly never[]> {
    return [];
  }

  async countBetween(_partition: number, from: number, to: number) {
    return [{ sourceId: 'src_bench', events: to - from }];
  }

  async countMinutes(_partition: number, from: number, to: number) {
    const minute = Math.floor(firstAt / 60_000);
    return [{ sourceId: 'src_bench', minute, accepted: to - from, duplicates: 0 }];
  }

  async status(): Promise<LogStatus> {
    return {
      engine: 'generated',
      partitions: [{ partition: 0, start: 1, end: this.#end }],
      segments: 1,
      bytes: 0,
      queued: 0,
      dedup: { windowMs: 0, since: 0, ids: 0, memoryBytes: 0, bounded: false },
      unavailable: null,
      warning: null,
    };
  }
}

function typeOf(n: number): CallType {
  const place = n % 50;
  if (place % 5 === 0) return 'identify';
  if (place === 6 || place === 31) return 'page';
  if (place === 16) return 'screen';
  return place === 21 || place === 46 ? 'group' : 'track';
}
