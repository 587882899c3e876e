// Opens SQLite files the way every engine here wants them: WAL, no blocking on a busy lock, statements prepared once.
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';

export interface SqliteOptions {
  /** FULL: a commit survives power loss. NORMAL: it survives a crash of the process; after power loss the newest commits may be gone. */
  readonly synchronous?: 'FULL' | 'NORMAL';
  readonly readOnly?: boolean;
  /** Page cache in KiB. */
  readonly cacheKiB?: number;
  /** Pages in the write-ahead log from which a commit also checkpoints; 0 leaves checkpoints to the caller. */
  readonly autoCheckpointPages?: number;
  readonly pageSize?: number;
  /** How long to wait for another connection's lock. @default 5000 */
  readonly busyTimeoutMs?: number;
  /** @default 'WAL' */
  readonly journal?: 'WAL' | 'DELETE';
}

/** Opens (and for writers creates) a database file. */
export function openSqlite(path: string, options: SqliteOptions = {}): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: options.busyTimeoutMs ?? 5000 });
  if (!options.readOnly) {
    if (options.pageSize) db.exec(`PRAGMA page_size=${options.pageSize}`);
    db.exec(`PRAGMA journal_mode=${options.journal ?? 'WAL'}`);
    db.exec(`PRAGMA synchronous=${options.synchronous ?? 'FULL'}`);
    db.exec(`PRAGMA wal_autocheckpoint=${options.autoCheckpointPages ?? 1000}`);
  }
  if (options.cacheKiB) db.exec(`PRAGMA cache_size=-${options.cacheKiB}`);
  return db;
}

/** Runs `work` in one immediate transaction; rolls back and rethrows when it throws. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // After SQLITE_FULL and I/O errors SQLite may have rolled back by itself.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** Prepares each SQL text once per database. */
export function statements(db: DatabaseSync): (sql: string) => StatementSync {
  const cache = new Map<string, StatementSync>();
  return (sql) => {
    let statement = cache.get(sql);
    if (!statement) cache.set(sql, (statement = db.prepare(sql)));
    return statement;
  };
}

/** The number that an application may keep in a database file's header, up to 2^31 - 1; 0 until one is set. */
export function readFileTag(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA application_id').get()?.['application_id'] ?? 0);
}

export const writeFileTag = (db: DatabaseSync, tag: number): void => db.exec(`PRAGMA application_id=${tag}`);

/** A text that an application keeps in a database file, in a table of that name of its own; null until it is set. */
export function readFileNote(db: DatabaseSync, name: string): string | null {
  if (!db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(name)) return null;
  const row = db.prepare(`SELECT text FROM ${name}`).get();
  return row ? String(row['text']) : null;
}

export const writeFileNote = (db: DatabaseSync, name: string, text: string): void =>
  transaction(db, () => {
    db.exec(`CREATE TABLE IF NOT EXISTS ${name} (only INTEGER PRIMARY KEY CHECK (only = 1), text TEXT NOT NULL)`);
    db.prepare(`INSERT OR REPLACE INTO ${name} VALUES (1, ?)`).run(text);
  });
