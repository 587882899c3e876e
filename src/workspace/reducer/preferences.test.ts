import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../lib/json.ts';
import { Attributes } from './attributes.ts';
import { composePreferences, preferencesName as whole, writePreference } from './preferences.ts';

type Write = readonly [name: string, value: Json, at: number];

function compose(writes: readonly Write[]): Json | undefined {
  const attributes = Attributes.empty();
  for (const [name, value, at] of writes) writePreference(attributes, name, value, at, 0);
  return composePreferences(attributes)?.value;
}

describe('subscription preferences', () => {
  it('take a part without touching the others', () => {
    expect(
      compose([
        [whole, { topics: { topic_1: true, topic_2: true }, channels: { email: true } }, 1],
        [`${whole}.topics.topic_1`, false, 2],
        [`${whole}.channels.sms`, true, 3],
      ]),
    ).toEqual({ topics: { topic_1: false, topic_2: true }, channels: { email: true, sms: true } });
  });

  it('are replaced by a later whole, and keep what is later than it', () => {
    expect(
      compose([
        [`${whole}.topics.topic_1`, true, 1],
        [`${whole}.topics.topic_2`, true, 5],
        [whole, { topics: { topic_3: true } }, 3],
      ]),
    ).toEqual({ topics: { topic_2: true, topic_3: true } });
  });

  it('stay removed when a part is: what the whole beneath it said does not come back', () => {
    const given: Write = [whole, { topics: { topic_1: true, topic_2: true }, channels: null }, 1];
    const optOut: Write = [`${whole}.topics.topic_1`, false, 2];
    const removed: Write = [`${whole}.topics.topic_1`, null, 3];
    expect(compose([given, optOut, removed])).toEqual({ topics: { topic_2: true } });
    expect(compose([removed, given])).toEqual({ topics: { topic_2: true } });
    expect(compose([given, [`${whole}.topics`, null, 2]])).toEqual({});
  });

  it('are gone when the whole is removed', () => {
    expect(
      compose([
        [`${whole}.topics.topic_1`, true, 1],
        [whole, null, 2],
      ]),
    ).toBeUndefined();
  });

  it('replace what is in the way of a part and is no object', () => {
    expect(
      compose([
        [whole, 'none', 1],
        [`${whole}.topics.__proto__`, true, 2],
      ]),
    ).toEqual(JSON.parse('{"topics":{"__proto__":true}}'));
  });

  it('are the same in whatever order the writes arrive', () => {
    const name = fc.constantFrom(
      whole,
      `${whole}.topics`,
      `${whole}.topics.a`,
      `${whole}.topics.b`,
      `${whole}.channels.a`,
    );
    const value = fc.oneof(
      fc.constant(null),
      fc.boolean(),
      fc.constant({ a: true }),
      fc.constant({ topics: { b: 1 } }),
    );
    const writes = fc
      .array(fc.tuple(name, value), { maxLength: 12 })
      .map((list) => list.map(([key, json], index): Write => [key, json, index]));
    fc.assert(
      fc.property(
        writes.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([inOrder, shuffled]) => {
          expect(compose(shuffled)).toEqual(compose(inOrder));
        },
      ),
    );
  });
});
