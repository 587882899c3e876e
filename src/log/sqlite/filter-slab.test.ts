import { describe, expect, it } from 'vitest';
import { FilterSlab } from './filter-slab.ts';
import { KeyHash } from './key-hash.ts';

const events = 4096;

function fill(slab: FilterSlab, column: number, hash: KeyHash): void {
  for (let i = 0; i < events; i++) {
    hash.hash('s', `${column} ${i}`);
    slab.add(column, hash.hi, hash.lo);
  }
  slab.activate(column);
}

describe('FilterSlab', () => {
  it('never misses a key, widens as columns come, and rarely names a stranger', () => {
    const slab = new FilterSlab(events);
    const hash = new KeyHash('0123456789abcdef');
    const memory: number[] = [];
    for (let n = 0; n < 32; n++) {
      const column = slab.take();
      expect(column).toBe(n);
      fill(slab, column, hash);
      memory.push(slab.memoryBytes);
    }
    expect(slab.take()).toBe(-1);
    expect([memory[7], memory[8], memory[16]]).toEqual([1, 2, 4].map((bytes) => bytes * slab.rows));
    expect(FilterSlab.columnBytes(events) * 32).toBe(memory[31]);
    let strangers = 0;
    for (let column = 0; column < 32; column++) {
      for (let i = 0; i < events; i += 16) {
        hash.hash('s', `${column} ${i}`);
        expect((slab.candidates(hash.hi, hash.lo) >>> column) & 1).toBe(1);
        hash.hash('t', `${column} ${i}`);
        for (let mask = slab.candidates(hash.hi, hash.lo); mask !== 0; mask &= mask - 1) strangers++;
      }
    }
    // 8192 look-ups in 32 segments, about one in a thousand each.
    expect(strangers).toBeLessThan((32 * events * 3) / 16);
    expect(strangers / (32 * (events / 16) * 32)).toBeLessThan(0.003);
  });

  it('gives a cleared column to another segment without a trace of the one before', () => {
    const slab = new FilterSlab(events);
    const hash = new KeyHash('0123456789abcdef');
    const [kept, gone] = [slab.take(), slab.take()];
    fill(slab, kept, hash);
    fill(slab, gone, hash);
    slab.deactivate(gone);
    hash.hash('s', `${gone} 1`);
    expect((slab.candidates(hash.hi, hash.lo) >>> gone) & 1).toBe(0);
    slab.clear(gone, 0, slab.rows);
    slab.release(gone);
    expect(slab.take()).toBe(gone);
    slab.activate(gone);
    for (let i = 0; i < events; i++) {
      hash.hash('s', `${gone} ${i}`);
      expect((slab.candidates(hash.hi, hash.lo) >>> gone) & 1).toBe(0);
      hash.hash('s', `${kept} ${i}`);
      expect((slab.candidates(hash.hi, hash.lo) >>> kept) & 1).toBe(1);
    }
  });
});
