import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DueQueue } from './due-queue.ts';

describe('DueQueue', () => {
  it('gives items out when they are due, earliest first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 0, max: 60 }), (times, now) => {
        const queue = new DueQueue<number>();
        for (const at of times) queue.add(at, at);
        expect(queue.nextAt).toBe(times.length === 0 ? Infinity : Math.min(...times));
        const taken: number[] = [];
        for (let item = queue.take(now); item !== undefined; item = queue.take(now)) taken.push(item);
        expect(taken).toEqual(times.filter((at) => at <= now).sort((a, b) => a - b));
        expect(queue.drain().toSorted((a, b) => a - b)).toEqual(times.filter((at) => at > now).sort((a, b) => a - b));
        expect(queue.nextAt).toBe(Infinity);
      }),
    );
  });
});
