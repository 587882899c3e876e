import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { activity, none } from '../workspace-rows.fixture.ts';
import type { OpenedWorkspace } from '../workspace-rows.fixture.ts';
import type { ActivityRow } from '../workspace-rows.ts';
import { testWorkspaceStore } from '../workspace-store.contract.ts';
import { testWorkspaceTimelines } from '../workspace-timelines.contract.ts';
import { openSqliteWorkspace } from './open-sqlite-workspace.ts';
import { openSqliteWorkspaceReader } from './sqlite-workspace-reader.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'leat-workspace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function openWorkspace(): Promise<OpenedWorkspace> {
  const file = path.join(folder, 'workspace.db');
  const store = openSqliteWorkspace(file);
  const reader = openSqliteWorkspaceReader(file);
  return {
    store,
    reader,
    close: async () => {
      await reader.close();
      await store.close();
    },
  };
}

testWorkspaceStore('SQLite', openWorkspace);
testWorkspaceTimelines('SQLite', openWorkspace);

describe('workspace.db', () => {
  it('written by a later version of Leat is refused with what to do', () => {
    const file = path.join(folder, 'workspace.db');
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openSqliteWorkspace(file)).toThrow('Move it away; it is rebuilt from the log');
  });

  it('written by the first version is brought up to date', async () => {
    const file = path.join(folder, 'workspace.db');
    await openSqliteWorkspace(file).close();
    const db = new DatabaseSync(file);
    db.exec(`DROP TABLE ledger_hour; DROP TABLE timeline; ALTER TABLE cursor DROP COLUMN entered; DROP TABLE stretch;
      CREATE INDEX activity_subject ON activity (number >> 21, subject, at);
      CREATE TABLE epoch (epoch INTEGER PRIMARY KEY, min_at, max_at, max_log, swept);
      INSERT INTO ledger VALUES (59, 's1', 'delivered', 1), (60, 's1', 'delivered', 2);
      INSERT INTO ledger VALUES (119, 's1', 'delivered', 4), (120, 's1', 'filtered', 8);
      INSERT INTO identifier VALUES (0, 'u1', 33, 0, 0);
      INSERT INTO person VALUES (33, 0, NULL, 0, NULL, 'u1', NULL, NULL, 0, NULL, NULL);
      INSERT INTO source VALUES (1, 's1');
      INSERT INTO activity VALUES (65, 33, 7, 0, 'first', 1, 'm2', 7, NULL, '{}');
      INSERT INTO activity VALUES (2097153, 33, 9, 0, 'second', 1, 'm65536', 9, NULL, '{}');
      INSERT INTO epoch VALUES (0, 7, 7, 7, 0), (1, 9, 9, 9, 0);
      PRAGMA user_version = 1`);
    db.close();
    const store = openSqliteWorkspace(file);
    const reader = openSqliteWorkspaceReader(file);
    expect(await reader.ledger(0, 180, 60)).toMatchObject([
      { minute: 0, delivered: 1 },
      { minute: 60, delivered: 6 },
      { minute: 120, filtered: 8 },
    ]);
    expect((await reader.timeline('u1', null, 5)).items).toMatchObject([{ name: 'second' }, { name: 'first' }]);
    await reader.close();
    await store.close();
  });

  it('written when every activity was entered by itself keeps its timelines, and they go on', async () => {
    const file = path.join(folder, 'workspace.db');
    await openSqliteWorkspace(file).close();
    const db = new DatabaseSync(file);
    db.exec(`ALTER TABLE cursor DROP COLUMN entered; INSERT INTO cursor VALUES (0, 1, 3, 3);
      CREATE TRIGGER activity_entry AFTER INSERT ON activity BEGIN
        INSERT INTO timeline VALUES (new.number >> 21 << 3, new.subject, new.at, new.number);
      END;
      INSERT INTO identifier VALUES (0, 'u1', 33, 0, 0);
      INSERT INTO person VALUES (33, 0, NULL, 0, NULL, 'u1', NULL, NULL, 0, NULL, NULL);
      INSERT INTO source VALUES (1, 's1');
      INSERT INTO activity VALUES (65, 33, 7, 0, 'old', 1, 'm2', 7, NULL, '{}');
      INSERT INTO stretch VALUES (0, 7, 7, 7, 0);
      PRAGMA user_version = 3`);
    db.close();
    const store = openSqliteWorkspace(file);
    const reader = openSqliteWorkspaceReader(file);
    const next = async (from: number, to: number, activities: readonly ActivityRow[]): Promise<void> =>
      store.commit({
        partition: 0,
        from,
        to,
        log: 9,
        lastObject: 0,
        effects: [],
        ledger: [],
        rows: { ...none, activities },
      });
    const names = async () => (await reader.timeline('u1', null, 5)).items.map(({ name }) => name);
    await next(3, 4, [activity(3, 33, { at: 9, name: 'new' })]);
    expect(await names()).toEqual(['new', 'old']);
    await next(4, 10_000, []);
    expect(await names()).toEqual(['new', 'old']);
    await reader.close();
    await store.close();
  });

  it('that cannot be opened is the operator’s to mend', () => {
    const open = () => openSqliteWorkspace(path.join(folder, 'no', 'folder.db'));
    expect(open).toThrow('Check that the disk of the data folder has space and is writable');
  });
});
