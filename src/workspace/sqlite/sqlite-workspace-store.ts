// The workspace's state in one SQLite file, workspace.db. One connection writes; a commit is one transaction.
//
// Synchronisation is NORMAL: after a power loss the newest commits may be gone, rows and cursor alike, and the log
// applies them again.
import type { DatabaseSync } from 'node:sqlite';
import type { Destination } from '../../control/model.ts';
import { FaultError } from '../../errors/errors.ts';
import { statements, transaction } from '../../lib/sqlite.ts';
import { minutesOfHour } from '../../lib/whole-hours.ts';
import type { LoadedRows, RowKeys } from '../workspace-rows.ts';
import type {
  ActionsInterval,
  Audit,
  LedgerCount,
  ScannedRows,
  WorkspaceCommit,
  WorkspacePosition,
  WorkspaceStore,
} from '../workspace-store.ts';
import { toChunks } from './effect-chunks.ts';
import { RowLoader } from './load-rows.ts';
import { scanRows } from './scan-rows.ts';
import { StretchMerger } from './merge-stretches.ts';
import { readCursors, readMeta, writeMeta } from './meta-rows.ts';
import { storeFault } from './store-fault.ts';
import { Sweeper } from './sweep.ts';
import { TimelineTail } from './timeline-tail.ts';
import { RowWriter } from './write-rows.ts';

export class SqliteWorkspaceStore implements WorkspaceStore {
  readonly #db: DatabaseSync;
  readonly #prepare: ReturnType<typeof statements>;
  readonly #loader: RowLoader;
  readonly #writer: RowWriter;
  readonly #tail: TimelineTail;
  readonly #sweeper: Sweeper;
  readonly #merger: StretchMerger;

  /** Owns `db`, whose tables exist. */
  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#prepare = statements(db);
    this.#loader = new RowLoader(db);
    this.#writer = new RowWriter(db);
    this.#tail = new TimelineTail(this.#prepare);
    this.#sweeper = new Sweeper(db);
    this.#merger = new StretchMerger(db);
  }

  async position(): Promise<WorkspacePosition> {
    return storeFault(() => ({
      cursors: readCursors(this.#prepare),
      log: readMeta(this.#prepare, 'log'),
      lastObject: readMeta(this.#prepare, 'last_object'),
    }));
  }

  async begin(partition: number, start: number): Promise<void> {
    storeFault(() =>
      this.#prepare(
        'INSERT INTO cursor (partition, start, "offset", audited, entered) VALUES (?1, ?2, ?2, ?2, ?2) ON CONFLICT DO NOTHING',
      ).run(partition, start),
    );
  }

  async load(keys: Partial<RowKeys>): Promise<LoadedRows> {
    return storeFault(() => this.#loader.load(keys));
  }

  async commit(batch: WorkspaceCommit): Promise<void> {
    try {
      storeFault(() => transaction(this.#db, () => this.#apply(batch)));
    } catch (error) {
      this.#writer.forget();
      throw error;
    }
  }

  #apply(batch: WorkspaceCommit): void {
    const { partition, from, to } = batch;
    const moved = this.#prepare(
      'UPDATE cursor SET "offset" = ? WHERE partition = ? AND "offset" = ? RETURNING entered',
    ).get(to, partition, from);
    if (!moved) throw new FaultError('conflict', `Partition ${partition} of the workspace is not at offset ${from}.`);
    this.#writer.write(batch.rows);
    this.#tail.grown(partition, Number(moved['entered']), to);
    for (const chunk of toChunks(batch.effects))
      this.#prepare('INSERT INTO effect (partition, first, last, effects) VALUES (?, ?, ?, ?)').run(
        chunk.partition,
        chunk.first,
        chunk.last,
        chunk.text,
      );
    for (const count of batch.ledger) this.#count(count);
    if (batch.gap) this.#restartAudit();
    writeMeta(this.#prepare, 'log', batch.log);
    writeMeta(this.#prepare, 'last_object', batch.lastObject);
    if (batch.actions)
      this.#prepare('INSERT INTO actions_interval (partition, from_offset, actions) VALUES (?, ?, ?)').run(
        partition,
        from,
        JSON.stringify(batch.actions),
      );
  }

  #count({ minute, sourceId, outcome, events }: LedgerCount): void {
    this.#prepare(
      `INSERT INTO ledger (minute, source_id, outcome, events) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events`,
    ).run(minute, sourceId, outcome, events);
    this.#prepare(
      `INSERT INTO ledger_hour (hour, source_id, outcome, events) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET events = events + excluded.events`,
    ).run(Math.floor(minute / minutesOfHour), sourceId, outcome, events);
    const column = outcome === 'delivered' || outcome === 'filtered' ? outcome : 'discarded';
    this.#prepare('INSERT OR IGNORE INTO total VALUES (?, 0, 0, 0)').run(sourceId);
    this.#prepare(`UPDATE total SET ${column} = ${column} + ? WHERE source_id = ?`).run(events, sourceId);
  }

  /** What retention took can no longer be counted in the log: the audit starts over with what is accounted for by now. */
  #restartAudit(): void {
    this.#db.exec(`DELETE FROM audit;
      INSERT INTO audit SELECT source_id, delivered + filtered + discarded FROM total;
      UPDATE cursor SET audited = "offset"`);
  }

  async recordAudit({ partition, from, to, sources }: Audit): Promise<void> {
    storeFault(() =>
      transaction(this.#db, () => {
        const moved = this.#prepare(
          'UPDATE cursor SET audited = ? WHERE partition = ? AND audited = ? AND "offset" >= ?',
        ).run(to, partition, from, to);
        if (Number(moved.changes) === 0) return;
        const add = this.#prepare(
          'INSERT INTO audit VALUES (?, ?) ON CONFLICT DO UPDATE SET events = events + excluded.events',
        );
        for (const { sourceId, events } of sources) add.run(sourceId, events);
      }),
    );
  }

  async sync(): Promise<void> {
    storeFault(() => {
      this.#db.exec('PRAGMA synchronous=FULL');
      try {
        // A synchronised commit takes the whole write-ahead log with it, and so every commit before.
        writeMeta(this.#prepare, 'syncs', readMeta(this.#prepare, 'syncs') + 1);
      } finally {
        this.#db.exec('PRAGMA synchronous=NORMAL');
      }
    });
  }

  async intervals(): Promise<readonly ActionsInterval[]> {
    return storeFault(() =>
      this.#prepare('SELECT partition, from_offset, actions FROM actions_interval ORDER BY partition, from_offset')
        .all()
        .map((row) => ({
          partition: Number(row['partition']),
          from: Number(row['from_offset']),
          actions: JSON.parse(String(row['actions'])) as Destination,
        })),
    );
  }

  async sweep(logStart: ReadonlyMap<number, number>): Promise<boolean> {
    return storeFault(() => transaction(this.#db, () => this.#merger.slice() || this.#sweeper.slice(logStart)));
  }

  scan<Kind extends keyof ScannedRows>(kind: Kind): AsyncIterable<ScannedRows[Kind]> {
    return scanRows(this.#db, kind);
  }

  async close(): Promise<void> {
    this.#db.close();
  }
}
