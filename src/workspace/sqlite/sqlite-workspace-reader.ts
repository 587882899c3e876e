// Answers questions about the workspace from a connection of its own, which may live on any thread.
//
// Every question is one short read transaction, so it sees one state and never holds back a checkpoint for long.
import type { DatabaseSync } from 'node:sqlite';
import type { Destination } from '../../control/model.ts';
import { openSqlite, statements } from '../../lib/sqlite.ts';
import { cioId } from '../log-position.ts';
import type {
  Activity,
  ContentReport,
  DeliveryMetric,
  EventEffect,
  ObjectType,
  Paged,
  Person,
  PersonSummary,
  Scanned,
  Suppression,
  WorkspaceBalanceSheet,
  WorkspaceLedgerRow,
  WorkspaceObject,
  WorkspaceReader,
} from '../workspace-reader.ts';
import type { WorkspaceCursor } from '../workspace-store.ts';
import { fromChunk } from './effect-chunks.ts';
import { readCursors } from './meta-rows.ts';
import { ObjectQueries } from './object-queries.ts';
import type { RelatedPerson } from './object-queries.ts';
import { PeopleQueries } from './people-queries.ts';
import { RecordQueries } from './record-queries.ts';
import { ScanQueries } from './scan-queries.ts';
import { storeFault } from './store-fault.ts';
import { SubjectQueries } from './subject-queries.ts';
import { TimelineQueries } from './timeline-queries.ts';

export interface SqliteWorkspaceReaderOptions {
  /** Page cache in KiB. @default 8192 */
  readonly cacheKiB?: number;
  /** Rows that a page of a bounded scan looks at: 30 to 250 ms at a million people. @default 50000 */
  readonly scannedRows?: number;
}

/** Opens a file that a store has made. @throws FaultError `store_unavailable` when it cannot be read. */
export function openSqliteWorkspaceReader(
  path: string,
  options: SqliteWorkspaceReaderOptions = {},
): SqliteWorkspaceReader {
  return new SqliteWorkspaceReader(
    storeFault(() => openSqlite(path, { readOnly: true, cacheKiB: options.cacheKiB ?? 8192 })),
    options.scannedRows ?? 50_000,
  );
}

export class SqliteWorkspaceReader implements WorkspaceReader {
  readonly #db: DatabaseSync;
  readonly #prepare: ReturnType<typeof statements>;
  readonly #people: PeopleQueries;
  readonly #timeline: TimelineQueries;
  readonly #objects: ObjectQueries;
  readonly #records: RecordQueries;
  readonly #scans: ScanQueries;

  /** Owns `db`. */
  constructor(db: DatabaseSync, scannedRows: number) {
    this.#db = db;
    this.#prepare = statements(db);
    const subjects = new SubjectQueries(this.#prepare);
    this.#people = new PeopleQueries(this.#prepare, subjects);
    this.#timeline = new TimelineQueries(this.#prepare, subjects);
    this.#objects = new ObjectQueries(this.#prepare, subjects, this.#people);
    this.#records = new RecordQueries(this.#prepare, subjects);
    this.#scans = new ScanQueries(this.#prepare, this.#people, scannedRows);
  }

  async person(identifier: string): Promise<Person | null> {
    return this.#read(() => this.#people.person(identifier));
  }

  async searchPeople(query: string, cursor: string | null, limit: number): Promise<Paged<PersonSummary>> {
    return this.#read(() => this.#people.search(query, cursor, limit));
  }

  async searchByAttribute(
    name: string,
    value: string | null,
    cursor: string | null,
    limit: number,
  ): Promise<Scanned<PersonSummary>> {
    return this.#read(() => this.#scans.peopleWith(name, value, cursor, limit));
  }

  async metricsTo(
    recipients: readonly string[],
    cursor: string | null,
    limit: number,
  ): Promise<Scanned<DeliveryMetric>> {
    return this.#read(() => this.#scans.metricsTo(recipients, cursor, limit));
  }

  async effectsOn(identifier: string, partition: number, from: number): Promise<readonly EventEffect[]> {
    return this.#read(() => this.#scans.effectsOn(identifier, partition, from));
  }

  async timeline(identifier: string, cursor: string | null, limit: number): Promise<Paged<Activity>> {
    return this.#read(() => this.#timeline.page(identifier, cursor, limit));
  }

  async objectTypes(): Promise<readonly ObjectType[]> {
    return this.#read(() => this.#objects.types());
  }

  async objects(objectTypeId: string, cursor: string | null, limit: number): Promise<Paged<WorkspaceObject>> {
    return this.#read(() => this.#objects.page(objectTypeId, cursor, limit));
  }

  async object(objectTypeId: string, objectId: string): Promise<WorkspaceObject | null> {
    return this.#read(() => this.#objects.object(objectTypeId, objectId));
  }

  async related(
    objectTypeId: string,
    objectId: string,
    cursor: string | null,
    limit: number,
  ): Promise<Paged<RelatedPerson>> {
    return this.#read(() => this.#objects.related(objectTypeId, objectId, cursor, limit));
  }

  async suppressions(cursor: string | null, limit: number): Promise<Paged<Suppression>> {
    return this.#read(() => this.#people.suppressions(cursor, limit));
  }

  async suppressedSince(identifier: string): Promise<number | null> {
    return this.#read(() => this.#people.suppressedSince(identifier));
  }

  async deliveryMetrics(deliveryId: string): Promise<readonly DeliveryMetric[]> {
    return this.#read(() => this.#records.deliveryMetrics(deliveryId));
  }

  async contentReports(contentId: string, cursor: string | null, limit: number): Promise<Paged<ContentReport>> {
    return this.#read(() => this.#records.contentReports(contentId, cursor, limit));
  }

  async effect(partition: number, offset: number): Promise<EventEffect | null> {
    return this.#read(() => {
      const chunk = this.#prepare(
        'SELECT effects FROM effect WHERE partition = ? AND first <= ? ORDER BY first DESC LIMIT 1',
      ).get(partition, offset);
      const effects = chunk ? fromChunk(partition, String(chunk['effects'])) : [];
      const effect = effects.find((one) => one.offset === offset);
      return effect ? { ...effect, person: effect.person === null ? null : cioId(effect.person) } : null;
    });
  }

  async actionsAt(partition: number, offset: number): Promise<Destination | null> {
    return this.#read(() => {
      const cursor = readCursors(this.#prepare).find((one) => one.partition === partition);
      if (!cursor || offset < cursor.start || offset >= cursor.offset) return null;
      const row = this.#prepare(
        'SELECT actions FROM actions_interval WHERE partition = ? AND from_offset <= ? ORDER BY from_offset DESC LIMIT 1',
      ).get(partition, offset);
      return row ? (JSON.parse(String(row['actions'])) as Destination) : null;
    });
  }

  async ledger(fromMinute: number, toMinute: number, stepMinutes = 1): Promise<readonly WorkspaceLedgerRow[]> {
    return this.#read(() => this.#records.ledger(fromMinute, toMinute, stepMinutes));
  }

  async balanceSheet(): Promise<WorkspaceBalanceSheet> {
    return this.#read(() => this.#records.balanceSheet());
  }

  async cursors(): Promise<readonly WorkspaceCursor[]> {
    return this.#read(() => readCursors(this.#prepare));
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  #read<T>(work: () => T): T {
    return storeFault(() => {
      this.#db.exec('BEGIN');
      try {
        return work();
      } finally {
        this.#db.exec('COMMIT');
      }
    });
  }
}
