// The embedded delivery store: one SQLite file, one writer.
//
// Commits are not synced one by one (synchronous=NORMAL): after a crash of the machine the newest may be gone, whole,
// and the log redoes them. What the log could not redo is what it has removed; it may remove only what `durableCursors`
// has named, and that call syncs everything before it answers.
import { FaultError } from '../../errors/errors.ts';
import { openSqlite, transaction } from '../../lib/sqlite.ts';
import { minutesOfHour } from '../../lib/whole-hours.ts';
import type { DeadLetterSelection } from '../delivery-reader.ts';
import type {
  Audit,
  DeliveryStore,
  DestinationCommit,
  DurableCursor,
  EditedDeadLetter,
  EventPosition,
  ParkedEvent,
  StoredDestination,
} from '../delivery-store.ts';
import { applyCommit, count, countAction } from './apply-commit.ts';
import type { ReplayFailure, ReplayRun } from '../replay/replay.ts';
import { conditionsOf, editLetter } from './dead-letter-rows.ts';
import type { Condition } from './dead-letter-rows.ts';
import { saveReplay } from './replay-rows.ts';
import { ensureSchema, tablesOfDestination } from './schema.ts';
import { int, intOrNull, text } from './row.ts';
import type { Row } from './row.ts';
import { SqliteDeliveryReader, toCondition } from './sqlite-delivery-reader.ts';

/** Rows that one transaction removes or changes at most, so that no user command holds the file for long. */
const sliceRows = 2000;

export function openSqliteDelivery(path: string): DeliveryStore {
  const db = openSqlite(path, { synchronous: 'NORMAL', cacheKiB: 8 * 1024 });
  ensureSchema(db);
  return new SqliteDelivery(db);
}

class SqliteDelivery extends SqliteDeliveryReader implements DeliveryStore {
  async destinationIds(): Promise<readonly string[]> {
    return this.sql('SELECT DISTINCT destination FROM cursor')
      .all()
      .map((row) => text(row, 'destination'));
  }

  async load(destinationId: string): Promise<StoredDestination | null> {
    const cursors = this.sql('SELECT * FROM cursor WHERE destination = ?').all(destinationId);
    if (cursors.length === 0) return null;
    const parked = this.sql(
      `SELECT partition, offset, source, message_id, received_at, order_keys, attempts, spent_ms, retry_at, settled, reason
       FROM parked WHERE destination = ? ORDER BY seq`,
    ).all(destinationId);
    const last = this.sql('SELECT version FROM version WHERE destination = ? ORDER BY from_offset DESC LIMIT 1').get(
      destinationId,
    );
    return {
      version: last ? int(last, 'version') : null,
      cursors: cursors.map((row) => ({
        partition: int(row, 'partition'),
        start: int(row, 'start'),
        offset: int(row, 'offset'),
        reached: int(row, 'reached'),
      })),
      parked: parked.map(toParkedEvent),
      condition: toCondition(this.sql('SELECT * FROM condition WHERE destination = ?').get(destinationId)),
    };
  }

  async begin(
    destinationId: string,
    cursors: readonly { readonly partition: number; readonly start: number }[],
  ): Promise<void> {
    this.#write(() => {
      for (const { partition, start } of cursors) {
        this.sql('INSERT INTO cursor VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING').run(
          destinationId,
          partition,
          start,
          start,
          start,
          start,
        );
      }
    });
  }

  async commit(commits: readonly DestinationCommit[]): Promise<void> {
    this.#write(() => {
      for (const commit of commits) applyCommit(this.sql, commit);
    });
  }

  async parkedBodies(destinationId: string, positions: readonly EventPosition[]): Promise<readonly string[]> {
    return positions.map(({ partition, offset }) => {
      const row = this.sql('SELECT body FROM parked WHERE destination = ? AND partition = ? AND offset = ?').get(
        destinationId,
        partition,
        offset,
      );
      if (!row) throw new FaultError('internal', `Event ${partition}/${offset} of ${destinationId} is not parked.`);
      return text(row, 'body');
    });
  }

  async editDeadLetter(destinationId: string, id: number, edited: EditedDeadLetter): Promise<boolean> {
    return this.#write(() => editLetter(this.sql, destinationId, id, edited));
  }

  async requeue(destinationId: string, selection: DeadLetterSelection): Promise<number> {
    return this.#inSlices(selection, ({ where: chosen, values }) =>
      this.#write(() =>
        Number(
          this.sql(
            `UPDATE dead_letter SET state = 'requeued' WHERE id IN (
               SELECT id FROM dead_letter WHERE destination = ? AND state = 'dead' ${chosen} LIMIT ${sliceRows})`,
          ).run(destinationId, ...values).changes,
        ),
      ),
    );
  }

  async takeRequeued(destinationId: string, limit: number): Promise<readonly ParkedEvent[]> {
    return this.#write(() => {
      const rows = this.sql(
        `SELECT * FROM dead_letter WHERE destination = ? AND state = 'requeued' ORDER BY id LIMIT ?`,
      ).all(destinationId, limit);
      return rows.map((row) => {
        const minute = Math.floor(int(row, 'received_at') / 60_000);
        const settled = JSON.parse(text(row, 'settled')) as ParkedEvent['settled'];
        const done = Object.entries(settled).filter(([, outcome]) => outcome === 'delivered');
        // All of its actions are counted again when it ends, those that were carried out before too.
        for (const [actionId, outcome] of Object.entries(settled))
          countAction(this.sql, destinationId, { actionId, minute, outcome, events: -1 });
        const failed = { sourceId: text(row, 'source'), minute, outcome: 'failed', reason: '', events: -1 } as const;
        count(this.sql, destinationId, failed);
        this.sql(
          `INSERT INTO parked (destination, partition, offset, source, message_id, received_at, order_keys, attempts,
             spent_ms, retry_at, settled, reason, body)
           SELECT destination, partition, offset, source, message_id, received_at, order_keys, 0, 0, 0, ?, '', body
           FROM dead_letter WHERE id = ?`,
        ).run(JSON.stringify(Object.fromEntries(done)), int(row, 'id'));
        this.sql('DELETE FROM dead_letter WHERE id = ?').run(int(row, 'id'));
        return toParkedEvent({
          ...row,
          attempts: 0,
          spent_ms: 0,
          retry_at: 0,
          settled: JSON.stringify(Object.fromEntries(done)),
          reason: '',
        });
      });
    });
  }

  async discard(destinationId: string, selection: DeadLetterSelection): Promise<number> {
    return this.#inSlices(selection, ({ where: chosen, values }) =>
      this.#write(() => {
        const rows = this.sql(
          `SELECT id, source, received_at FROM dead_letter WHERE destination = ? AND state <> 'discarded' ${chosen}
           LIMIT ${sliceRows}`,
        ).all(destinationId, ...values);
        for (const row of rows) {
          const of = { sourceId: text(row, 'source'), minute: Math.floor(int(row, 'received_at') / 60_000) };
          count(this.sql, destinationId, { ...of, outcome: 'failed', reason: '', events: -1 });
          count(this.sql, destinationId, { ...of, outcome: 'discarded', reason: 'user', events: 1 });
          // What is left of it says where the event went.
          this.sql(`UPDATE dead_letter SET state = 'discarded', body = '' WHERE id = ?`).run(int(row, 'id'));
        }
        return rows.length;
      }),
    );
  }

  async saveReplay(run: ReplayRun, failures: readonly ReplayFailure[]): Promise<void> {
    this.#write(() => saveReplay(this.sql, run, failures));
  }

  async recordAudit(audits: readonly Audit[]): Promise<void> {
    this.#write(() => {
      for (const { destinationId, partition, from, to, sources } of audits) {
        const moved = this.sql(
          'UPDATE cursor SET audited = ? WHERE destination = ? AND partition = ? AND audited = ? AND offset >= ?',
        ).run(to, destinationId, partition, from, to);
        if (Number(moved.changes) === 0) continue;
        for (const { sourceId, events } of sources) {
          this.sql(
            `INSERT INTO audit VALUES (?, ?, ?) ON CONFLICT (destination, source) DO UPDATE SET events = events + excluded.events`,
          ).run(destinationId, sourceId, events);
        }
      }
    });
  }

  async durableCursors(): Promise<readonly DurableCursor[]> {
    const cursors = this.sql(
      'SELECT c.destination, c.partition, c.offset, d.disabled_at FROM cursor c LEFT JOIN condition d USING (destination)',
    )
      .all()
      .map((row) => ({
        destinationId: text(row, 'destination'),
        partition: int(row, 'partition'),
        offset: int(row, 'offset'),
        disabledAt: intOrNull(row, 'disabled_at'),
      }));
    this.db.exec('PRAGMA synchronous=FULL');
    try {
      // A synced commit syncs the write-ahead log as a whole, and with it every commit before.
      this.#write(() => this.sql('UPDATE synced SET times = times + 1').run());
    } finally {
      this.db.exec('PRAGMA synchronous=NORMAL');
    }
    return cursors;
  }

  async trim(partition: number, offset: number, minute: number): Promise<void> {
    const old = `partition = ${partition} AND offset < ${offset}`;
    // As long as an event is unfinished its tries are of use, log or not.
    const unfinished = ['parked', 'dead_letter'].map(
      (table) => `NOT EXISTS (SELECT 1 FROM ${table} AS held WHERE held.destination = attempt.destination
         AND held.partition = attempt.partition AND held.offset = attempt.offset)`,
    );
    this.#deleteInSlices('attempt', `${old} AND ${unfinished.join(' AND ')}`);
    this.#deleteInSlices('dead_letter', `${old} AND state = 'discarded'`);
    this.#write(() => {
      this.sql('DELETE FROM edited WHERE partition = ? AND offset < ?').run(partition, offset);
      this.sql('DELETE FROM gap WHERE partition = ? AND to_offset <= ?').run(partition, offset);
      this.sql(
        `DELETE FROM version WHERE partition = ? AND from_offset < (SELECT max(from_offset) FROM version AS later
           WHERE later.destination = version.destination AND later.partition = version.partition AND later.from_offset <= ?)`,
      ).run(partition, offset);
      // Whole hours, so that what is left of minutes and hours agrees.
      const hour = Math.floor(minute / minutesOfHour);
      for (const table of ['ledger', 'action_ledger', 'delay']) {
        this.sql(`DELETE FROM ${table} WHERE minute < ?`).run(hour * minutesOfHour);
        this.sql(`DELETE FROM ${table}_hour WHERE hour < ?`).run(hour);
      }
    });
  }

  async remove(destinationId: string): Promise<void> {
    for (const table of ['parked', 'dead_letter', 'attempt']) {
      this.#deleteInSlices(table, 'destination = ?', destinationId);
    }
    this.#write(() => {
      for (const table of tablesOfDestination)
        this.sql(`DELETE FROM ${table} WHERE destination = ?`).run(destinationId);
    });
  }

  #deleteInSlices(table: string, where: string, ...values: string[]): void {
    const remove = this.db.prepare(
      `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${where} LIMIT ${sliceRows})`,
    );
    while (this.#write(() => Number(remove.run(...values).changes)) === sliceRows);
  }

  /** Applies `change` to slices of what is selected, until there are no more. */
  #inSlices(selection: DeadLetterSelection, change: (condition: Condition) => number): number {
    let total = 0;
    for (const condition of conditionsOf(selection, sliceRows)) {
      for (let changed = sliceRows; changed === sliceRows; total += changed) changed = change(condition);
    }
    return total;
  }

  #write<T>(work: () => T): T {
    try {
      return transaction(this.db, work);
    } catch (error) {
      if (error instanceof FaultError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new FaultError('store_unavailable', `delivery.db cannot be written: ${why}.`, { cause: error });
    }
  }
}

function toParkedEvent(row: Row): ParkedEvent {
  return {
    partition: int(row, 'partition'),
    offset: int(row, 'offset'),
    sourceId: text(row, 'source'),
    messageId: text(row, 'message_id'),
    receivedAt: int(row, 'received_at'),
    orderKeys: JSON.parse(text(row, 'order_keys')) as string[],
    attempts: int(row, 'attempts'),
    spentMs: int(row, 'spent_ms'),
    retryAt: int(row, 'retry_at'),
    settled: JSON.parse(text(row, 'settled')) as ParkedEvent['settled'],
    reason: text(row, 'reason'),
  };
}
