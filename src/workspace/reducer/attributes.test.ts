import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../lib/json.ts';
import { keepMs } from '../workspace-settings.ts';
import { Attributes } from './attributes.ts';

interface Write {
  readonly name: string;
  /** Null removes. */
  readonly value: Json;
  readonly at: number;
}

function apply(writes: readonly Write[], attributes = Attributes.empty()): Attributes {
  for (const [log, { name, value, at }] of writes.entries()) {
    if (value === null) attributes.remove(name, at, log);
    else attributes.set(name, value, at, log);
  }
  return attributes;
}

const shown = (attributes: Attributes) => ({
  values: [...attributes.entries()].sort(([a], [b]) => (a < b ? -1 : 1)),
  // Log times are of the place in the log, which is what differs between two orders.
  removals: [...attributes.removals()].map(([name, { at }]) => `${name} ${at}`).sort(),
});

const names = fc.constantFrom('plan', 'color', '__proto__', 'constructor', '7');
const values = fc.oneof(fc.constant(null), fc.string(), fc.integer(), fc.boolean(), fc.constant({ a: [1, 'x'] }));
/** Writes of which no two are of one time. */
const writes = fc
  .array(fc.record({ name: names, value: values }), { maxLength: 20 })
  .map((list) => list.map((write, index): Write => ({ ...write, at: 1000 + index })));

describe('a set of attributes', () => {
  it('is the same in whatever order the same writes arrive', () => {
    fc.assert(
      fc.property(
        writes.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([inOrder, shuffled]) => {
          expect(shown(apply(shuffled))).toEqual(shown(apply(inOrder)));
        },
      ),
    );
  });

  it('is the same when writes are repeated', () => {
    fc.assert(
      fc.property(writes, fc.array(fc.nat(19)), (list, again) => {
        const repeated = [...list, ...again.flatMap((index) => list[index] ?? [])];
        expect(shown(apply(repeated))).toEqual(shown(apply(list)));
      }),
    );
  });

  it('is the same after having been stored between any two writes', () => {
    fc.assert(
      fc.property(writes, (list) => {
        let stored = Attributes.empty();
        for (const [log, { name, value, at }] of list.entries()) {
          const { values: text, removals } = stored.encode();
          stored = Attributes.decode(text, removals);
          if (value === null) stored.remove(name, at, log);
          else stored.set(name, value, at, log);
        }
        expect(stored.encode()).toEqual(apply(list).encode());
      }),
    );
  });

  it('gives a tie to the later write', () => {
    const attributes = apply([
      { name: 'plan', value: 'a', at: 5 },
      { name: 'plan', value: 'b', at: 5 },
    ]);
    expect(attributes.get('plan')).toEqual({ value: 'b', at: 5 });
  });

  it('says whether a write changed the value, only its time, or nothing', () => {
    const attributes = Attributes.empty();
    expect(attributes.set('tags', ['a'], 5, 0)).toBe('changed');
    expect(attributes.set('tags', ['a'], 6, 0)).toBe('same');
    expect(attributes.set('tags', ['b'], 4, 0)).toBe('older');
    expect(attributes.remove('tags', 7, 0)).toBe('changed');
    expect(attributes.remove('tags', 8, 0)).toBe('same');
  });

  it('forgets a removal after 30 days of log time', () => {
    const attributes = apply([{ name: 'plan', value: null, at: 50 }]);
    expect(attributes.set('plan', 'old', 40, keepMs - 1)).toBe('older');
    expect(attributes.set('plan', 'old', 40, keepMs)).toBe('changed');
  });

  it('remembers at most 300 removals, the latest', () => {
    const attributes = apply(Array.from({ length: 301 }, (_, n) => ({ name: `a${n}`, value: null, at: 1000 - n })));
    expect([...attributes.removals()]).toHaveLength(300);
    expect(attributes.removal('a300')).toBeUndefined();
  });

  it('measures exactly whether a value would be too much', () => {
    const attributes = apply([{ name: 'ab', value: 'é', at: 1 }]);
    expect(attributes.wouldExceed(9, 'cd', 'xyz')).toBe(false);
    expect(attributes.wouldExceed(8, 'cd', 'xyz')).toBe(true);
    expect(attributes.wouldExceed(4, 'ab', 'é')).toBe(false);
    expect(attributes.wouldExceed(9, 'cd', { a: 1 })).toBe(true);
  });

  it('takes the later of two sets attribute by attribute, of one time its own', () => {
    const mine = apply([
      { name: 'plan', value: 'mine', at: 5 },
      { name: 'color', value: 'mine', at: 5 },
      { name: 'size', value: null, at: 5 },
    ]);
    const theirs = apply([
      { name: 'plan', value: 'theirs', at: 6 },
      { name: 'color', value: 'theirs', at: 5 },
      { name: 'size', value: 'theirs', at: 4 },
    ]);
    mine.merge(theirs, 0);
    expect(Object.fromEntries([...mine.entries()].map(([name, { value }]) => [name, value]))).toEqual({
      plan: 'theirs',
      color: 'mine',
    });
  });
});
