import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delayBound, delayOfShare } from './delay-class.ts';

describe('classes of delay', () => {
  it('has a class for every delay, never below it and at most five times above', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 864_000_000 }), (ms) => {
        const bound = delayBound(ms);
        expect(bound).toBeGreaterThanOrEqual(ms);
        expect(bound).toBeLessThanOrEqual(Math.max(10, ms * 5));
      }),
    );
    expect(delayBound(0)).toBe(10);
    expect(delayBound(1e12)).toBe(31_536_000_000);
  });

  it('tells within which time a share was delivered, in whatever order the classes come', () => {
    const classes = [
      { boundMs: 1000, events: 5 },
      { boundMs: 10, events: 90 },
      { boundMs: 20, events: 5 },
    ];
    expect([0.5, 0.9, 0.95, 0.96, 1].map((share) => delayOfShare(classes, share))).toEqual([10, 10, 20, 1000, 1000]);
    expect(delayOfShare([], 0.5)).toBeNull();
  });
});
