// Rejected calls by minute, in control.db. Bounded twice, whatever senders do: a minute is kept for as long as the
// overview can look back, and at most so many rows are, the oldest minutes going first. Trimmed once an hour of the
// rejections' own time, with a rejection's transaction, so that there is neither a timer nor a scan per call.
import type { StatementSync } from 'node:sqlite';
import type { Rejection, RejectionMinute } from '../intake-store.ts';

const minuteMs = 60_000;
const keptMinutes = 93 * 24 * 60;
const trimEveryMinutes = 60;

export class RejectionMinutes {
  readonly #sql: (text: string) => StatementSync;
  readonly #mostRows: number;
  /** Of the last rejection; a clock that was put back takes it along. */
  #latest = 0;
  #trimmedAt = 0;

  constructor(sql: (text: string) => StatementSync, mostRows: number) {
    this.#sql = sql;
    this.#mostRows = mostRows;
  }

  /** Inside a transaction. */
  count(sourceId: string, { at, reason, calls = 1 }: Pick<Rejection, 'at' | 'reason' | 'calls'>): void {
    const minute = Math.floor(at / minuteMs);
    this.#latest = minute;
    this.#sql(
      'INSERT INTO rejection_minute VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET calls = calls + excluded.calls',
    ).run(minute, sourceId, reason, calls);
  }

  /** Forgets what is too old or too much, when an hour has passed since it last did. Inside a transaction. */
  trim(): void {
    if (Math.abs(this.#latest - this.#trimmedAt) < trimEveryMinutes) return;
    this.#trimmedAt = this.#latest;
    this.#sql('DELETE FROM rejection_minute WHERE minute < ?').run(this.#latest - keptMinutes);
    const surplus = this.#sql(
      'SELECT minute FROM rejection_minute ORDER BY minute DESC, source_id DESC, reason DESC LIMIT 1 OFFSET ?',
    ).get(this.#mostRows);
    if (surplus) this.#sql('DELETE FROM rejection_minute WHERE minute <= ?').run(Number(surplus['minute']));
  }

  read(fromMinute: number, toMinute: number, stepMinutes: number): readonly RejectionMinute[] {
    const rows = this.#sql(
      `SELECT minute - minute % ?3 AS step, source_id, reason, sum(calls) AS calls FROM rejection_minute
       WHERE minute >= ?1 AND minute < ?2 GROUP BY step, source_id, reason ORDER BY step, source_id, reason`,
    ).all(fromMinute, toMinute, stepMinutes);
    return rows.map((row) => ({
      sourceId: row['source_id'] === '' ? null : String(row['source_id']),
      reason: String(row['reason']),
      minute: Number(row['step']),
      calls: Number(row['calls']),
    }));
  }
}
