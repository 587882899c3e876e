// What every engine of the workspace's store promises, and its reader with it; timelines and what is removed from them are in
// workspace-timelines.contract.ts.
import { describe, expect, it } from 'vitest';
import type { Destination } from '../control/model.ts';
import { Attributes } from './reducer/attributes.ts';
import { relationshipKey } from './row-keys.ts';
import type { RelationshipRow } from './workspace-rows.ts';
import {
  activity,
  effect,
  identifier,
  keyOf,
  link,
  now,
  numberAt,
  person,
  useStore,
} from './workspace-rows.fixture.ts';
import type { OpenedWorkspace } from './workspace-rows.fixture.ts';

const actions: Destination = {
  id: 'workspace',
  name: 'Workspace',
  kind: 'workspace',
  enabled: true,
  settings: {},
  sourceIds: null,
  actions: [],
  version: 1,
  createdAt: 0,
  startFrom: 'beginning',
};

/** Runs the suite against what `open` opens: an empty workspace each time. */
export function testWorkspaceStore(name: string, open: () => Promise<OpenedWorkspace>): void {
  describe(`the workspace store on ${name}`, () => {
    const bed = useStore(open);
    const { commit, all } = bed;

    describe('position', () => {
      it('begins a partition once and moves with commits', async () => {
        await bed.store.begin(0, 50);
        expect(await bed.store.position()).toEqual({
          cursors: [{ partition: 0, start: 1, offset: 1, auditedTo: 1 }],
          log: 0,
          lastObject: 0,
        });
        await commit({}, { to: 20, log: now, lastObject: 7 });
        expect(await bed.store.position()).toEqual({
          cursors: [{ partition: 0, start: 1, offset: 20, auditedTo: 1 }],
          log: now,
          lastObject: 7,
        });
      });

      it('refuses a batch that does not begin at the cursor, and applies nothing of it', async () => {
        await commit({});
        const late = commit({ people: [[numberAt(1), person(1)]] }, { from: 1, to: 2 });
        await expect(late).rejects.toMatchObject({ code: 'conflict' });
        expect(await all('people')).toEqual([]);
      });

      it('applies nothing of a batch that fails in the middle', async () => {
        await commit({ activities: [activity(1, 1)] });
        const twice = commit({ people: [[numberAt(2), person(2)]], activities: [activity(1, 1)] });
        await expect(twice).rejects.toThrow();
        expect(await all('people')).toEqual([]);
        expect((await bed.store.position()).cursors[0]?.offset).toBe(2);
        await commit({ activities: [activity(2, 1, { sourceId: 's2' })] });
        expect((await all('activities')).map(({ sourceId }) => sourceId)).toEqual(['s1', 's2']);
      });
    });

    describe('rows', () => {
      it('come back as they were written, are replaced, and deleted', async () => {
        const attributes = Attributes.empty();
        attributes.set('__proto__', { a: ['é', null] }, 5, 0);
        attributes.remove('gone', 6, 7);
        const profile = { person: numberAt(1), attributes, updatedAt: now };
        const device = {
          token: 't1',
          person: numberAt(1),
          ownedAt: 1,
          platform: 'ios',
          appIdentifier: null,
          lastUsedAt: 2,
          attributes,
        };
        const object = {
          typeId: '1',
          objectId: 'acme',
          number: 3,
          floorAt: null,
          createdAt: 1,
          updatedAt: 2,
          attributes,
          goneAt: null,
          goneLog: null,
        };
        const relationship: RelationshipRow = { subject: numberAt(1), object: 3, attributes, log: 9 };
        const keys = {
          identifiers: [{ kind: 'id', value: 'u1' } as const],
          profiles: [numberAt(1)],
          devices: ['t1', 't2'],
          objects: [{ typeId: '1', objectId: 'acme' }],
          objectTypes: ['1'],
          relationships: [{ subject: numberAt(1), object: 3 }],
          transitions: ['x'],
        };
        await commit({
          identifiers: [identifier('u1', numberAt(1))],
          people: [[numberAt(1), person(1, { floorAt: -5, email: 'a@b.co' })]],
          profiles: [[numberAt(1), profile]],
          devices: [['t1', device]],
          objects: [['', object]],
          objectTypes: [['1', { typeId: '1', objects: 4 }]],
          relationships: [[relationshipKey(numberAt(1), 3), relationship]],
          transitions: [['x', { key: 'x', log: 8 }]],
        });
        const loaded = await bed.store.load(keys);
        expect(loaded).toMatchObject({
          identifiers: [{ kind: 'id', value: 'u1', owner: numberAt(1), stream: null }],
          // A live owner is not among them unless asked for.
          people: [],
          devices: [{ token: 't1', platform: 'ios', appIdentifier: null, lastUsedAt: 2 }],
          objects: [{ number: 3, typeId: '1', objectId: 'acme', goneAt: null }],
          objectTypes: [{ typeId: '1', objects: 4 }],
          relationships: [{ subject: numberAt(1), object: 3, log: 9 }],
          links: [],
          transitions: [{ key: 'x', log: 8 }],
        });
        expect((await bed.store.load({ people: [numberAt(1)] })).people).toEqual([
          person(1, { floorAt: -5, email: 'a@b.co' }),
        ]);
        for (const row of [loaded.profiles[0], loaded.devices[0], loaded.objects[0], loaded.relationships[0]])
          expect(row?.attributes.encode()).toEqual(attributes.encode());

        await commit({
          identifiers: [[keyOf('id', 'u1'), null]],
          people: [[numberAt(1), person(1, { state: 'suppressed', goneAt: 3, goneLog: 4 })]],
          profiles: [[numberAt(1), null]],
          devices: [['t1', null]],
          objects: [['', { ...object, number: 4 }]],
          relationships: [[relationshipKey(numberAt(1), 3), null]],
        });
        await commit({ identifiers: [identifier('u2', numberAt(1))] });
        expect(await bed.store.load({ ...keys, identifiers: [{ kind: 'id', value: 'u2' }] })).toMatchObject({
          identifiers: [{ value: 'u2' }],
          people: [{ state: 'suppressed', goneAt: 3, goneLog: 4 }],
          profiles: [],
          devices: [],
          objects: [{ number: 4 }],
          relationships: [],
        });
      });

      it('tell an anonymous id that has not joined from one that has', async () => {
        const base = { kind: 'anonymous_id', value: 'a1', related: true, seenDay: 20_000 } as const;
        await commit({ identifiers: [[keyOf('anonymous_id', 'a1'), { ...base, owner: null, stream: 33 }]] });
        const keys = { identifiers: [{ kind: 'anonymous_id', value: 'a1' } as const] };
        expect((await bed.store.load(keys)).identifiers).toEqual([{ ...base, owner: null, stream: 33 }]);
        await commit({ identifiers: [[keyOf('anonymous_id', 'a1'), { ...base, owner: 65, stream: null }]] });
        expect((await bed.store.load(keys)).identifiers).toEqual([{ ...base, owner: 65, stream: null }]);
      });

      it('bring along whoever an owner was merged into, and links all the way down', async () => {
        await commit({
          identifiers: [identifier('u1', numberAt(1))],
          people: [
            [numberAt(1), person(1, { state: 'merged', parent: numberAt(2) })],
            [numberAt(2), person(2, { state: 'merged', parent: numberAt(3) })],
            [numberAt(3), person(3)],
          ],
          newLinks: [link(1, 2), link(2, 3), link(4, 3, { related: false })],
        });
        const loaded = await bed.store.load({ identifiers: [{ kind: 'id', value: 'u1' }], links: [numberAt(3)] });
        expect(loaded.people.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3].map(numberAt));
        expect(loaded.links).toEqual([link(2, 3), link(1, 2)]);
      });
    });

    describe('people', () => {
      it('are listed latest first and searched by the beginning of id or email address', async () => {
        const people = Array.from({ length: 5 }, (_, n) => person(n + 1, { email: `p${n}@example.com` }));
        await commit({
          people: people.map((row) => [row.number, row]),
          identifiers: people.flatMap((row) => [
            identifier(row.id ?? '', row.number),
            [
              keyOf('email', row.email ?? ''),
              { ...identifier('', row.number)[1], kind: 'email', value: row.email ?? '' },
            ] as const,
          ]),
        });
        const listed = async (query: string): Promise<readonly (string | null)[]> => {
          const ids: (string | null)[] = [];
          for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
            const page = await bed.reader.searchPeople(query, cursor, 2);
            ids.push(...page.items.map(({ id }) => id));
            cursor = page.next;
          }
          return ids;
        };
        expect(await listed('')).toEqual(['u5', 'u4', 'u3', 'u2', 'u1']);
        expect(await listed('u')).toEqual(['u1', 'u2', 'u3', 'u4', 'u5']);
        expect(await listed('U')).toEqual([]);
        expect(await listed('P3@')).toEqual(['u4']);
        expect(await listed('p')).toEqual(['u1', 'u2', 'u3', 'u4', 'u5']);
        await expect(bed.reader.searchPeople('u', '%', 2)).rejects.toMatchObject({ code: 'invalid_request' });
      });
    });

    describe('effects and actions', () => {
      it('are found by offset, however they were batched', async () => {
        const effects = Array.from({ length: 600 }, (_, n) => effect(n + 1));
        await commit({}, { to: 601, effects, actions });
        const told = effect(601, {
          person: 33,
          outcome: 'discarded',
          reason: 'suppressed',
          changes: [],
          notes: ['why'],
        });
        await commit({}, { effects: [told] });
        expect(await bed.reader.effect(0, 300)).toMatchObject({ offset: 300, changes: ['activity'], notes: [] });
        expect(await bed.reader.effect(0, 601)).toEqual({ ...told, person: 'cio_00000021' });
        expect(await bed.reader.effect(0, 602)).toBeNull();
        await commit({}, { actions: { ...actions, version: 2 } });
        expect((await bed.reader.actionsAt(0, 601))?.version).toBe(1);
        expect((await bed.reader.actionsAt(0, 602))?.version).toBe(2);
        expect(await bed.reader.actionsAt(0, 603)).toBeNull();
        expect((await bed.store.intervals()).map(({ from }) => from)).toEqual([1, 602]);
      });
    });

    describe('the ledger', () => {
      const counted = (outcome: string, events: number, minute = 5) => ({ sourceId: 's1', minute, outcome, events });

      it('adds up by source and minute of receipt, and of all time', async () => {
        await commit({}, { ledger: [counted('delivered', 3), counted('discarded:suppressed', 1)] });
        await commit({}, { ledger: [counted('delivered', 2), counted('filtered', 4), counted('delivered', 1, 6)] });
        expect(await bed.reader.ledger(5, 6)).toEqual([
          { sourceId: 's1', minute: 5, delivered: 5, filtered: 4, discarded: { suppressed: 1 } },
        ]);
        expect(await bed.reader.ledger(0, 10, 10)).toEqual([
          { sourceId: 's1', minute: 0, delivered: 6, filtered: 4, discarded: { suppressed: 1 } },
        ]);
        expect((await bed.reader.balanceSheet()).sources).toEqual([
          { sourceId: 's1', delivered: 6, filtered: 4, discarded: 1, audited: 0 },
        ]);
      });

      it('adds up to the minute in steps of whole hours', async () => {
        const minutes = [59, 60, 119, 120, 179, 180, 239, 240];
        await commit({}, { ledger: minutes.map((minute, bit) => counted('delivered', 2 ** bit, minute)) });
        const delivered = async (from: number, to: number, step: number) =>
          (await bed.reader.ledger(from, to, step)).map(({ minute, delivered }) => [minute, delivered]);
        expect(await delivered(60, 240, 60)).toEqual([
          [60, 2 + 4],
          [120, 8 + 16],
          [180, 32 + 64],
        ]);
        expect(await delivered(59, 241, 120)).toEqual([
          [0, 1 + 2 + 4],
          [120, 8 + 16 + 32 + 64],
          [240, 128],
        ]);
        expect(await delivered(119, 180, 60)).toEqual([
          [60, 4],
          [120, 8 + 16],
        ]);
      });

      it('takes an audit only from where it stands, and never past the cursor', async () => {
        await commit({}, { to: 11 });
        const audit = { partition: 0, from: 1, to: 11, sources: [{ sourceId: 's1', events: 10 }] };
        await bed.store.recordAudit(audit);
        await bed.store.recordAudit(audit);
        await bed.store.recordAudit({ ...audit, from: 11, to: 12 });
        expect(await bed.reader.balanceSheet()).toEqual({
          cursors: [{ partition: 0, offset: 11, auditedTo: 11 }],
          sources: [{ sourceId: 's1', delivered: 0, filtered: 0, discarded: 0, audited: 10 }],
        });
        await bed.store.sync();
      });

      it('starts the audit over behind a gap', async () => {
        await commit({}, { to: 11, ledger: [counted('delivered', 10)] });
        await bed.store.recordAudit({ partition: 0, from: 1, to: 11, sources: [{ sourceId: 's1', events: 10 }] });
        await commit({}, { to: 31, gap: true, ledger: [counted('discarded:retention', 20)] });
        expect(await bed.reader.balanceSheet()).toEqual({
          cursors: [{ partition: 0, offset: 31, auditedTo: 31 }],
          sources: [{ sourceId: 's1', delivered: 10, filtered: 0, discarded: 20, audited: 30 }],
        });
      });
    });
  });
}
