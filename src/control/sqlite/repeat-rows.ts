// Repeats of stored events, in control.db: one row per event that came again, merged as reports come in. Per source at
// most so many rows, those whose last repeat is longest ago going first in strides of a sixteenth; how many duplicates
// there were in all is counted by the log and stays.
import type { StatementSync } from 'node:sqlite';
import type { Repeats } from '../intake-store.ts';

export class RepeatRows {
  readonly #sql: (text: string) => StatementSync;
  readonly #mostPerSource: number;

  constructor(sql: (text: string) => StatementSync, mostPerSource: number) {
    this.#sql = sql;
    this.#mostPerSource = mostPerSource;
  }

  /** Inside a transaction. */
  merge(repeats: readonly Repeats[]): void {
    for (const { sourceId, messageId, count, firstAt, lastAt, client } of repeats)
      this.#sql(
        `INSERT INTO repeat VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count,
         first_at = min(first_at, excluded.first_at),
         client = CASE WHEN excluded.last_at >= last_at THEN excluded.client ELSE client END,
         last_at = max(last_at, excluded.last_at)`,
      ).run(sourceId, messageId, count, firstAt, lastAt, client);
    for (const sourceId of new Set(repeats.map((one) => one.sourceId))) this.#bound(sourceId);
  }

  find(sourceId: string, messageId: string): Repeats | null {
    const row = this.#sql('SELECT * FROM repeat WHERE source_id = ? AND message_id = ?').get(sourceId, messageId);
    if (!row) return null;
    return {
      sourceId,
      messageId,
      count: Number(row['count']),
      firstAt: Number(row['first_at']),
      lastAt: Number(row['last_at']),
      client: String(row['client']),
    };
  }

  #bound(sourceId: string): void {
    const rows = Number(this.#sql('SELECT count(*) AS n FROM repeat WHERE source_id = ?').get(sourceId)?.['n']);
    if (rows <= this.#mostPerSource) return;
    const surplus = rows - Math.floor(this.#mostPerSource * (1 - 1 / 16));
    this.#sql(
      `DELETE FROM repeat WHERE source_id = ?1 AND message_id IN
       (SELECT message_id FROM repeat WHERE source_id = ?1 ORDER BY last_at LIMIT ?2)`,
    ).run(sourceId, surplus);
  }
}
