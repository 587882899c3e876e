// What every engine of the workspace's store promises, and its reader with it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../control/model.ts';
import { positionNumber } from './log-position.ts';
import { Attributes } from './reducer/attributes.ts';
import type { Effect } from './reducer/reduce-event.ts';
import type { Identifier, IdentifierKind } from './identifiers.ts';
import { relationshipKey } from './row-keys.ts';
import type { ActivityRow, IdentifierRow, LinkRow, PersonRow, RelationshipRow } from './workspace-rows.ts';
import type { Activity, WorkspaceReader } from './workspace-reader.ts';
import { dayOf, keepMs } from './workspace-settings.ts';
import type { RowChanges, ScannedRows, WorkspaceCommit, WorkspaceStore } from './workspace-store.ts';

export interface OpenedWorkspace {
  readonly store: WorkspaceStore;
  /** On a connection of its own. */
  readonly reader: WorkspaceReader;
  close(): Promise<void>;
}

const now = Date.UTC(2026, 0, 1);
const none: RowChanges = {
  identifiers: [],
  people: [],
  profiles: [],
  devices: [],
  objects: [],
  objectTypes: [],
  relationships: [],
  transitions: [],
  newLinks: [],
  activities: [],
  metrics: [],
  contents: [],
  garbage: [],
};
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

const numberAt = (offset: number): number => positionNumber(0, offset, 1);

const person = (offset: number, change: Partial<PersonRow> = {}): PersonRow => ({
  number: numberAt(offset),
  state: 'live',
  parent: null,
  related: false,
  floorAt: null,
  id: `u${offset}`,
  email: null,
  phone: null,
  createdAt: now,
  goneAt: null,
  goneLog: null,
  ...change,
});

const keyOf = (kind: IdentifierKind, value: string): Identifier => ({ kind, value });

const identifier = (value: string, owner: number): readonly [Identifier, IdentifierRow] => [
  keyOf('id', value),
  { kind: 'id', value, owner, stream: null, related: false, seenDay: 0 },
];

const activity = (offset: number, subject: number, change: Partial<ActivityRow> = {}): ActivityRow => ({
  subject,
  at: now + offset,
  number: numberAt(offset),
  type: 'track',
  name: `e${offset}`,
  sourceId: 's1',
  messageId: `m${offset}`,
  receivedAt: now + offset,
  log: now + offset,
  properties: '{"n":1}',
  ...change,
});

const link = (child: number, parent: number, change: Partial<LinkRow> = {}): LinkRow => ({
  child: numberAt(child),
  parent: numberAt(parent),
  fromAt: 0,
  fromLog: 0,
  related: true,
  until: numberAt(1000),
  ...change,
});

const effect = (offset: number, change: Partial<Effect> = {}): Effect => ({
  partition: 0,
  offset,
  person: null,
  outcome: 'delivered',
  reason: null,
  changes: ['activity'],
  notes: [],
  ...change,
});

/** Runs the suite against what `open` opens: an empty workspace each time. */
export function testWorkspaceStore(name: string, open: () => Promise<OpenedWorkspace>): void {
  describe(`the workspace store on ${name}`, () => {
    let opened: OpenedWorkspace;
    let store: WorkspaceStore;
    let reader: WorkspaceReader;
    let offset: number;
    beforeEach(async () => {
      opened = await open();
      ({ store, reader } = opened);
      await store.begin(0, 1);
      offset = 1;
    });
    afterEach(() => opened.close());

    /** Commits the rows as the next batch of one event. */
    const commit = async (rows: Partial<RowChanges>, more: Partial<WorkspaceCommit> = {}): Promise<void> => {
      const batch = { partition: 0, from: offset, to: offset + 1, log: now, lastObject: 0, effects: [], ledger: [] };
      await store.commit({ ...batch, rows: { ...none, ...rows }, ...more });
      offset = more.to ?? offset + 1;
    };
    const all = async <Kind extends keyof ScannedRows>(kind: Kind): Promise<ScannedRows[Kind][]> => {
      const rows: ScannedRows[Kind][] = [];
      for await (const row of store.scan(kind)) rows.push(row);
      return rows;
    };
    const sweepAll = async (starts: ReadonlyMap<number, number> = new Map()): Promise<void> => {
      while (await store.sweep(starts)) await Promise.resolve();
    };

    describe('position', () => {
      it('begins a partition once and moves with commits', async () => {
        await store.begin(0, 50);
        expect(await store.position()).toEqual({
          cursors: [{ partition: 0, start: 1, offset: 1, auditedTo: 1 }],
          log: 0,
          lastObject: 0,
        });
        await commit({}, { to: 20, log: now, lastObject: 7 });
        expect(await store.position()).toEqual({
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
        expect((await store.position()).cursors[0]?.offset).toBe(2);
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
        const loaded = await store.load(keys);
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
        expect((await store.load({ people: [numberAt(1)] })).people).toEqual([
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
        expect(await store.load({ ...keys, identifiers: [{ kind: 'id', value: 'u2' }] })).toMatchObject({
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
        expect((await store.load(keys)).identifiers).toEqual([{ ...base, owner: null, stream: 33 }]);
        await commit({ identifiers: [[keyOf('anonymous_id', 'a1'), { ...base, owner: 65, stream: null }]] });
        expect((await store.load(keys)).identifiers).toEqual([{ ...base, owner: 65, stream: null }]);
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
        const loaded = await store.load({ identifiers: [{ kind: 'id', value: 'u1' }], links: [numberAt(3)] });
        expect(loaded.people.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3].map(numberAt));
        expect(loaded.links).toEqual([link(2, 3), link(1, 2)]);
      });
    });

    /** All of somebody's timeline, in pages. */
    const timelineOf = async (identifier: string, limit: number): Promise<readonly Activity[]> => {
      const items: Activity[] = [];
      for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
        const page = await reader.timeline(identifier, cursor, limit);
        expect(page.items.length).toBeLessThanOrEqual(limit);
        items.push(...page.items);
        cursor = page.next;
      }
      return items;
    };
    /** 70 places of the log, far from one another. */
    const farApart = Array.from({ length: 70 }, (_, n) => n * 65_536 + 5);

    describe('timelines', () => {
      it('are paged by event time, latest first, over subjects and any stretch of the log', async () => {
        const offsets = [1, 2, 70_000, 140_000, 140_001, 300_000];
        await commit({
          identifiers: [identifier('u1', numberAt(1))],
          people: [
            [numberAt(1), person(1)],
            [numberAt(2), person(2, { state: 'merged', parent: numberAt(1) })],
          ],
          newLinks: [link(2, 1, { fromAt: now + 140_000, until: numberAt(290_000) })],
          activities: [
            ...offsets.map((at, index) => activity(at, numberAt(1), { at: now + (index % 2 === 0 ? at : 7) })),
            activity(3, numberAt(2), { at: now + 139_999 }),
            activity(280_000, numberAt(2), { at: now + 140_000 }),
            activity(280_001, numberAt(9)),
          ],
        });
        const paged = (await timelineOf('u1', 2)).map(({ offset: place, at }) => [place, at - now]);
        expect(paged).toEqual([
          [140_001, 140_001],
          [280_000, 140_000],
          [70_000, 70_000],
          [300_000, 7],
          [140_000, 7],
          [2, 7],
          [1, 1],
        ]);
        await expect(reader.timeline('u1', 'nonsense', 2)).rejects.toMatchObject({ code: 'invalid_request' });
      });

      it('over a long log are the same at every step of keeping house', async () => {
        const [seldom, often] = [numberAt(1), numberAt(2)];
        const crowd = Array.from({ length: 700 }, (_, n) => n + 200_000);
        await commit(
          {
            identifiers: [identifier('u1', seldom), identifier('u2', often)],
            people: [
              [seldom, person(1)],
              [often, person(2)],
            ],
            activities: [
              ...farApart.map((offset) => activity(offset, seldom, { at: now + ((offset * 7) % 1000) })),
              ...farApart.map((offset) => activity(offset + 1, numberAt(offset))),
              ...[...crowd, ...farApart.map((offset) => offset + 2)].map((offset) => activity(offset, often)),
            ],
          },
          { to: 70 * 65_536 },
        );
        const before = { seldom: await timelineOf('u1', 9), often: await timelineOf('u2', 100) };
        expect([before.seldom.length, before.often.length]).toEqual([70, 770]);
        do expect({ seldom: await timelineOf('u1', 9), often: await timelineOf('u2', 100) }).toEqual(before);
        while (await store.sweep(new Map()));
        await commit({ activities: [activity(70 * 65_536, seldom, { at: now + 5000 })] });
        expect(await timelineOf('u1', 9)).toMatchObject([{ at: now + 5000 }, ...before.seldom]);
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
            const page = await reader.searchPeople(query, cursor, 2);
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
        await expect(reader.searchPeople('u', '%', 2)).rejects.toMatchObject({ code: 'invalid_request' });
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
        expect(await reader.effect(0, 300)).toMatchObject({ offset: 300, changes: ['activity'], notes: [] });
        expect(await reader.effect(0, 601)).toEqual({ ...told, person: 'cio_00000021' });
        expect(await reader.effect(0, 602)).toBeNull();
        await commit({}, { actions: { ...actions, version: 2 } });
        expect((await reader.actionsAt(0, 601))?.version).toBe(1);
        expect((await reader.actionsAt(0, 602))?.version).toBe(2);
        expect(await reader.actionsAt(0, 603)).toBeNull();
        expect((await store.intervals()).map(({ from }) => from)).toEqual([1, 602]);
      });
    });

    describe('the ledger', () => {
      const counted = (outcome: string, events: number, minute = 5) => ({ sourceId: 's1', minute, outcome, events });

      it('adds up by source and minute of receipt, and of all time', async () => {
        await commit({}, { ledger: [counted('delivered', 3), counted('discarded:suppressed', 1)] });
        await commit({}, { ledger: [counted('delivered', 2), counted('filtered', 4), counted('delivered', 1, 6)] });
        expect(await reader.ledger(5, 6)).toEqual([
          { sourceId: 's1', minute: 5, delivered: 5, filtered: 4, discarded: { suppressed: 1 } },
        ]);
        expect(await reader.ledger(0, 10, 10)).toEqual([
          { sourceId: 's1', minute: 0, delivered: 6, filtered: 4, discarded: { suppressed: 1 } },
        ]);
        expect((await reader.balanceSheet()).sources).toEqual([
          { sourceId: 's1', delivered: 6, filtered: 4, discarded: 1, audited: 0 },
        ]);
      });

      it('adds up to the minute in steps of whole hours', async () => {
        const minutes = [59, 60, 119, 120, 179, 180, 239, 240];
        await commit({}, { ledger: minutes.map((minute, bit) => counted('delivered', 2 ** bit, minute)) });
        const delivered = async (from: number, to: number, step: number) =>
          (await reader.ledger(from, to, step)).map(({ minute, delivered }) => [minute, delivered]);
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
        await store.recordAudit(audit);
        await store.recordAudit(audit);
        await store.recordAudit({ ...audit, from: 11, to: 12 });
        expect(await reader.balanceSheet()).toEqual({
          cursors: [{ partition: 0, offset: 11, auditedTo: 11 }],
          sources: [{ sourceId: 's1', delivered: 0, filtered: 0, discarded: 0, audited: 10 }],
        });
        await store.sync();
      });

      it('starts the audit over behind a gap', async () => {
        await commit({}, { to: 11, ledger: [counted('delivered', 10)] });
        await store.recordAudit({ partition: 0, from: 1, to: 11, sources: [{ sourceId: 's1', events: 10 }] });
        await commit({}, { to: 31, gap: true, ledger: [counted('discarded:retention', 20)] });
        expect(await reader.balanceSheet()).toEqual({
          cursors: [{ partition: 0, offset: 31, auditedTo: 31 }],
          sources: [{ sourceId: 's1', delivered: 10, filtered: 0, discarded: 20, audited: 30 }],
        });
      });
    });

    describe('sweeping', () => {
      it('removes everything under a deleted person, and in time the person and all identifiers', async () => {
        const [gone, child] = [numberAt(1), numberAt(2)];
        const attributes = Attributes.empty();
        await commit({
          identifiers: [identifier('u1', gone), identifier('u2', child)],
          people: [
            [gone, person(1, { state: 'deleted', goneAt: now, goneLog: now })],
            [child, person(2, { state: 'merged', parent: gone })],
          ],
          newLinks: [link(2, 1)],
          activities: Array.from({ length: 1200 }, (_, n) => activity(n + 3, n % 2 === 0 ? gone : child)),
          relationships: [[relationshipKey(child, 1), { subject: child, object: 1, attributes, log: now }]],
          garbage: [
            { kind: 'person', number: gone, due: 0 },
            { kind: 'stub', number: gone, due: now + keepMs },
          ],
        });
        await sweepAll();
        expect(await all('activities')).toEqual([]);
        expect(await all('relationships')).toEqual([]);
        expect(await all('links')).toEqual([]);
        expect(await all('identifiers')).toHaveLength(2);
        await commit({}, { log: now + keepMs });
        await sweepAll();
        expect(await all('identifiers')).toEqual([]);
        expect(await all('people')).toEqual([]);
      });

      it('removes what has expired under anonymous ids, and nothing that belongs to somebody', async () => {
        const [joined, unjoined] = [numberAt(1), numberAt(2)];
        const anonymous = (value: string, stream: number, seenDay: number): readonly [Identifier, IdentifierRow] => [
          keyOf('anonymous_id', value),
          { kind: 'anonymous_id', value, owner: null, stream, related: false, seenDay },
        ];
        await commit({
          people: [[numberAt(3), person(3)]],
          identifiers: [anonymous('a1', unjoined, dayOf(now)), anonymous('a2', numberAt(4), 1_000_000)],
          newLinks: [link(1, 3, { fromAt: now + 20 })],
          activities: [activity(10, joined), activity(21, joined), activity(22, unjoined), activity(23, numberAt(3))],
          transitions: [['x', { key: 'x', log: now }]],
        });
        await sweepAll();
        expect(await all('activities')).toHaveLength(4);
        await commit({}, { log: now + keepMs + 3 * 86_400_000 });
        await sweepAll();
        expect((await all('activities')).map(({ messageId }) => messageId)).toEqual(['m21', 'm23']);
        expect((await all('identifiers')).map(({ value }) => value)).toEqual(['a2']);
        expect(await all('transitions')).toEqual([]);
      });

      it('removes what is due wherever in a long log it lies, once its neighbours have been put together too', async () => {
        const [gone, kept, unjoined] = [numberAt(1), numberAt(2), numberAt(3)];
        const subjects = [gone, kept, unjoined];
        await commit(
          {
            people: [
              [gone, person(1)],
              [kept, person(2)],
            ],
            activities: farApart.flatMap((offset) => subjects.map((subject, n) => activity(offset + n, subject))),
          },
          { to: 70 * 65_536, log: now + 70 * 65_536 },
        );
        await sweepAll();
        expect(await all('activities')).toHaveLength(210);
        await commit({
          people: [[gone, person(1, { state: 'deleted', goneAt: now, goneLog: now })]],
          garbage: [{ kind: 'person', number: gone, due: 0 }],
        });
        await sweepAll();
        const left = new Set((await all('activities')).map(({ subject }) => subject));
        expect(left).toEqual(new Set([kept, unjoined]));
        await commit({}, { log: now + 70 * 65_536 + keepMs });
        await sweepAll();
        expect((await all('activities')).map(({ subject }) => subject)).toEqual(farApart.map(() => kept));
      });

      it('removes the relationships of a deleted object, and effects that the log has passed', async () => {
        const attributes = Attributes.empty();
        await commit(
          {
            relationships: Array.from({ length: 1100 }, (_, n) => [
              relationshipKey(numberAt(n + 1), n < 1000 ? 1 : 2),
              { subject: numberAt(n + 1), object: n < 1000 ? 1 : 2, attributes, log: now },
            ]),
            garbage: [{ kind: 'object', number: 1, due: 0 }],
          },
          { to: 1001, effects: Array.from({ length: 1000 }, (_, n) => effect(n + 1)) },
        );
        await sweepAll(new Map([[0, 700]]));
        expect(await all('relationships')).toHaveLength(100);
        const effects = await all('effects');
        expect(effects[0]?.offset).toBeGreaterThan(1);
        expect(effects.filter((one) => one.offset >= 700)).toHaveLength(301);
      });
    });
  });
}
