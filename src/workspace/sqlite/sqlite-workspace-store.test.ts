import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testWorkspaceStore } from '../workspace-store.contract.ts';
import { openSqliteWorkspace } from './open-sqlite-workspace.ts';
import { openSqliteWorkspaceReader } from './sqlite-workspace-reader.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'leat-workspace-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

testWorkspaceStore('SQLite', async () => {
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
});

describe('workspace.db', () => {
  it('written by another version of Leat is refused with what to do', () => {
    const file = path.join(folder, 'workspace.db');
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openSqliteWorkspace(file)).toThrow('Move it away; it is rebuilt from the log');
  });

  it('that cannot be opened is the operator’s to mend', () => {
    const open = () => openSqliteWorkspace(path.join(folder, 'no', 'folder.db'));
    expect(open).toThrow('Check that the disk of the data folder has space and is writable');
  });
});
