// The state does not depend on how the log is cut into batches, on crashes, on commits that fail, or on sweeps (guarantee G2).
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../errors/errors.ts';
import { drawnCalls, timed } from './drawn-calls.fixture.ts';
import type { DrawnCall } from './drawn-calls.fixture.ts';
import { alias, identify, track, trackAnonymous } from './calls.fixture.ts';
import { testEpoch } from './memory-log.fixture.ts';
import type { TestCall } from './memory-log.fixture.ts';
import { WorkspaceBed } from './sqlite/workspace-bed.fixture.ts';
import type { WorkspaceCommit, WorkspaceStore } from './workspace-store.ts';

/** The state after the calls, applied in batches of `events`. */
async function stateOf(calls: readonly DrawnCall[], events: number): Promise<readonly string[]> {
  const bed = new WorkspaceBed({ batch: { events, lingerMs: 0 } });
  try {
    for (const [call, times] of timed(calls)) bed.append(call, times);
    await bed.catchUp();
    expect(bed.logged).toEqual([]);
    return await bed.dump();
  } finally {
    await bed.close();
  }
}

/** Makes every third commit fail: some before they are applied, some after. Sweeps to the end after every fifth. */
function troubled(store: WorkspaceStore): WorkspaceStore {
  let commits = 0;
  const commit = async (batch: WorkspaceCommit): Promise<void> => {
    commits++;
    if (commits % 6 === 3) throw new FaultError('store_unavailable', 'failed before');
    await store.commit(batch);
    if (commits % 5 === 0) while (await store.sweep(new Map())) await Promise.resolve();
    if (commits % 6 === 0) throw new FaultError('store_unavailable', 'failed after');
  };
  return new Proxy(store, {
    get: (target, name) => {
      if (name === 'commit') return commit;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
    },
  });
}

describe('the workspace', () => {
  it('is the same however the log is cut into batches', async () => {
    await fc.assert(
      fc.asyncProperty(drawnCalls, fc.integer({ min: 1, max: 9 }), async (calls, events) => {
        expect(await stateOf(calls, events)).toEqual(await stateOf(calls, 1000));
      }),
      { numRuns: 40 },
    );
  });

  it('is the same after crashes, failed commits and sweeps', async () => {
    await fc.assert(
      fc.asyncProperty(drawnCalls, fc.integer({ min: 1, max: 9 }), async (calls, events) => {
        const bed = new WorkspaceBed({ batch: { events, lingerMs: 0 }, wrapStore: troubled });
        try {
          for (const [index, [call, times]] of timed(calls).entries()) {
            bed.append(call, times);
            if (index % 13 !== 12) continue;
            await bed.catchUp();
            await bed.restart();
          }
          await bed.catchUp();
          expect(await bed.dump()).toEqual(await stateOf(calls, 1000));
        } finally {
          await bed.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('does with identifiers that a delete freed what it does with ones that nobody had', async () => {
    const lives = fc.array(
      fc.constantFrom(
        alias('u1', 'u3'),
        alias('u1', 'a1'),
        alias('u1', 'bob@example.com'),
        identify('u1', { email: 'ada@example.com' }, { anonymousId: 'a2' }),
        identify('u2', {}, { anonymousId: 'u3' }),
        track('u1', 'Device Created or Updated', {}, { context: { device: { token: 't1' } } }),
        trackAnonymous('a1'),
        trackAnonymous('u3'),
      ),
      { minLength: 1, maxLength: 6 },
    );
    /** What came of the calls after `first`, each received when it happened. */
    const effectsAfter = async (first: readonly TestCall[], calls: readonly DrawnCall[]) => {
      const bed = new WorkspaceBed();
      try {
        await bed.apply(...first);
        for (const [call, times] of timed(calls.map((one) => ({ ...one, gap: Math.abs(one.gap) + 100, age: 0 }))))
          bed.append(call, times);
        await bed.catchUp();
        return await Promise.all(calls.map((_, index) => bed.reader.effect(0, first.length + 1 + index)));
      } finally {
        await bed.close();
      }
    };
    const everybody = ['u1', 'u2', 'u3', 'a1', 'a2', 'ada@example.com', 'bob@example.com'];
    await fc.assert(
      fc.asyncProperty(lives, drawnCalls, async (life, calls) => {
        // Visitors who are nobody yet become somebody, so that the delete is of them too.
        const joins = ['a1', 'u3'].map((anonymousId) => identify('u4', {}, { anonymousId }));
        const deletes = [...everybody, 'u4'].map((userId) => track(userId, 'User Deleted'));
        const first = [...life, ...joins, ...deletes];
        const others = first.map((_, index) => track(`other ${index}`));
        expect(await effectsAfter(first, calls)).toEqual(await effectsAfter(others, calls));
      }),
      { numRuns: 40 },
    );
  });

  it('has the same attributes in whatever order identify calls arrive, and however often', async () => {
    const traits = fc.dictionary(
      fc.constantFrom(
        'email',
        'plan',
        'color',
        'cio_subscription_preferences',
        'cio_subscription_preferences.topics.a',
      ),
      fc.oneof(
        fc.constantFrom<null | string>('ada@example.com', 'bob@example.com', '', null),
        fc.constant({ topics: { b: true } }),
      ),
    );
    const calls = fc
      .array(traits, { minLength: 1, maxLength: 8 })
      .map((list) => list.map((one, index): readonly [TestCall, number] => [identify('u1', one), testEpoch + index]));
    const attributesAfter = async (list: readonly (readonly [TestCall, number])[]) => {
      const bed = new WorkspaceBed();
      try {
        for (const [call, at] of list) bed.append(call, { at, received: testEpoch + 1000 });
        await bed.catchUp();
        const person = await bed.reader.person('u1');
        return { email: person?.identifiers.email, attributes: person?.attributes };
      } finally {
        await bed.close();
      }
    };
    await fc.assert(
      fc.asyncProperty(
        calls.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }), fc.subarray([...list])),
        ),
        async ([inOrder, shuffled, again]) => {
          expect(await attributesAfter([...shuffled, ...again])).toEqual(await attributesAfter(inOrder));
        },
      ),
      { numRuns: 40 },
    );
  });
});
