import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entry } from '../log-entries.fixture.ts';
import { toBlocks, toRecords } from './block.ts';
import type { Block } from './block.ts';
import { toGroup } from './test-log.fixture.ts';

const anyEntry = fc
  .record({
    sourceId: fc.constantFrom('a', 'b', 'ü'),
    messageId: fc.string({ unit: 'binary', maxLength: 40 }),
    receivedAt: fc.integer({ min: 1.7e12, max: 1.7e12 + 100 }),
    text: fc.string({ unit: 'grapheme', maxLength: 60 }),
  })
  .map(({ text, ...changes }) => entry(0, { ...changes, body: JSON.stringify({ text }) }));

const recordsOf = (blocks: readonly Block[]): unknown[] =>
  blocks.flatMap(({ first, keys, body }) => toRecords(first, keys, body));

describe('blocks', () => {
  it('give back exactly the kept entries, at consecutive offsets', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyEntry, fc.boolean()), { minLength: 1, maxLength: 60 }), (chosen) => {
        const kept = chosen.flatMap(([, keep], at) => (keep ? [at] : []));
        const blocks = toBlocks(toGroup(chosen.map(([one]) => one)), kept, 1000, 0);
        expect(recordsOf(blocks)).toEqual(
          kept.map((at, i) => {
            const { personKey: _, ...fields } = chosen[at]![0];
            return { ...fields, partition: 0, offset: 1000 + i };
          }),
        );
      }),
    );
  });

  it('stay small and carry the peak of all receipts so far', () => {
    const received = [5, 9, 3];
    const many = Array.from({ length: 3000 }, (_, n) => entry(n, { receivedAt: received[Math.floor(n / 1024)]! }));
    const blocks = toBlocks(toGroup(many), [...many.keys()], 1, 4);
    expect(blocks.map(({ first, count, peak }) => [first, count, peak])).toEqual([
      [1, 1024, 5],
      [1025, 1024, 9],
      [2049, 952, 9],
    ]);
    const large = Array.from({ length: 10 }, (_, n) => entry(n, { body: JSON.stringify('x'.repeat(100_000)) }));
    const parts = toBlocks(toGroup(large), [...large.keys()], 1, 0);
    expect(parts.map(({ count }) => count)).toEqual([2, 2, 2, 2, 2]);
    expect(recordsOf(parts)).toHaveLength(10);
  });

  it('are compressed when they are large, and read back the same', () => {
    const many = Array.from({ length: 500 }, (_, n) =>
      entry(n, { body: JSON.stringify({ n, text: 'žluťoučký '.repeat(20) }) }),
    );
    const blocks = toBlocks(toGroup(many), [...many.keys()], 1, 0);
    const size = blocks.reduce((sum, { body }) => sum + body.length, 0);
    expect(blocks.every(({ body }) => typeof body !== 'string')).toBe(true);
    expect(size).toBeLessThan(20_000);
    expect(recordsOf(blocks)).toMatchObject(many.map(({ body }) => ({ body })));
  });
});
