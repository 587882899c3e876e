// Rows of a workspace, and a store to put them into.
import { afterEach, beforeEach, expect } from 'vitest';
import { positionNumber, positionOf } from './log-position.ts';
import type { Effect } from './reducer/reduce-event.ts';
import type { Identifier, IdentifierKind } from './identifiers.ts';
import type { ActivityRow, IdentifierRow, LinkRow, PersonRow } from './workspace-rows.ts';
import type { Activity, WorkspaceReader } from './workspace-reader.ts';
import type { RowChanges, ScannedRows, WorkspaceCommit, WorkspaceStore } from './workspace-store.ts';

export interface OpenedWorkspace {
  readonly store: WorkspaceStore;
  /** On a connection of its own. */
  readonly reader: WorkspaceReader;
  close(): Promise<void>;
}

export const now = Date.UTC(2026, 0, 1);
export const none: RowChanges = {
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
export const numberAt = (offset: number): number => positionNumber(0, offset, 1);

export const person = (offset: number, change: Partial<PersonRow> = {}): PersonRow => ({
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

export const keyOf = (kind: IdentifierKind, value: string): Identifier => ({ kind, value });

export const identifier = (value: string, owner: number): readonly [Identifier, IdentifierRow] => [
  keyOf('id', value),
  { kind: 'id', value, owner, stream: null, related: false, seenDay: 0 },
];

export const activity = (offset: number, subject: number, change: Partial<ActivityRow> = {}): ActivityRow => ({
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

export const link = (child: number, parent: number, change: Partial<LinkRow> = {}): LinkRow => ({
  child: numberAt(child),
  parent: numberAt(parent),
  fromAt: 0,
  fromLog: 0,
  related: true,
  until: numberAt(1000),
  ...change,
});

export const effect = (offset: number, change: Partial<Effect> = {}): Effect => ({
  partition: 0,
  offset,
  person: null,
  outcome: 'delivered',
  reason: null,
  changes: ['activity'],
  notes: [],
  ...change,
});

/** An empty workspace for each test of the present suite. */
export function useStore(open: () => Promise<OpenedWorkspace>) {
  let opened: OpenedWorkspace;
  let offset: number;
  beforeEach(async () => {
    opened = await open();
    await opened.store.begin(0, 1);
    offset = 1;
  });
  afterEach(() => opened.close());

  /** Commits the rows as the next batch, of one event or of all up to the last activity. */
  const commit = async (rows: Partial<RowChanges>, more: Partial<WorkspaceCommit> = {}): Promise<void> => {
    const last = Math.max(offset, ...(rows.activities ?? []).map(({ number }) => positionOf(number).offset));
    const batch = { partition: 0, from: offset, to: last + 1, log: now, lastObject: 0, effects: [], ledger: [] };
    await opened.store.commit({ ...batch, rows: { ...none, ...rows }, ...more });
    offset = more.to ?? last + 1;
  };
  const all = async <Kind extends keyof ScannedRows>(kind: Kind): Promise<ScannedRows[Kind][]> => {
    const rows: ScannedRows[Kind][] = [];
    for await (const row of opened.store.scan(kind)) rows.push(row);
    return rows;
  };
  const sweepAll = async (starts: ReadonlyMap<number, number> = new Map()): Promise<void> => {
    while (await opened.store.sweep(starts)) await Promise.resolve();
  };

  /** All of somebody's timeline, in pages. */
  const timelineOf = async (identifier: string, limit: number): Promise<readonly Activity[]> => {
    const items: Activity[] = [];
    for (let cursor: string | null = null, more = true; more; more = cursor !== null) {
      const page = await opened.reader.timeline(identifier, cursor, limit);
      expect(page.items.length).toBeLessThanOrEqual(limit);
      items.push(...page.items);
      cursor = page.next;
    }
    return items;
  };

  return {
    get store() {
      return opened.store;
    },
    get reader() {
      return opened.reader;
    },
    commit,
    all,
    sweepAll,
    timelineOf,
  };
}
