// Writing one segment file. A segment is a SQLite database named after its first offset; one transaction of it stores
// one group commit: its blocks, its counts, and now and then a snapshot of the totals.
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { openSqlite, statements, transaction } from '../../lib/sqlite.ts';
import { syncFolder } from '../../lib/sync-folder.ts';
import type { LogCount } from '../event-log.ts';
import type { Block } from './block.ts';
import type { HashSeed } from './key-hash.ts';
import { SegmentView } from './segment-view.ts';

const schema = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE blocks (
    first INTEGER PRIMARY KEY, count INTEGER NOT NULL, peak INTEGER NOT NULL, keys TEXT NOT NULL, body NOT NULL);
  CREATE TABLE counts (
    minute INTEGER NOT NULL, source TEXT NOT NULL, accepted INTEGER NOT NULL, duplicates INTEGER NOT NULL,
    PRIMARY KEY (minute, source)) WITHOUT ROWID;
  CREATE TABLE totals (at INTEGER PRIMARY KEY, events TEXT NOT NULL);
  CREATE TABLE probe (id INTEGER PRIMARY KEY, filler BLOB NOT NULL);`;

const writing = { synchronous: 'FULL', autoCheckpointPages: 0, cacheKiB: 1024 } as const;

/** What a file is called until it is whole. A start removes what it finds under such a name. */
export const draftEnding = '.tmp';

/** Space that has to be free before a log that ran out of it takes events again. */
const probeBytes = 256 * 1024;

/** What one group commit stores. */
export interface Commit {
  readonly blocks: readonly Block[];
  readonly counts: readonly LogCount[];
  /** A snapshot of events per source up to offset `at`, when one is due. */
  readonly totals?: { readonly at: number; readonly events: ReadonlyMap<string, number> };
}

export class SegmentFile {
  readonly first: number;
  readonly path: string;
  /** When the file was made, ms since 1970. */
  readonly createdAt: number;
  readonly view: SegmentView;
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof statements>;

  private constructor(path: string, first: number, createdAt: number, db: DatabaseSync) {
    this.path = path;
    this.first = first;
    this.createdAt = createdAt;
    this.view = new SegmentView(db);
    this.#db = db;
    this.#sql = statements(db);
  }

  /** Opens the segment, or makes it: then its file is whole and durable in the folder before it has its name. */
  static open(folder: string, first: number, seed: HashSeed, now: number): SegmentFile {
    const path = segmentPath(folder, first);
    if (!existsSync(path)) create(folder, path, seed, now);
    const db = openSqlite(path, writing);
    try {
      // Nobody else writes here: a lock that is not free is a fault to report, not to wait for.
      db.exec('PRAGMA busy_timeout = 0');
      const created = db.prepare(`SELECT value FROM meta WHERE key = 'created'`).get();
      return new SegmentFile(path, first, Number(created?.['value']), db);
    } catch (error) {
      db.close();
      throw error;
    }
  }

  /** Stores a group: all of it durably, or nothing. */
  commit(commit: Commit): void {
    // Prepared once, unlike those of lib/sqlite: that is a twentieth of what a commit costs.
    this.#sql('BEGIN IMMEDIATE').run();
    try {
      this.#insert(commit);
      this.#sql('COMMIT').run();
    } catch (error) {
      // After SQLITE_FULL and I/O errors SQLite may have rolled back by itself.
      if (this.#db.isTransaction) this.#sql('ROLLBACK').run();
      throw error;
    }
  }

  /** Copies what it can of the write-ahead log into the file. True when all of it went, so that the log begins anew. */
  checkpoint(): boolean {
    const row = this.#sql('PRAGMA wal_checkpoint(PASSIVE)').get();
    return row?.['busy'] === 0 && row['log'] === row['checkpointed'];
  }

  /** Empties the write-ahead log for good. False while a reader is in it. */
  finish(): boolean {
    return this.checkpoint() && this.#sql('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] === 0;
  }

  /** Throws when the file still cannot take a group of moderate size. */
  probe(): void {
    this.#sql('INSERT OR REPLACE INTO probe VALUES (1, zeroblob(?))').run(probeBytes);
    this.#sql('DELETE FROM probe').run();
  }

  /** Closes the file; SQLite copies the write-ahead log into it if nobody else has it open. */
  close(): void {
    this.view.close();
  }

  #insert(commit: Commit): void {
    const block = this.#sql('INSERT INTO blocks VALUES (?, ?, ?, ?, ?)');
    for (const { first, count, peak, keys, body } of commit.blocks) block.run(first, count, peak, keys, body);
    const count = this.#sql(
      `INSERT INTO counts VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET accepted = accepted + excluded.accepted, duplicates = duplicates + excluded.duplicates`,
    );
    for (const { minute, sourceId, accepted, duplicates } of commit.counts)
      count.run(minute, sourceId, accepted, duplicates);
    if (!commit.totals) return;
    const { at, events } = commit.totals;
    this.#sql('INSERT OR REPLACE INTO totals VALUES (?, ?)').run(at, JSON.stringify(Object.fromEntries(events)));
  }
}

const segmentName = (first: number): string => String(first).padStart(20, '0');
export const segmentPath = (folder: string, first: number): string => join(folder, `${segmentName(first)}.db`);
export const indexPath = (folder: string, first: number): string => join(folder, `${segmentName(first)}.idx`);
export const keptKeysPath = (folder: string, first: number): string => join(folder, `${segmentName(first)}.keys`);

/** The first offset of a segment from its file's name; null for other files. */
export function firstOf(fileName: string): number | null {
  return /^\d{20}\.db$/.test(fileName) ? Number(fileName.slice(0, 20)) : null;
}

/** Readers list the folder at any moment, so a segment gets its name only when its tables are there. */
function create(folder: string, path: string, seed: HashSeed, now: number): void {
  const draft = `${path}${draftEnding}`;
  for (const end of ['', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true });
  const db = openSqlite(draft, writing);
  try {
    transaction(db, () => {
      db.exec(schema);
      const put = db.prepare('INSERT INTO meta VALUES (?, ?)');
      put.run('format', '1');
      put.run('seed', seed);
      put.run('created', String(now));
    });
  } finally {
    db.close();
  }
  renameSync(draft, path);
  syncFolder(folder);
}

/** Every file that belongs to the segment. */
export function filesOf(folder: string, first: number): readonly string[] {
  const db = segmentPath(folder, first);
  return [db, `${db}-wal`, `${db}-shm`, indexPath(folder, first), keptKeysPath(folder, first)];
}

/** Bytes that the segment takes on disk. */
export function sizeOf(folder: string, first: number): number {
  return filesOf(folder, first).reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}
