// Keeps the workspace's state, and with it how far each partition of the log is applied.
//
// Rows go in and out in batches: `load` what a batch touches, reduce in memory, `commit` what changed together with the
// cursor, the effects and the ledger's counts. So a batch is applied exactly once or not at all. One processor writes;
// readers (workspace-reader.ts) see whole commits only. Each engine passes workspace-store.contract.ts.
import type { Destination } from '../control/model.ts';
import type { Identifier } from './identifiers.ts';
import type { Effect } from './reducer/reduce-event.ts';
import type {
  ActivityRow,
  ContentRow,
  DeviceRow,
  Garbage,
  IdentifierRow,
  LinkRow,
  LoadedRows,
  MetricRow,
  ObjectRow,
  ObjectTypeRow,
  PersonRow,
  ProfileRow,
  RelationshipRow,
  RowKeys,
  TransitionRow,
} from './workspace-rows.ts';

/** A row that replaces what is stored under its key, or null to delete it. */
type Change<Key, Row> = readonly [key: Key, row: Row | null];

/** Rows that a batch changed or added. */
export interface RowChanges {
  readonly identifiers: Iterable<Change<Identifier, IdentifierRow>>;
  readonly people: Iterable<Change<number, PersonRow>>;
  readonly profiles: Iterable<Change<number, ProfileRow>>;
  readonly devices: Iterable<Change<string, DeviceRow>>;
  readonly objects: Iterable<Change<string, ObjectRow>>;
  readonly objectTypes: Iterable<Change<string, ObjectTypeRow>>;
  readonly relationships: Iterable<Change<string, RelationshipRow>>;
  readonly transitions: Iterable<Change<string, TransitionRow>>;
  readonly newLinks: readonly LinkRow[];
  readonly activities: readonly ActivityRow[];
  readonly metrics: readonly MetricRow[];
  readonly contents: readonly ContentRow[];
  readonly garbage: readonly Garbage[];
}

/** Events of one source received in one minute that came to one end. */
export interface LedgerCount {
  readonly sourceId: string;
  /** Minutes since 1970. */
  readonly minute: number;
  /** `delivered`, `filtered`, or `discarded:` and the reason. */
  readonly outcome: string;
  readonly events: number;
}

/** One batch's worth of change. */
export interface WorkspaceCommit {
  readonly partition: number;
  /** Where the cursor must stand. */
  readonly from: number;
  /** Where it stands afterwards. */
  readonly to: number;
  /** The log time reached. */
  readonly log: number;
  /** Last number given to an object. */
  readonly lastObject: number;
  readonly rows: RowChanges;
  readonly effects: readonly Effect[];
  readonly ledger: readonly LedgerCount[];
  /** Set when this batch is the first under other actions: they hold from `from` on. */
  readonly actions?: Destination;
  /** Set when retention removed some of the batch's events: the audit starts over behind it. */
  readonly gap?: boolean;
}

/** How far one partition is applied. */
export interface WorkspaceCursor {
  readonly partition: number;
  /** Offset at which the workspace began. */
  readonly start: number;
  /** First offset that has not been applied. */
  readonly offset: number;
  /** Up to here the log's own counts have been added up; see {@link WorkspaceStore.recordAudit}. */
  readonly auditedTo: number;
}

/** The log's own count of a stretch that has been applied. */
export interface Audit {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  readonly sources: readonly { readonly sourceId: string; readonly events: number }[];
}

/** Where a processor goes on. */
export interface WorkspacePosition {
  readonly cursors: readonly WorkspaceCursor[];
  readonly log: number;
  readonly lastObject: number;
}

/** From which offset on which actions hold. */
export interface ActionsInterval {
  readonly partition: number;
  readonly from: number;
  readonly actions: Destination;
}

export interface WorkspaceStore {
  /** Where to go on after a start or a failed commit. PostgreSQL: one REPEATABLE READ transaction. */
  position(): Promise<WorkspacePosition>;
  /** Gives a partition a cursor at `start` unless it has one. PostgreSQL: INSERT … ON CONFLICT DO NOTHING. */
  begin(partition: number, start: number): Promise<void>;
  /**
   * The rows under the keys. PostgreSQL: one statement per kind of row with the keys as arrays; with several workers,
   * SELECT … FOR UPDATE in key order inside the transaction that `commit` ends.
   */
  load(keys: Partial<RowKeys>): Promise<LoadedRows>;
  /**
   * Applies a batch, all or nothing. Rejects with FaultError `conflict` when the cursor is not at `from` (somebody else
   * has applied it), and with FaultError `store_unavailable` when the engine fails; then nothing is applied.
   * PostgreSQL: one transaction that begins with UPDATE … WHERE offset = from, then INSERT … SELECT FROM unnest per kind.
   */
  commit(batch: WorkspaceCommit): Promise<void>;
  /**
   * Adds the log's own counts to the account; ignored unless `from` is where the audit stands and `to` is applied. The
   * two sides of the ledger stay comparable that way when the log has removed what was counted. PostgreSQL: one
   * transaction with a conditional UPDATE.
   */
  recordAudit(audit: Audit): Promise<void>;
  /** Resolves when everything committed so far survives a power loss. PostgreSQL: nothing to do. */
  sync(): Promise<void>;
  /** The actions' intervals, oldest first; a rebuild under the same ones gives the same state. PostgreSQL: one SELECT. */
  intervals(): Promise<readonly ActionsInterval[]>;
  /**
   * Removes a little of what nothing leads to any more (deleted people's data, expired anonymous activity), and effects
   * of events before `logStart`, which retention has removed; puts together what is read together. Never changes what a
   * reader sees. Resolves with whether there is more to do. PostgreSQL: short DELETE … WHERE ctid IN (SELECT … LIMIT n) transactions.
   */
  sweep(logStart: ReadonlyMap<number, number>): Promise<boolean>;
  /** Rows of one kind in key order, for `dumpState`. PostgreSQL: keyset pages in one REPEATABLE READ transaction. */
  scan<Kind extends keyof ScannedRows>(kind: Kind): AsyncIterable<ScannedRows[Kind]>;
  /** Waits for what is in flight, then releases everything. */
  close(): Promise<void>;
}

/** Kinds of rows that can be read whole. */
export interface ScannedRows {
  readonly identifiers: IdentifierRow;
  readonly people: PersonRow;
  readonly profiles: ProfileRow;
  readonly devices: DeviceRow;
  readonly objects: ObjectRow;
  readonly objectTypes: ObjectTypeRow;
  readonly relationships: RelationshipRow;
  readonly links: LinkRow;
  readonly transitions: TransitionRow;
  readonly activities: ActivityRow;
  readonly metrics: MetricRow;
  readonly contents: ContentRow;
  readonly effects: Effect;
  readonly ledger: LedgerCount;
}
