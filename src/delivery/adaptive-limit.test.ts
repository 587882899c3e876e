import { describe, expect, it } from 'vitest';
import { AdaptiveLimit } from './adaptive-limit.ts';

describe('AdaptiveLimit', () => {
  it('grows by about one per round of successes, up to its maximum', () => {
    const limit = new AdaptiveLimit();
    limit.setMax(16);
    let rounds = 0;
    for (; limit.current < 16 && rounds < 100; rounds++) for (let n = limit.current; n > 0; n--) limit.raise();
    expect(rounds).toBeGreaterThanOrEqual(11);
    expect(rounds).toBeLessThan(20);
    for (let n = 0; n < 100; n++) limit.raise();
    expect(limit.current).toBe(16);
  });

  it('halves once for all that failed together, and never below one', () => {
    const limit = new AdaptiveLimit();
    limit.setMax(64);
    for (let n = 0; n < 4000; n++) limit.raise();
    for (let n = 0; n < 10; n++) limit.lower(5, 10);
    expect(limit.current).toBe(32);
    for (let n = 0; n < 20; n++) limit.lower(20 + n * 10, 20 + n * 10);
    expect(limit.current).toBe(1);
  });

  it('obeys a lower maximum at once', () => {
    const limit = new AdaptiveLimit();
    limit.setMax(2);
    expect(limit.current).toBe(2);
  });
});
