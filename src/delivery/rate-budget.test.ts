import { describe, expect, it } from 'vitest';
import { RateBudget } from './rate-budget.ts';

describe('a rate budget', () => {
  it('lets through its rate over time, however greedily it is asked', () => {
    const budget = new RateBudget(50, 0);
    let taken = 0;
    for (let now = 0; now <= 10_000; now += 7) taken += budget.take(1000, now);
    expect(taken).toBeGreaterThan(490);
    expect(taken).toBeLessThanOrEqual(501);
  });

  it('saves up no more than a tenth of a second', () => {
    const budget = new RateBudget(100, 0);
    expect(budget.take(1000, 3_600_000)).toBe(10);
  });

  it('says when the next one may go, also below one a second', () => {
    const budget = new RateBudget(0.5, 0);
    expect(budget.take(1, 0)).toBe(1);
    expect(budget.waitMs(0)).toBe(2000);
    expect(budget.take(1, 1999)).toBe(0);
    expect(budget.take(1, 2000)).toBe(1);
  });
});
