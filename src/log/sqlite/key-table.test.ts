import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyTable } from './key-table.ts';

const always = (): boolean => true;

describe('KeyTable', () => {
  it('finds what was added, as a map would, through adding and taking back', () => {
    // Few distinct halves, so that slots and whole hashes collide.
    const key = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }));
    const step = fc.oneof(
      fc.record({ add: fc.array(key, { minLength: 1, maxLength: 400 }) }),
      fc.record({ truncate: fc.double({ min: 0, max: 1, noNaN: true }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const table = new KeyTable();
        const model: [number, number][] = [];
        for (const one of steps) {
          if ('add' in one) {
            for (const [hi, lo] of one.add) {
              table.add(hi, lo);
              model.push([hi, lo]);
            }
          } else {
            model.length = Math.floor(model.length * one.truncate);
            table.truncate(model.length);
          }
          expect(table.size).toBe(model.length);
          for (let hi = 0; hi < 4; hi++) {
            for (let lo = 0; lo < 4; lo++) {
              const all = model.flatMap(([h, l], at) => (h === hi && l === lo ? [at] : []));
              const seen: number[] = [];
              expect(table.find(hi, lo, (at) => (seen.push(at), false))).toBe(-1);
              expect(seen.sort((a, b) => a - b)).toEqual(all);
              if (all.length > 0) expect(table.find(hi, lo, (at) => at === all.at(-1))).toBe(all.at(-1));
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('holds a full segment and is as good as new after clearing', () => {
    const table = new KeyTable();
    const count = 200_000;
    for (let i = 0; i < count; i++) table.add(Math.imul(i, 0x9e3779b1) >>> 0, Math.imul(i, 0x85ebca6b) >>> 0);
    expect(table.find(Math.imul(77, 0x9e3779b1) >>> 0, Math.imul(77, 0x85ebca6b) >>> 0, always)).toBe(77);
    expect(table.memoryBytes).toBeLessThan(8 * 2 ** 20);
    table.clear();
    expect(table.find(Math.imul(77, 0x9e3779b1) >>> 0, Math.imul(77, 0x85ebca6b) >>> 0, always)).toBe(-1);
    table.add(1, 2);
    expect(table.find(1, 2, always)).toBe(0);
  });
});
