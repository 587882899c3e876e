import { describe, expect, it } from 'vitest';
import { createMemoryLog } from '../../../test/support/memory-log.ts';
import { RateBudget } from '../rate-budget.ts';
import { ReplayFeed } from './replay-feed.ts';
import type { Selection } from './replay-selection.ts';

describe('the feed of a replay', () => {
  it('charges the rate, and counts what it passes by, once for what a reader takes in two goes', async () => {
    const log = createMemoryLog();
    for (let n = 1; n <= 60; n++) log.append({ messageId: `m${n}`, event: n % 2 ? 'Odd' : 'Even' });
    const clock = { now: () => 0, monotonic: () => 0 };
    const rate = new RateBudget(200, 0);
    // What may gather: 20 events. No time passes.
    rate.giveBack(20);
    const selects: Selection = ({ event }) => event?.event === 'Odd';
    const feed = new ReplayFeed({ log, partition: 0, to: 61, selects, rate, clock });
    const { signal } = new AbortController();
    const first = await feed.read(1, signal);
    expect(first.events.length).toBe(20);
    // A range ends after the event at 21, and the next one begins with the one at 22.
    const second = await feed.read(22, signal);
    expect(second.events.map(({ offset }) => offset)).toEqual([23, 25, 27, 29, 31, 33, 35, 37, 39]);
    expect(feed.takeExcluded(41)).toBe(20);
  });

  it('ends at the end of its stretch', () => {
    const log = createMemoryLog();
    const clock = { now: () => 0, monotonic: () => 0 };
    const feed = new ReplayFeed({ log, partition: 0, to: 10, selects: () => true, rate: null, clock });
    expect(feed.end).toBe(10);
  });
});
