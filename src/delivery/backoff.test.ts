import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullJitter, halfJitter } from './backoff.ts';

const bounds = { firstMs: 1000, longestMs: 900_000 };

describe('backoff', () => {
  it('doubles its upper bound from one second to fifteen minutes', () => {
    const bound = [1, 2, 3, 10, 11, 500].map((failures) => fullJitter(failures, bounds, 1));
    expect(bound).toEqual([1000, 2000, 4000, 512_000, 900_000, 900_000]);
  });

  it('spreads over the whole bound, probes over its upper half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const bound = fullJitter(failures, bounds, 1);
        expect(fullJitter(failures, bounds, random)).toBeCloseTo(random * bound);
        const probe = halfJitter(failures, bounds, random);
        expect(probe >= bound / 2 && probe <= bound).toBe(true);
      }),
    );
  });
});
