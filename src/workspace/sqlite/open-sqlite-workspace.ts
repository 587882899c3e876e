// Opens workspace.db: once for writing, on the thread of the processor, and read-only wherever questions are answered.
import { openSqlite } from '../../lib/sqlite.ts';
import { createTables } from './schema.ts';
import { SqliteWorkspaceStore } from './sqlite-workspace-store.ts';
import { storeFault } from './store-fault.ts';

export interface SqliteWorkspaceOptions {
  /** Page cache in KiB. With 16_384 it costs 2 % more CPU at a million people, with 32_768 no less. @default 24_576 */
  readonly cacheKiB?: number;
}

/** @throws FaultError `store_unavailable` when the file cannot be opened or another version of Leat wrote it. */
export function openSqliteWorkspace(path: string, options: SqliteWorkspaceOptions = {}): SqliteWorkspaceStore {
  const db = storeFault(() =>
    // 64 MB between checkpoints: pages that every batch touches, such as those of the newest epoch, are then written to
    // the file once in many batches.
    openSqlite(path, { synchronous: 'NORMAL', cacheKiB: options.cacheKiB ?? 24_576, autoCheckpointPages: 16_000 }),
  );
  try {
    storeFault(() => createTables(db));
    return new SqliteWorkspaceStore(db);
  } catch (error) {
    db.close();
    throw error;
  }
}
