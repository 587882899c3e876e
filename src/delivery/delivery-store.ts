// Keeps what delivery knows: cursors, parked events, dead letters, the ledger, failed attempts. Written by one delivery
// loop; each engine passes delivery-store.contract.ts.
//
// Invariants, each kept by doing everything of one `commit` in one transaction:
//   1. An event at or after a destination's start is in exactly one place: at or past the cursor, parked, a dead
//      letter, or counted as delivered, filtered or discarded. So the ledger balances after any crash.
//   2. What the cursor passed does not need the log any more: parked events and dead letters hold their bodies.
//   3. The log may remove what all cursors passed only as far as `durableCursors` says: a crash of the machine may take
//      the newest commits back, and then what they held is read from the log again.
// Engines therefore need not sync each commit, only `durableCursors`.
import type { DelayClass } from './delay-class.ts';
import type {
  Attempt,
  ConfigVersion,
  DeadLetterSelection,
  DeliveryReader,
  DestinationState,
} from './delivery-reader.ts';
import type { ReplayFailure, ReplayRun } from './replay/replay.ts';

export interface EventPosition {
  readonly partition: number;
  readonly offset: number;
}

/** What is known of an event that is not finished, besides its body. */
export interface EventProgress extends EventPosition {
  /** Tries so far. */
  readonly attempts: number;
  /** How long it has been failing, ms, without the times the destination as a whole was down. */
  readonly spentMs: number;
  /** When the next try is due, ms since 1970. */
  readonly retryAt: number;
  /** Actions that need not run again, by id, and how they ended. */
  readonly settled: Readonly<Record<string, 'delivered' | 'failed'>>;
  /** Why the last try failed. */
  readonly reason: string;
}

export interface ParkedEvent extends EventProgress {
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: number;
  /** Identifiers that later events may share. */
  readonly orderKeys: readonly string[];
}

export interface NewDeadLetter extends EventPosition {
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: number;
  readonly diedAt: number;
  readonly attempts: number;
  readonly reason: string;
  readonly settled: EventProgress['settled'];
  readonly orderKeys: readonly string[];
  readonly body: string;
}

export interface EditedDeadLetter {
  readonly body: string;
  readonly orderKeys: readonly string[];
  readonly editedAt: number;
}

export type LedgerOutcome = 'delivered' | 'filtered' | 'failed' | 'discarded';

export interface OutcomeCount {
  readonly sourceId: string;
  readonly minute: number;
  readonly outcome: LedgerOutcome;
  /** Of `discarded`; empty otherwise. */
  readonly reason: string;
  readonly events: number;
}

export interface ActionCount {
  readonly actionId: string;
  readonly minute: number;
  readonly outcome: 'delivered' | 'failed';
  readonly events: number;
}

/** Deliveries of events received in a minute, by how long they took (see delay-class.ts). */
export interface DelayCount extends DelayClass {
  readonly minute: number;
}

/** How the destination as a whole is doing. */
export interface Condition extends Pick<
  DestinationState,
  'breaker' | 'breakerReason' | 'nextProbeAt' | 'lastSuccessAt' | 'lastError' | 'lastErrorAt'
> {
  /** Until when the destination itself asked to be left alone, ms since 1970; null when it is not waiting for that. */
  readonly askedUntil: number | null;
  /** Since when it is disabled, ms since 1970; null while enabled. */
  readonly disabledAt: number | null;
}

export const newCondition: Condition = {
  breaker: 'closed',
  breakerReason: null,
  nextProbeAt: null,
  askedUntil: null,
  lastSuccessAt: null,
  lastError: null,
  lastErrorAt: null,
  disabledAt: null,
};

export interface StoredCursor extends EventPosition {
  /** How far the log was read: events from `offset` up to here may have been sent. */
  readonly reached: number;
}

/** The stretch `[from, to)`: retention took it before it was read, or a user had it skipped. */
export interface Gap {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  readonly reason: 'retention' | 'skipped';
}

/** What happened at one destination since its last commit. Lists are applied in the order in which they stand here. */
export interface DestinationCommit {
  readonly destinationId: string;
  readonly cursors: readonly StoredCursor[];
  readonly counts: readonly OutcomeCount[];
  readonly actionCounts: readonly ActionCount[];
  readonly delays: readonly DelayCount[];
  readonly parked: readonly (ParkedEvent & { readonly body: string })[];
  /** New progress of parked events. */
  readonly progress: readonly EventProgress[];
  /** Parked events that are finished; their outcomes are in `counts` and `deadLetters`. */
  readonly unparked: readonly EventPosition[];
  readonly deadLetters: readonly NewDeadLetter[];
  readonly attempts: readonly Omit<Attempt, 'destinationId'>[];
  /** Each replaces the intervals that begin at or after it. */
  readonly versions: readonly ConfigVersion[];
  /** Stretches that are not delivered as a whole; their counts are in `counts`, the cursor is past them. */
  readonly gaps: readonly Gap[];
  readonly condition: Condition;
}

/** A commit in which nothing happened; without the destination and its condition. */
export const emptyCommit = {
  cursors: [],
  counts: [],
  actionCounts: [],
  delays: [],
  parked: [],
  progress: [],
  unparked: [],
  deadLetters: [],
  attempts: [],
  versions: [],
  gaps: [],
} as const;

export interface StoredDestination {
  readonly cursors: readonly (StoredCursor & { readonly start: number })[];
  /** In the order in which they were parked, without bodies. */
  readonly parked: readonly ParkedEvent[];
  readonly condition: Condition;
  /** Of the configuration it was last served by; null before the first. */
  readonly version: number | null;
}

/** The log's own count of one destination's stretch; see {@link DeliveryStore.recordAudit}. */
export interface Audit {
  readonly destinationId: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
  readonly sources: readonly { readonly sourceId: string; readonly events: number }[];
}

/** Methods reject with FaultError `store_unavailable` when the store cannot write; nothing of the call is done then. */
export interface DeliveryStore extends DeliveryReader {
  /** Ids of all destinations that have anything stored. */
  destinationIds(): Promise<readonly string[]>;
  /** What a destination resumes from; null when it was never begun. */
  load(destinationId: string): Promise<StoredDestination | null>;
  /** Creates the cursors that do not exist yet, each at its `start`. PostgreSQL: INSERT … ON CONFLICT DO NOTHING. */
  begin(
    destinationId: string,
    cursors: readonly { readonly partition: number; readonly start: number }[],
  ): Promise<void>;
  /**
   * Applies what happened at several destinations in one transaction. PostgreSQL: INSERT … SELECT FROM unnest per list,
   * counts by ON CONFLICT DO UPDATE, the cursor's row locked first so that a second loop cannot interleave.
   */
  commit(commits: readonly DestinationCommit[]): Promise<void>;
  /** Bodies of parked events, in the order asked for. */
  parkedBodies(destinationId: string, positions: readonly EventPosition[]): Promise<readonly string[]>;
  /** Replaces the event of a dead letter that is not back in line. Answers whether there was one. PostgreSQL: one UPDATE. */
  editDeadLetter(destinationId: string, id: number, edited: EditedDeadLetter): Promise<boolean>;
  /** Marks dead letters for another round. Answers how many were not marked yet. PostgreSQL: one UPDATE. */
  requeue(destinationId: string, selection: DeadLetterSelection): Promise<number>;
  /**
   * Turns up to `limit` marked dead letters, oldest first, into parked events: `failed` counts go down, and so do
   * those of their actions, which count when they end; attempts and time start anew. Answers them. PostgreSQL: DELETE … RETURNING into INSERT, one statement.
   */
  takeRequeued(destinationId: string, limit: number): Promise<readonly ParkedEvent[]>;
  /** Gives dead letters up: `failed` goes down, `discarded(user)` up. Answers how many. PostgreSQL: one UPDATE per slice of rows. */
  discard(destinationId: string, selection: DeadLetterSelection): Promise<number>;
  /** Stores a replay as it is now, and what failed since it was stored before. PostgreSQL: INSERT … ON CONFLICT DO UPDATE. */
  saveReplay(run: ReplayRun, failures: readonly ReplayFailure[]): Promise<void>;
  /** Adds the log's own counts to a destination's account; ignored where `from` is not where its audit stands. */
  recordAudit(audits: readonly Audit[]): Promise<void>;
  /**
   * Cursors that no crash can take back, and since when their destination is disabled. Resolves after everything
   * committed before the call is on disk. PostgreSQL: every commit is (synchronous_commit), so a plain SELECT.
   */
  durableCursors(): Promise<readonly DurableCursor[]>;
  /** Forgets attempts, gaps and discarded dead letters of events before `offset`, and minutes of ledger and delays before `minute`, in slices. */
  trim(partition: number, offset: number, minute: number): Promise<void>;
  /** Forgets a destination altogether, in slices. */
  remove(destinationId: string): Promise<void>;
  /** Waits for what is in flight, then releases everything. */
  close(): Promise<void>;
}

export interface DurableCursor extends EventPosition {
  readonly destinationId: string;
  readonly disabledAt: number | null;
}
