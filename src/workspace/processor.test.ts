import { afterEach, describe, expect, it } from 'vitest';
import type { Destination } from '../control/model.ts';
import { FaultError } from '../errors/errors.ts';
import { identify, track, valuesOf } from './calls.fixture.ts';
import { MemoryLog, testEpoch, toRecord } from './memory-log.fixture.ts';
import { WorkspaceBed, workspaceDestination } from './sqlite/workspace-bed.fixture.ts';
import type { WorkspaceBedOptions } from './sqlite/workspace-bed.fixture.ts';
import type { WorkspaceCommit, WorkspaceStore } from './workspace-store.ts';

const beds: WorkspaceBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

function open(options: Partial<WorkspaceBedOptions> = {}): WorkspaceBed {
  const bed = new WorkspaceBed(options);
  beds.push(bed);
  return bed;
}

/** The store with another commit. */
const withCommit =
  (commit: (batch: WorkspaceCommit, store: WorkspaceStore) => Promise<void>) =>
  (store: WorkspaceStore): WorkspaceStore =>
    new Proxy(store, {
      get: (target, name) => {
        if (name === 'commit') return (batch: WorkspaceCommit) => commit(batch, store);
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
      },
    });

const names = async (bed: WorkspaceBed, identifier: string) =>
  (await bed.reader.timeline(identifier, null, 100)).items.map(({ name }) => name).toReversed();

const sums = async (bed: WorkspaceBed) => (await bed.reader.balanceSheet()).sources[0];

describe('the processor', () => {
  it('applies what is in the log and what comes after', async () => {
    const bed = open();
    bed.append(track('u1', 'a'));
    bed.start();
    await bed.catchUp();
    bed.append(track('u1', 'b'));
    await bed.catchUp();
    expect(await names(bed, 'u1')).toEqual(['a', 'b']);
    expect(bed.logged).toEqual([]);
  });

  it('begins where the log does', async () => {
    const log = new MemoryLog([1, 2, 3].map((offset) => toRecord(offset, track('u1', `e${offset}`))));
    log.removeBefore(3);
    const bed = open({ log });
    await bed.catchUp();
    expect(await bed.reader.cursors()).toMatchObject([{ start: 3, offset: 4 }]);
    expect(await names(bed, 'u1')).toEqual(['e3']);
  });

  it('goes on after a restart without applying anything twice', async () => {
    const bed = open({ batch: { events: 3 } });
    for (let n = 0; n < 10; n++) {
      await bed.apply(track('u1', `e${n}`));
      await bed.restart();
    }
    expect(await names(bed, 'u1')).toEqual(Array.from({ length: 10 }, (_, n) => `e${n}`));
    expect(await sums(bed)).toMatchObject({ delivered: 10 });
  });

  it('discards an event that it cannot read and goes on', async () => {
    const bed = open();
    bed.append(track('u1', 'a'));
    bed.log.appendRecord((offset) => ({ ...toRecord(offset, track('u1')), body: '{"type":' }));
    bed.append(track('u1', 'b'));
    await bed.catchUp();
    expect(await names(bed, 'u1')).toEqual(['a', 'b']);
    expect(await bed.reader.effect(0, 2)).toMatchObject({ outcome: 'discarded', reason: 'internal' });
    expect(bed.logged).toMatchObject([{ level: 'error', fields: { offset: 2 } }]);
  });

  it('discards an event that the reducer throws on, with nothing of it applied, and goes on', async () => {
    const [action] = workspaceDestination.actions.filter(({ kind }) => kind === 'track_event');
    if (!action) throw new Error('no such action');
    const many = Array.from({ length: 40 }, (_, n) => ({ ...action, id: `t${n}`, trigger: 'event = "Many"' }));
    const bed = open({ actions: { ...workspaceDestination, actions: [...workspaceDestination.actions, ...many] } });
    await bed.apply(track('u1', 'a'), track('u2', 'Many'), track('u1', 'b'));
    expect(await names(bed, 'u1')).toEqual(['a', 'b']);
    expect(await bed.reader.person('u2')).toBeNull();
    expect(await bed.reader.effect(0, 2)).toMatchObject({ outcome: 'discarded', reason: 'internal', changes: [] });
    expect(await sums(bed)).toMatchObject({ delivered: 2, discarded: 1 });
  });

  it('finds the event that the commit chokes on, and discards only that', async () => {
    const bed = open({
      wrapStore: withCommit(async (batch, store) => {
        if (batch.rows.activities.some(({ name }) => name === 'choke')) throw new TypeError('cannot be stored');
        await store.commit(batch);
      }),
    });
    await bed.apply(track('u1', 'a'), track('u1', 'choke'), track('u1', 'b'));
    expect(await names(bed, 'u1')).toEqual(['a', 'b']);
    expect(await bed.reader.effect(0, 2)).toMatchObject({ outcome: 'discarded', reason: 'internal' });
    expect(await sums(bed)).toMatchObject({ delivered: 2, discarded: 1 });
  });

  it('waits while the store is not available, and skips nothing', async () => {
    let failures = 3;
    const bed = open({
      wrapStore: withCommit(async (batch, store) => {
        if (failures-- > 0) throw new FaultError('store_unavailable', 'The disk is full.');
        await store.commit(batch);
      }),
    });
    await bed.apply(track('u1', 'a'));
    expect(await names(bed, 'u1')).toEqual(['a']);
    expect(bed.logged.filter(({ message }) => message === 'The workspace waits for its store.')).toHaveLength(3);
  });

  it('counts what retention removed first as discarded(retention)', async () => {
    const bed = open();
    await bed.apply(track('u1', 'a'));
    for (let n = 0; n < 9; n++) bed.append(track('u1', `lost${n}`));
    bed.append(track('u1', 'b'));
    bed.log.removeBefore(11);
    await bed.catchUp();
    expect(await names(bed, 'u1')).toEqual(['a', 'b']);
    const minute = Math.floor(testEpoch / 60_000);
    expect(await bed.reader.ledger(minute, minute + 1)).toMatchObject([{ delivered: 2, discarded: { retention: 9 } }]);
    expect(bed.logged).toMatchObject([{ level: 'error', fields: { from: 2, to: 11, events: 9 } }]);
    const { cursors, sources } = await bed.reader.balanceSheet();
    expect(sources[0]?.audited).toBe(10);
    expect(await bed.log.countBetween(0, cursors[0]?.auditedTo ?? 0, bed.log.end)).toEqual([
      { sourceId: 'src1', events: 1 },
    ]);
  });

  it('stops at once while it waits for events', async () => {
    const bed = open();
    bed.start();
    await bed.stop();
    expect(await bed.reader.cursors()).toMatchObject([{ offset: 1 }]);
  });
});

describe('what the log must keep', () => {
  it('is what has not been applied; what lies before is audited', async () => {
    const bed = open();
    expect(await bed.processor.retentionFloor()).toEqual([{ partition: 0, offset: 1 }]);
    await bed.apply(track('u1', 'a'), track('u1', 'b'));
    bed.append(track('u1', 'c'));
    expect(await bed.processor.retentionFloor()).toEqual([{ partition: 0, offset: 3 }]);
    expect(await bed.reader.balanceSheet()).toMatchObject({
      cursors: [{ offset: 3, auditedTo: 3 }],
      sources: [{ delivered: 2, audited: 2 }],
    });
  });
});

describe('the actions', () => {
  const plain = (version: number, trigger: string): Destination => ({
    ...workspaceDestination,
    version,
    actions: workspaceDestination.actions.map((action) =>
      action.kind === 'create_or_update_person' ? { ...action, trigger } : action,
    ),
  });

  it('change from one batch to the next, and it is kept which held when', async () => {
    const bed = open();
    await bed.apply(identify('u1', { n: 1 }));
    bed.processor.setActions(plain(2, 'type = "identify" and traits.n != 2'));
    await bed.apply(identify('u1', { n: 2 }));
    expect(valuesOf(await bed.reader.person('u1'))).toEqual({ n: 1 });
    expect(await bed.reader.effect(0, 2)).toMatchObject({ outcome: 'filtered' });
    expect((await bed.reader.actionsAt(0, 1))?.version).toBe(1);
    expect((await bed.reader.actionsAt(0, 2))?.version).toBe(2);
    expect(await bed.reader.actionsAt(0, 3)).toBeNull();
  });

  it('that cannot be compiled are refused, and the ones before stay', async () => {
    const bed = open();
    expect(() => bed.processor.setActions(plain(2, 'type ='))).toThrow('Action "Create or Update Person"');
    await bed.apply(identify('u1', { n: 1 }));
    expect(valuesOf(await bed.reader.person('u1'))).toEqual({ n: 1 });
  });

  it('are recorded once, not at every start', async () => {
    const bed = open();
    for (let n = 0; n < 3; n++) {
      await bed.apply(identify('u1', { n }));
      await bed.restart();
    }
    expect(await bed.store.intervals()).toHaveLength(1);
  });

  it('of a disabled workspace let nothing in', async () => {
    const bed = open({ actions: { ...workspaceDestination, enabled: false } });
    await bed.apply(identify('u1'));
    expect(await sums(bed)).toMatchObject({ filtered: 1 });
  });

  it('as they were then give a rebuild the same state', async () => {
    const bed = open();
    await bed.apply(identify('u1', { n: 1 }), identify('u2', { n: 1 }));
    bed.processor.setActions(plain(2, 'type = "identify" and traits.n != 2'));
    await bed.apply(identify('u1', { n: 2 }));
    bed.processor.setActions(plain(3, 'type = "identify"'));
    await bed.apply(identify('u2', { n: 2 }));
    const rebuilt = open({
      log: bed.log,
      actions: plain(3, 'type = "identify"'),
      history: await bed.store.intervals(),
    });
    await rebuilt.catchUp();
    expect(await rebuilt.dump()).toEqual(await bed.dump());
    expect(await rebuilt.store.intervals()).toEqual(await bed.store.intervals());
  });
});

describe('a batch about people with very many attributes', () => {
  it('is applied in parts', async () => {
    let commits = 0;
    const bed = open({
      wrapStore: withCommit(async (batch, store) => {
        commits++;
        await store.commit(batch);
      }),
    });
    const traits = (n: number) =>
      Object.fromEntries(Array.from({ length: 90 }, (_, k) => [`a${n}_${k}`, 'x'.repeat(1000)]));
    for (let n = 0; n < 120; n++) bed.append(identify(`u${n}`, traits(0)));
    await bed.catchUp();
    commits = 0;
    for (let n = 0; n < 120; n++) bed.append(identify(`u${n}`, { plan: 'pro' }));
    await bed.catchUp();
    expect(commits).toBeGreaterThan(1);
    for (const id of ['u0', 'u60', 'u119']) {
      const values = valuesOf(await bed.reader.person(id));
      expect(Object.keys(values)).toHaveLength(91);
      expect(values).toMatchObject({ plan: 'pro' });
    }
    expect(await sums(bed)).toMatchObject({ delivered: 240 });
  });
});
