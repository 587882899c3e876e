// The state does not depend on how the log is cut into batches, on crashes, on commits that fail, or on sweeps (guarantee G2).
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultError } from '../errors/errors.ts';
import { drawnCalls, timed } from './drawn-calls.fixture.ts';
import type { DrawnCall } from './drawn-calls.fixture.ts';
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
      { numRuns: 500 },
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
      { numRuns: 500 },
    );
  });
});
