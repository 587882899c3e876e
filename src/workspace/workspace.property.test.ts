// The state does not depend on how the log is cut into batches, on crashes, on commits that fail, or on sweeps (guarantee G2).
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../errors/errors.ts';
import { drawnCalls, timed } from './drawn-calls.fixture.ts';
import type { DrawnCall } from './drawn-calls.fixture.ts';
import { identify } from './calls.fixture.ts';
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
