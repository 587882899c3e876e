import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SegmentTally, decodeRuns } from './segment-tally.ts';

const run = fc.record({
  sourceId: fc.constantFrom('a', 'b', 'c'),
  minute: fc.oneof(fc.integer({ min: 29_000_000, max: 29_000_003 }), fc.nat(2 ** 40)),
  events: fc.integer({ min: 1, max: 300 }),
});

describe('SegmentTally', () => {
  it('gives back the runs, equal neighbours joined, and the totals', () => {
    fc.assert(
      fc.property(fc.array(run, { maxLength: 300 }), (runs) => {
        const tally = new SegmentTally();
        for (const { sourceId, minute, events } of runs) tally.add(sourceId, minute, events);
        const joined: { sourceId: string; minute: number; events: number }[] = [];
        const totals = new Map<string, number>();
        for (const { sourceId, minute, events } of runs) {
          const last = joined.at(-1);
          if (last?.sourceId === sourceId && last.minute === minute) last.events += events;
          else joined.push({ sourceId, minute, events });
          totals.set(sourceId, (totals.get(sourceId) ?? 0) + events);
        }
        expect([...decodeRuns([...tally.totals.keys()], tally.encode())]).toEqual(joined);
        expect(tally.totals).toEqual(totals);
      }),
    );
  });

  it('takes a few bytes a minute with one source', () => {
    const tally = new SegmentTally();
    for (let minute = 0; minute < 10_080; minute++) tally.add('a', 29_000_000 + minute, 100 + (minute % 7));
    expect(tally.encode().length).toBeLessThan(10_080);
  });
});
