import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeliveryWindow } from './delivery-window.ts';
import type { Passage } from './delivery-window.ts';
import type { Entry } from './entry.ts';
import type { FeedEvent } from './event-feed.ts';

const limits = { maxEvents: 100, maxBytes: 10_000, maxParked: 3 };
const feedEvent = (offset: number, ...orderKeys: string[]): FeedEvent => ({
  partition: 0,
  offset,
  sourceId: 's1',
  messageId: `m${offset}`,
  receivedAt: 0,
  event: null,
  orderKeys,
  body: 'x'.repeat(100),
});
function create(): DeliveryWindow {
  const window = new DeliveryWindow(limits);
  window.addPartition(0, 1);
  return window;
}
/** Shows what the cursor passes. */
function watch(mayPark = false) {
  const passed: string[] = [];
  const passage: Passage = {
    finished: ({ offset }) => passed.push(`finished ${offset}`),
    filtered: () => passed.push('filtered'),
    gap: (_, { from, to }) => passed.push(`gap ${from}-${to}`),
    mayPark: () => mayPark,
    parked: ({ offset }) => passed.push(`parked ${offset}`),
  };
  return { passed, passage };
}
const delivered = { outcome: 'delivered', at: 0 } as const;

describe('DeliveryWindow', () => {
  it('lets an event wait for every earlier unfinished one with which it shares an identifier', () => {
    const window = create();
    const [a, b, c, d] = [['u1'], ['u2'], ['u1', 'u2'], ['u3']].map((keys, n) =>
      window.admit(feedEvent(n + 1, ...keys)),
    ) as [Entry, Entry, Entry, Entry];
    expect([a, b, c, d].map(({ state }) => state)).toEqual(['ready', 'ready', 'waiting', 'ready']);
    expect(window.finish(a, delivered)).toEqual([]);
    expect(window.finish(b, delivered)).toEqual([c]);
  });

  it('moves the cursor to the lowest unfinished event and shows what it passes, once', () => {
    const window = create();
    const first = window.admit(feedEvent(1, 'u1'));
    window.admitFiltered(feedEvent(2));
    const third = window.admit(feedEvent(3, 'u3'));
    window.admitGap(0, { from: 4, to: 9, counts: [] });
    window.reach(0, 9);
    const { passed, passage } = watch();
    window.finish(third, delivered);
    expect(window.advance(passage)).toEqual([{ partition: 0, offset: 1, reached: 9 }]);
    expect(passed).toEqual([]);
    window.finish(first, delivered);
    expect(window.advance(passage)).toEqual([{ partition: 0, offset: 9, reached: 9 }]);
    window.advance(passage);
    expect(passed).toEqual(['finished 1', 'filtered', 'finished 3', 'gap 4-9']);
  });

  it('parks failing events and what waits for them, as many as it may, and gives room back', () => {
    const window = create();
    const entries = [1, 2, 3, 4, 5].map((offset) => window.admit(feedEvent(offset, 'u1')));
    window.reach(0, 6);
    entries[0]!.state = 'retrying';
    const full = window.fill(0);
    const { passed, passage } = watch(true);
    expect(window.advance(passage)[0]?.offset).toBe(4);
    expect(passed).toEqual(['parked 1', 'parked 2', 'parked 3']);
    expect(window.fill(0)).toBeLessThan(full);
    entries[0]!.state = 'ready';
    expect(window.finish(entries[0]!, delivered)).toEqual([entries[1]]);
    expect(window.advance(passage)[0]?.offset).toBe(5);
    expect(window.parkedEvents).toBe(3);
  });

  it('never parks an event that may be sent', () => {
    const window = create();
    window.admit(feedEvent(1, 'u1'));
    window.reach(0, 2);
    expect(window.advance(watch(true).passage)[0]?.offset).toBe(1);
  });

  it('makes events wait for parked ones taken over from a run before', () => {
    const window = create();
    const parked = {
      ...feedEvent(1, 'u1'),
      attempts: 2,
      spentMs: 5,
      retryAt: 7,
      settled: { a1: 'delivered' },
      reason: 'answered 500',
    } as const;
    const entry = window.restore(parked);
    expect(window.admit(feedEvent(9, 'u1')).state).toBe('waiting');
    expect(entry.progress()).toMatchObject({ attempts: 2, spentMs: 5, retryAt: 7, settled: { a1: 'delivered' } });
  });

  it('is full by count and by bytes', () => {
    const byCount = create();
    for (let offset = 1; offset <= 100; offset++) byCount.admitFiltered(feedEvent(offset));
    expect(byCount.fill(0)).toBe(1);
    const byBytes = new DeliveryWindow({ ...limits, maxBytes: 250 });
    byBytes.addPartition(0, 1);
    for (const offset of [1, 2, 3]) byBytes.admit(feedEvent(offset));
    expect(byBytes.fill(0)).toBeGreaterThan(1);
  });

  it('frees everything in an order that keeps the rule, and then is empty', () => {
    const keys = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(keys, { maxLength: 60 }), fc.infiniteStream(fc.nat()), (plan, draws) => {
        const window = create();
        const entries = plan.map((orderKeys, n) => window.admit(feedEvent(n + 1, ...orderKeys)));
        window.reach(0, plan.length + 1);
        const ready = entries.filter(({ state }) => state === 'ready');
        const done: Entry[] = [];
        while (ready.length > 0) {
          const [entry] = ready.splice((draws.next().value as number) % ready.length, 1);
          ready.push(...window.finish(entry!, delivered));
          done.push(entry!);
        }
        expect(done.length).toBe(plan.length);
        for (const key of ['a', 'b', 'c', 'd', 'e']) {
          const order = done.filter(({ orderKeys }) => orderKeys.includes(key)).map(({ offset }) => offset);
          expect(order).toEqual(order.toSorted((x, y) => x - y));
        }
        expect(window.advance(watch().passage)[0]?.offset).toBe(plan.length + 1);
        expect(window.fill(0)).toBe(0);
      }),
    );
  });
});
