import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../log-entries.fixture.ts';
import { KeyHash } from './key-hash.ts';
import { KeyTable } from './key-table.ts';
import { SegmentIndex, sortKeys, writeIndex } from './segment-index.ts';

const seed = '0123456789abcdef';
const noRest = async (): Promise<void> => undefined;

function tableOf(ids: readonly string[]): KeyTable {
  const table = new KeyTable();
  const hash = new KeyHash(seed);
  for (const id of ids) {
    hash.hash('s', id);
    table.add(hash.hi, hash.lo);
  }
  return table;
}

describe('SegmentIndex', () => {
  it('finds every key of the table it was made from, and no other', async () => {
    const folder = temporaryFolder();
    const hash = new KeyHash(seed);
    let files = 0;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.string(), { maxLength: 2000, size: 'max' }), async (ids) => {
        const path = join(folder, `${files++}.idx`);
        await writeIndex(path, seed, 5, await sortKeys(tableOf(ids), noRest));
        const index = SegmentIndex.open(path, seed, 5)!;
        expect(index.size).toBe(ids.length);
        ids.forEach((id, position) => {
          hash.hash('s', id);
          expect(index.find(hash.hi, hash.lo, (at) => at === position)).toBe(position);
          hash.hash('other', id);
          expect(index.find(hash.hi, hash.lo, (at) => at === position)).toBe(-1);
        });
        expect(index.load()!.length).toBe(ids.length * 2);
        index.close();
      }),
      { numRuns: 15 },
    );
  });

  it('is absent for a file that is missing, of another segment or of another seed', async () => {
    const path = join(temporaryFolder(), 'a.idx');
    expect(SegmentIndex.open(path, seed, 1)).toBeNull();
    await writeIndex(path, seed, 1, await sortKeys(tableOf(['a']), noRest));
    expect(SegmentIndex.open(path, seed, 2)).toBeNull();
    expect(SegmentIndex.open(path, 'fedcba9876543210', 1)).toBeNull();
    writeFileSync(path, 'LEAT');
    expect(SegmentIndex.open(path, seed, 1)).toBeNull();
  });

  it('notices damage when it is loaded', async () => {
    const path = join(temporaryFolder(), 'a.idx');
    await writeIndex(path, seed, 1, await sortKeys(tableOf(['a', 'b', 'c']), noRest));
    const whole = readFileSync(path);
    for (const damaged of [flip(whole, 60), flip(whole, whole.length - 1), whole.subarray(0, -3)]) {
      writeFileSync(path, damaged);
      const index = SegmentIndex.open(path, seed, 1)!;
      expect(index.load()).toBeNull();
      index.close();
    }
  });
});

function flip(bytes: Buffer, at: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at]! ^= 1;
  return flipped;
}
