// Delivery in ranges, to a kind that keeps what it is given by the range's id, as a file or a table would.
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDeliveryBed, sendAction, webhookTo } from '../../test/support/delivery-bed.ts';
import type { BedOptions, DeliveryBed } from '../../test/support/delivery-bed.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import type { DestinationKind, RangeIdentity, SendItem } from '../destinations/destination.ts';
import type { Outcome } from '../destinations/outcome.ts';
import { FaultError } from '../errors/errors.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Offer {
  readonly range: RangeIdentity;
  readonly ids: readonly string[];
}

/** A sink whose ranges are offered, and kept once by id. */
function sinkOf(
  behave: (offer: Offer, index: number) => readonly Outcome[] | 'keep' | 'keep, then fail' = () => 'keep',
) {
  const offers: Offer[] = [];
  const kept = new Map<string, readonly string[]>();
  const settings = z.object({ events: z.int().default(100), waitMs: z.int().default(20) });
  const fields = z.object({ data: z.unknown() });
  const kind: DestinationKind<typeof settings> = {
    slug: 'sink',
    name: 'Sink',
    integrationName: 'Sink',
    description: 'Keeps ranges.',
    settings,
    inRanges: true,
    actions: [
      {
        slug: 'send',
        name: 'Send',
        description: 'Keeps events.',
        fields,
        defaultTrigger: 'type = "track"',
        defaultMapping: { data: { '@path': '$.' } },
        mode: ({ events, waitMs }) => ({ mode: 'range', maxEvents: events, maxBytes: 1e6, maxWaitMs: waitMs }),
        async send(items: readonly SendItem[], { range }) {
          const offer = { range: range!, ids: items.map(({ event }) => event.messageId) };
          offers.push(offer);
          const answer = behave(offer, offers.length - 1);
          const taken: readonly Outcome[] =
            typeof answer === 'string' ? items.map(() => ({ result: 'delivered' })) : answer;
          if (taken.every(({ result }) => result !== 'retry') && !kept.has(offer.range.id))
            kept.set(
              offer.range.id,
              offer.ids.filter((_, index) => taken[index]?.result === 'delivered'),
            );
          if (answer === 'keep, then fail') throw new Error('cut before the answer');
          return taken;
        },
      },
    ],
    examples: [],
  };
  return { kind: kind as DestinationKind, offers, kept, all: () => [...kept.values()].flat() };
}

async function open(kind: DestinationKind, options: BedOptions = {}): Promise<DeliveryBed> {
  const bed = await openDeliveryBed({ registry: new Map([['sink', kind]]), ...options });
  closing.push(() => bed.close());
  return bed;
}
const quick = { delivery: { firstRetryMs: 10, longestRetryMs: 40 } };
const to = (settings = {}, change = {}) => ({
  ...webhookTo('', { kind: 'sink', ...change }),
  settings: { ...quick, ...settings },
});
const retry: Outcome = { result: 'retry', scope: 'event', reason: 'Not now.' };

describe('delivery in ranges', () => {
  it('offers contiguous ranges in order, bounded by events, each under a name of its own', async () => {
    const { kind, offers, all } = sinkOf();
    const bed = await open(kind);
    for (let n = 1; n <= 250; n++) bed.log.append({ messageId: `m${n}`, ...(n % 5 === 0 && { type: 'screen' }) });
    // What does not fill a range waits long enough that a slow machine does not part the full ones.
    await bed.configure(to({ waitMs: 1000 }));
    expect(await bed.settled()).toMatchObject([{ accepted: 250, delivered: 200, filtered: 50 }]);
    expect(offers.map(({ ids }) => ids.length)).toEqual([100, 100]);
    expect(offers.map(({ range: { id, first, last } }) => [id, first, last])).toEqual([
      ['d1-send-p0-0000000000000001-0000000000000124', 1, 124],
      ['d1-send-p0-0000000000000125-0000000000000249', 125, 249],
    ]);
    expect(all()).toEqual(all().toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1))));
  });

  it('closes a range that is not full once its first event is old enough', async () => {
    const { kind, offers } = sinkOf();
    const bed = await open(kind);
    await bed.configure(to({ waitMs: 60 }));
    for (const messageId of ['a', 'b', 'c']) bed.log.append({ messageId });
    expect(await bed.settled()).toMatchObject([{ delivered: 3 }]);
    expect(offers.map(({ ids }) => ids)).toEqual([['a', 'b', 'c']]);
  });

  it('offers the whole range again, with the breaker open in between, until it is written', async () => {
    const { kind, offers, all } = sinkOf((_, index) => (index < 3 ? [retry] : 'keep'));
    const bed = await open(kind);
    for (const messageId of ['a', 'b', 'c']) bed.log.append({ messageId });
    await bed.configure(to());
    await waitFor('the breaker to open', async () => (await bed.store.states())[0]?.breaker !== 'closed');
    expect(await bed.settled()).toMatchObject([{ delivered: 3 }]);
    expect(new Set(offers.map(({ range, ids }) => `${range.id} ${ids.join()}`)).size).toBe(1);
    expect(all()).toEqual(['a', 'b', 'c']);
    expect(bed.reports.map(({ kind: each }) => each)).toEqual(
      expect.arrayContaining(['breaker opened', 'breaker closed']),
    );
    expect((await bed.store.attempts(0, 1)).map(({ outcome, error }) => [outcome, error])).toContainEqual([
      'retry',
      'Not now.',
    ]);
  });

  it('offers a range that waits at once after a start, and after a connection test that succeeds', async () => {
    let down = true;
    const { kind, offers, all } = sinkOf(() => (down ? [retry] : 'keep'));
    const bed = await open({ ...kind, test: async () => ({ ok: true, message: 'Well.' }) });
    const waits = () => bed.reports.filter(({ kind: each }) => each === 'breaker opened').length;
    bed.log.append({ messageId: 'a' });
    await bed.configure(to({ delivery: { firstRetryMs: 120_000, longestRetryMs: 120_000 } }));
    await waitFor('the breaker to open', () => waits() === 1);
    await bed.restart();
    await waitFor('one more offer', () => waits() === 2);
    expect(offers).toHaveLength(2);
    down = false;
    expect(await bed.service.test('d1')).toMatchObject({ ok: true });
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
    expect(all()).toEqual(['a']);
  });

  it('sets aside what is refused for good, goes on without it, and takes it back when asked', async () => {
    let refusing = true;
    const { kind, all, kept } = sinkOf(({ ids }) =>
      ids.map((id) =>
        refusing && id.startsWith('bad') ? { result: 'failed', reason: 'No such column.' } : { result: 'delivered' },
      ),
    );
    const bed = await open(kind);
    for (const messageId of ['a', 'bad1', 'b', 'bad2', 'c']) bed.log.append({ messageId });
    bed.log.appendBody('no JSON');
    await bed.configure(to());
    expect(await bed.settled()).toMatchObject([{ delivered: 3, failed: 3 }]);
    expect(all()).toEqual(['a', 'b', 'c']);
    const { items } = await bed.store.deadLetters('d1', null, 10);
    expect(items.map(({ reason }) => reason)).toEqual([
      'The stored event cannot be read.',
      'No such column.',
      'No such column.',
    ]);
    refusing = false;
    expect(await bed.service.retryDeadLetters('d1', 'all')).toBe(3);
    await waitFor('the retried ones', async () => (await bed.balance())[0]?.delivered === 5);
    expect(await bed.settled()).toMatchObject([{ delivered: 5, failed: 1 }]);
    expect([...kept.keys()].filter((id) => id.endsWith('-again')).length).toBe(2);
    expect(all().toSorted()).toEqual(['a', 'b', 'bad1', 'bad2', 'c']);
  });

  it('writes no more ranges in a second than the rate that is set', async () => {
    const { kind, offers } = sinkOf();
    const bed = await open(kind);
    for (let n = 0; n < 60; n++) bed.log.append();
    const began = performance.now();
    await bed.configure(to({ events: 5, delivery: { ...quick.delivery, ratePerSecond: 20 } }));
    expect(await bed.settled()).toMatchObject([{ delivered: 60 }]);
    expect(offers.length).toBe(12);
    // Two may have gathered, the others come one in 50 ms.
    expect(performance.now() - began).toBeGreaterThan(450);
  });

  it('counts what retention took, and ends no range in a hole', async () => {
    let held = true;
    const { kind, offers, all } = sinkOf(() => (held ? [retry] : 'keep'));
    const bed = await open(kind);
    const append = (events: number): void => {
      for (let n = 0; n < events; n++) bed.log.append();
    };
    append(10);
    await bed.configure(to({ events: 10 }));
    await waitFor('an offer', () => offers.length > 0);
    append(20);
    bed.log.removeBefore(21);
    held = false;
    expect(await bed.settled()).toMatchObject([{ accepted: 30, delivered: 20, discarded: 10 }]);
    expect(all().length).toBe(20);
  });

  it('skips what waits for it, a range on its way too, and goes on with a range of what comes next', async () => {
    let held = true;
    const { kind, offers, all } = sinkOf(() => (held ? [retry] : 'keep'));
    const bed = await open(kind);
    for (let n = 0; n < 25; n++) bed.log.append({ messageId: `old${n}` });
    await bed.configure(to({ events: 10 }));
    await waitFor('an offer', () => offers.length > 0);
    expect(await bed.service.skipBacklog('d1')).toBe(25);
    held = false;
    bed.log.append({ messageId: 'new' });
    expect(await bed.settled()).toMatchObject([{ accepted: 26, delivered: 1, discarded: 25 }]);
    expect(all()).toEqual(['new']);
    expect(offers.at(-1)?.range).toMatchObject({ first: 26, last: 26 });
    expect(await bed.store.standing('d1', 0, 10)).toBe('skipped');
  });

  it('waits while its settings are unusable, and takes up again when they are mended', async () => {
    const { kind, all } = sinkOf();
    const bed = await open(kind);
    bed.log.append({ messageId: 'a' });
    await bed.configure(to({ events: 'many' }));
    await waitFor('the report', () => bed.reports.some((report) => report.kind === 'unusable configuration'));
    await bed.configure(to({}, { version: 2 }));
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
    expect(all()).toEqual(['a']);
  });

  it('runs every action that matches, each on a range of its own name', async () => {
    const { kind, kept } = sinkOf();
    const bed = await open(kind);
    for (const event of ['Bought', 'Seen', 'Bought']) bed.log.append({ event });
    const actions = [sendAction({ id: 'all' }), sendAction({ id: 'some', trigger: 'event = "Bought"' })];
    await bed.configure(to({}, { actions }));
    expect(await bed.settled()).toMatchObject([{ delivered: 3 }]);
    expect([...kept.entries()].map(([id, ids]) => [id.split('-')[1], ids.length])).toEqual([
      ['all', 3],
      ['some', 2],
    ]);
  });

  it('writes every event exactly once, wherever it is cut', async () => {
    const round = fc.record({ commits: fc.integer({ min: 0, max: 5 }), offers: fc.integer({ min: 0, max: 3 }) });
    const plan = fc.record({
      rounds: fc.array(round, { minLength: 1, maxLength: 4 }),
      events: fc.integer({ min: 3, max: 40 }),
      failing: fc.constantFrom(0, 2, 3),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ rounds, events, failing }) => {
        const total = 120;
        const { kind, offers, all } = sinkOf((_, index) =>
          failing > 0 && index % failing === 0 ? 'keep, then fail' : 'keep',
        );
        let commits = 0;
        let stored = Infinity;
        const bed = await openDeliveryBed({
          registry: new Map([['sink', kind]]),
          wrap: (store) =>
            new Proxy(store, {
              get: (target, name) => {
                const value: unknown = Reflect.get(target, name);
                if (typeof value !== 'function') return value;
                if (name === 'commit' && ++commits > stored) bed.loseCommits();
                // What cannot be committed cannot be synced either.
                if (name === 'durableCursors' && commits > stored)
                  return () => Promise.reject(new FaultError('store_unavailable', 'cut'));
                return (value as (...args: unknown[]) => unknown).bind(target);
              },
            }),
        });
        for (let n = 0; n < total; n++) bed.log.append({ messageId: String(n) });
        await bed.configure(to({ events }));
        for (const { commits: more, offers: further } of rounds) {
          [commits, stored] = [0, more];
          const enough = offers.length + further;
          let seen = { offers: -1, at: 0 };
          await waitFor('some offers, or no more of them', () => {
            if (offers.length !== seen.offers) seen = { offers: offers.length, at: performance.now() };
            return offers.length >= enough || performance.now() - seen.at > 200;
          });
          await bed.crash();
          // Another size now must not change the bounds of the range that was open.
          await bed.configure(to({ events: events + 7 }, { version: 2 + commits }));
        }
        stored = Infinity;
        expect(await bed.settled()).toMatchObject([{ accepted: total, delivered: total }]);
        expect(all()).toEqual(Array.from({ length: total }, (_, n) => String(n)));
        await bed.close();
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
