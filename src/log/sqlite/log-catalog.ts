// What the log knows about its segments once they are closed: `catalog.db`. It outlives them, so that counts and gaps
// stay exact after retention. Written only by the log's writer; without it (deleted by hand) it is made again from the
// segments that exist.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { uuid } from '../../lib/random.ts';
import { openSqlite, statements, transaction } from '../../lib/sqlite.ts';
import { countsOfTime, minutesOfHour, wholeHours } from '../../lib/whole-hours.ts';
import type { LogCount } from '../event-log.ts';
import { mergeCounts } from './merge-counts.ts';
import type { HashSeed } from './key-hash.ts';
import { decodeRuns } from './segment-tally.ts';
import type { Run } from './segment-tally.ts';

const schema = `
  CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS segments (
    first INTEGER PRIMARY KEY, next INTEGER NOT NULL, earliest INTEGER NOT NULL, peak INTEGER NOT NULL,
    closed INTEGER NOT NULL, bytes INTEGER NOT NULL, totals TEXT NOT NULL, runs BLOB NOT NULL, removed INTEGER);
  CREATE TABLE IF NOT EXISTS counts (
    minute INTEGER NOT NULL, source TEXT NOT NULL, segment INTEGER NOT NULL, accepted INTEGER NOT NULL,
    duplicates INTEGER NOT NULL, PRIMARY KEY (minute, source, segment)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS hour_counts (
    hour INTEGER NOT NULL, source TEXT NOT NULL, segment INTEGER NOT NULL, accepted INTEGER NOT NULL,
    duplicates INTEGER NOT NULL, PRIMARY KEY (hour, source, segment)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS lives (life INTEGER PRIMARY KEY, mark TEXT NOT NULL, begins INTEGER NOT NULL);`;

/** Adds up the hours of segments that an earlier version closed without. */
const addMissingHours = `
  INSERT OR REPLACE INTO hour_counts
  SELECT minute / 60, source, segment, sum(accepted), sum(duplicates) FROM counts
  WHERE segment NOT IN (SELECT segment FROM hour_counts) GROUP BY minute / 60, source, segment`;

/**
 * From one start of the log's writer to the next. A copy of the log shares the lives up to when it was made, and none
 * after that, for each has a mark that is drawn: so two copies that both went on are told apart.
 */
export interface LogLife {
  readonly mark: string;
  /** First offset written in it. */
  readonly begins: number;
}

const keptLives = 10_000;

/** A closed segment: offsets `[first, next)`. */
export interface ClosedSegment {
  readonly first: number;
  readonly next: number;
  /** Earliest and latest receipt, ms since 1970. */
  readonly earliest: number;
  readonly peak: number;
  /** When it was closed, by the clock of then. */
  readonly closed: number;
  readonly bytes: number;
  /** When retention removed it, or null. */
  readonly removed: number | null;
}

/** Who sent how many in order: what is left of a segment after retention. */
export interface SegmentRuns {
  /** Events per source; the order of the sources is the one that `runs` refers to. */
  readonly totals: readonly (readonly [sourceId: string, events: number])[];
  readonly runs: Uint8Array;
}

export class LogCatalog {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof statements>;

  private constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = statements(db);
  }

  /** Opens the catalog for the writer, or makes it. */
  static open(folder: string): LogCatalog {
    const db = openSqlite(catalogPath(folder), { synchronous: 'FULL' });
    db.exec(schema);
    // Asked of the short table first, for the other grows by every minute.
    const missing = db.prepare('SELECT 1 FROM segments WHERE first NOT IN (SELECT segment FROM hour_counts) LIMIT 1');
    if (missing.get()) db.exec(addMissingHours);
    return new LogCatalog(db);
  }

  /** Opens it read-only; null while the log has never been written. */
  static openReader(folder: string): LogCatalog | null {
    if (!existsSync(catalogPath(folder))) return null;
    return new LogCatalog(openSqlite(catalogPath(folder), { readOnly: true, cacheKiB: 256 }));
  }

  /** The seed of the log's hashes. A new catalog takes `found` (the seed in a segment that exists) or draws one. */
  seed(found: () => HashSeed | null): HashSeed {
    const stored = this.readSeed();
    if (stored) return stored;
    const seed = found() ?? uuid().replaceAll('-', '').slice(-16);
    this.#sql(`INSERT INTO meta VALUES ('seed', ?)`).run(seed);
    return seed;
  }

  readSeed(): HashSeed | null {
    const row = this.#sql(`SELECT value FROM meta WHERE key = 'seed'`).get();
    return row ? String(row['value']) : null;
  }

  /** Begins another life of the log at the offset where its writer found the end. */
  beginLife(begins: number): void {
    const { lastInsertRowid } = this.#sql('INSERT INTO lives (mark, begins) VALUES (?, ?)').run(uuid(), begins);
    this.#sql('DELETE FROM lives WHERE life <= ?').run(Number(lastInsertRowid) - keptLives);
  }

  /** The log's lives, the present one last; those before the first of them are not on record. */
  lives(): readonly LogLife[] {
    return this.#sql('SELECT mark, begins FROM lives ORDER BY life').all() as unknown as LogLife[];
  }

  /** All segments ever closed, in order. */
  segments(): readonly ClosedSegment[] {
    return this.#sql(
      'SELECT first, next, earliest, peak, closed, bytes, removed FROM segments ORDER BY first',
    ).all() as unknown as ClosedSegment[];
  }

  /** Records that a segment is closed, with its counts, in one transaction. Doing so again changes nothing. */
  addClosed(segment: Omit<ClosedSegment, 'removed'>, runs: SegmentRuns, counts: Iterable<LogCount>): void {
    const { first, next, earliest, peak, closed, bytes } = segment;
    transaction(this.#db, () => {
      this.#sql('INSERT OR REPLACE INTO segments VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)').run(
        first,
        next,
        earliest,
        peak,
        closed,
        bytes,
        JSON.stringify(runs.totals),
        runs.runs,
      );
      const count = this.#sql('INSERT OR REPLACE INTO counts VALUES (?, ?, ?, ?, ?)');
      const rows = [...counts];
      for (const { minute, sourceId, accepted, duplicates } of rows)
        count.run(minute, sourceId, first, accepted, duplicates);
      const hour = this.#sql('INSERT OR REPLACE INTO hour_counts VALUES (?, ?, ?, ?, ?)');
      for (const { minute, sourceId, accepted, duplicates } of byHour(rows))
        hour.run(Math.floor(minute / minutesOfHour), sourceId, first, accepted, duplicates);
    });
  }

  markRemoved(first: number, now: number): void {
    this.#sql('UPDATE segments SET removed = ? WHERE first = ?').run(now, first);
  }

  runsOf(first: number): SegmentRuns | null {
    const row = this.#sql('SELECT totals, runs FROM segments WHERE first = ?').get(first);
    if (!row) return null;
    return {
      totals: JSON.parse(String(row['totals'])) as SegmentRuns['totals'],
      runs: row['runs'] as Uint8Array,
    };
  }

  /** Events per source of a whole segment; its runs, half a megabyte, stay on disk. */
  totalsOf(first: number): SegmentRuns['totals'] {
    const row = this.#sql('SELECT totals FROM segments WHERE first = ?').get(first);
    return row ? (JSON.parse(String(row['totals'])) as SegmentRuns['totals']) : [];
  }

  counts(fromMinute: number, toMinute: number, stepMinutes: number): readonly LogCount[] {
    return this.#sql(
      `SELECT source AS sourceId, minute - minute % :step AS minute, sum(accepted) AS accepted,
         sum(duplicates) AS duplicates
       FROM ${countsOfTime('source, accepted, duplicates', 'counts', 'hour_counts')}
       GROUP BY minute - minute % :step, source`,
    ).all({ ...wholeHours(fromMinute, toMinute, stepMinutes), step: stepMinutes }) as unknown as LogCount[];
  }

  /** Runs `read`, which sees one state of the catalog throughout. */
  snapshot<T>(read: () => T): T {
    this.#db.exec('BEGIN');
    try {
      return read();
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}

/** Counts added up per hour and source; `minute` is the hour's first. */
const byHour = (counts: readonly LogCount[]): readonly LogCount[] =>
  mergeCounts(counts.map((count) => ({ ...count, minute: count.minute - (count.minute % minutesOfHour) })));

/** The runs of the events with offsets in `[from, to)` of a segment that begins at `first`. */
export function* runsBetween(segment: SegmentRuns, first: number, from: number, to: number): Generator<Run> {
  const sources = segment.totals.map(([sourceId]) => sourceId);
  let at = first;
  for (const run of decodeRuns(sources, segment.runs)) {
    const events = Math.min(at + run.events, to) - Math.max(at, from);
    if (events > 0) yield { ...run, events };
    at += run.events;
    if (at >= to) return;
  }
}

const catalogPath = (folder: string): string => join(folder, 'catalog.db');
