// Reading one segment file, in whichever thread. Every question is one short statement, so that no read transaction
// stays open and the writer's checkpoints are never held up.
import type { DatabaseSync } from 'node:sqlite';
import { openSqlite, statements } from '../../lib/sqlite.ts';
import type { LogCount } from '../event-log.ts';
import { parseKeys } from './block.ts';
import type { BlockKeys } from './block.ts';

export interface StoredBlock {
  readonly first: number;
  readonly count: number;
  readonly keys: string;
  /** Text, or bytes when compressed. */
  readonly body: unknown;
}

/** Whose events a block holds. */
export interface KeyedBlock {
  readonly first: number;
  readonly keys: BlockKeys;
}

export class SegmentView {
  readonly #db: DatabaseSync;
  readonly #sql: ReturnType<typeof statements>;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#sql = statements(db);
  }

  /** Opens a segment read-only. Throws when the file is gone. */
  static open(path: string): SegmentView {
    return new SegmentView(openSqlite(path, { readOnly: true, cacheKiB: 256 }));
  }

  /** The offset after the last event, or `first` when there is none. */
  end(first: number): number {
    const row = this.#sql('SELECT first + count AS end FROM blocks ORDER BY first DESC LIMIT 1').get();
    return row ? Number(row['end']) : first;
  }

  /** The block that holds `offset`, then those after it, one at a time. */
  *blocksFrom(offset: number): Generator<StoredBlock> {
    const rows = this.#sql(
      `SELECT first, count, keys, body FROM blocks
       WHERE first >= coalesce((SELECT max(first) FROM blocks WHERE first <= ?1), ?1) ORDER BY first`,
    ).iterate(offset);
    for (const row of rows as Iterable<unknown>) {
      const block = row as StoredBlock;
      if (block.first + block.count > offset) yield block;
    }
  }

  /** Whose event lies at `offset`, with the whole block's keys, or null. */
  keysAt(offset: number): KeyedBlock | null {
    const row = this.#sql('SELECT first, keys FROM blocks WHERE first <= ? ORDER BY first DESC LIMIT 1').get(offset);
    if (!row) return null;
    return { first: Number(row['first']), keys: parseKeys(String(row['keys'])) };
  }

  /** The keys of all blocks that end after `offset` and begin before `to`. */
  *keysBetween(offset: number, to: number): Generator<KeyedBlock> {
    const rows = this.#sql(
      `SELECT first, keys FROM blocks
       WHERE first >= coalesce((SELECT max(first) FROM blocks WHERE first <= ?1), ?1) AND first < ?2 ORDER BY first`,
    ).iterate(offset, to);
    for (const row of rows as Iterable<unknown>) {
      const { first, keys } = row as { first: number; keys: string };
      yield { first, keys: parseKeys(keys) };
    }
  }

  /** The blocks that begin in `[from, to)` and whose keys mention the id, newest first. */
  blocksNaming(messageId: string, from: number, to: number): readonly KeyedBlock[] {
    const rows = this.#sql(
      'SELECT first, keys FROM blocks WHERE first >= ? AND first < ? AND instr(keys, ?) > 0 ORDER BY first DESC',
    ).all(from, to, JSON.stringify(messageId));
    return rows.map((row) => ({ first: Number(row['first']), keys: parseKeys(String(row['keys'])) }));
  }

  /** The block in which the segment's latest receipt first reaches `timeMs`; null when it stays below. */
  blockReaching(timeMs: number): KeyedBlock | null {
    // `peak` never falls, so it can be bisected over the offsets; each probe asks for the first block at or after one.
    const probe = this.#sql('SELECT first, count, peak FROM blocks WHERE first >= ? ORDER BY first LIMIT 1');
    const bounds = this.#sql('SELECT min(first) AS low, max(first) AS high FROM blocks').get();
    if (!bounds || bounds['low'] === null) return null;
    let low = Number(bounds['low']);
    let high = Number(bounds['high']) + 1;
    let found: number | null = null;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const block = probe.get(middle) as { first: number; count: number; peak: number } | undefined;
      if (block && block.peak >= timeMs) {
        found = block.first;
        high = middle;
      } else low = block ? block.first + block.count : high;
    }
    return found === null ? null : this.keysAt(found);
  }

  counts(fromMinute: number, toMinute: number, stepMinutes = 1): readonly LogCount[] {
    return this.#sql(
      `SELECT source AS sourceId, minute - minute % ?3 AS minute, sum(accepted) AS accepted,
         sum(duplicates) AS duplicates
       FROM counts WHERE minute >= ?1 AND minute < ?2 GROUP BY minute - minute % ?3, source`,
    ).all(fromMinute, toMinute, stepMinutes) as unknown as LogCount[];
  }

  /** The newest snapshot of events per source at or before `offset`: how many this segment holds before `at`. */
  totalsBefore(offset: number): { readonly at: number; readonly events: Readonly<Record<string, number>> } | null {
    const row = this.#sql('SELECT at, events FROM totals WHERE at <= ? ORDER BY at DESC LIMIT 1').get(offset);
    if (!row) return null;
    return { at: Number(row['at']), events: JSON.parse(String(row['events'])) as Record<string, number> };
  }

  meta(key: string): string | null {
    const row = this.#sql('SELECT value FROM meta WHERE key = ?').get(key);
    return row ? String(row['value']) : null;
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }
}
