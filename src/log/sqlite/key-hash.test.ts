import { describe, expect, it } from 'vitest';
import { KeyHash } from './key-hash.ts';

const hashOf = (hash: KeyHash, sourceId: string, messageId: string): string => {
  hash.hash(sourceId, messageId);
  return `${hash.hi} ${hash.lo}`;
};

describe('KeyHash', () => {
  it('gives the same hash for the same key and seed, and another for another seed', () => {
    expect(hashOf(new KeyHash('0123456789abcdef'), 's', 'm')).toBe(hashOf(new KeyHash('0123456789abcdef'), 's', 'm'));
    expect(hashOf(new KeyHash('0123456789abcdef'), 's', 'm')).not.toBe(
      hashOf(new KeyHash('1123456789abcdef'), 's', 'm'),
    );
  });

  it('parts source from id', () => {
    const hash = new KeyHash('0123456789abcdef');
    const texts = ['', 'a', 'b', 'ab', 'ba', 'aab', 'aba', 'a\u0000', '\u0000a', '\u0000'];
    const pairs = texts.flatMap((one) => texts.map((other) => hashOf(hash, one, other)));
    expect(new Set(pairs).size).toBe(texts.length ** 2);
  });

  it('spreads ids that count upwards evenly, with no collision among a few hundred thousand', () => {
    const hash = new KeyHash('fedcba9876543210');
    const seen = new Set<number>();
    const buckets = new Uint32Array(256);
    const count = 256 * 1000;
    for (let i = 0; i < count; i++) {
      hash.hash('source', `message-${i}`);
      // The 44 bits that the index keeps.
      seen.add(hash.hi * 4096 + (hash.lo >>> 20));
      buckets[hash.hi >>> 24]!++;
    }
    expect(seen.size).toBe(count);
    const chiSquare = buckets.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    // 255 degrees of freedom: mean 255, standard deviation 23.
    expect(chiSquare).toBeLessThan(255 + 6 * 23);
  });
});
