// What can be asked of delivery. Read by the control API; written by nobody but the delivery loop.
// PostgreSQL: the same questions as read-only SQL.
import type { JsonObject } from '../lib/json.ts';
import type { DelayClass } from './delay-class.ts';
import type { Pace } from './pace.ts';
import type { NewReplay, ReplayFailure, ReplayRun } from './replay/replay.ts';
import type { TestedEvent, TestEvent } from './tested-event.ts';

/** Ledger counts of one source at one destination in one minute of receipt. */
export interface LedgerRow {
  readonly destinationId: string;
  readonly sourceId: string;
  readonly minute: number;
  readonly delivered: number;
  readonly filtered: number;
  /** By reason: `retention` (the log had to let go first), `user` (a dead letter given up), `skipped` (with the backlog). */
  readonly discarded: Readonly<Record<string, number>>;
  readonly failed: number;
}

/** Outcomes of one action in one minute of receipt; an event of several actions counts at each. */
export interface ActionLedgerRow {
  readonly destinationId: string;
  readonly actionId: string;
  readonly minute: number;
  readonly delivered: number;
  readonly failed: number;
}

/** Deliveries of one destination by how long they took from receipt, of the events received in one minute. */
export interface DelayRow extends DelayClass {
  readonly destinationId: string;
  readonly minute: number;
}

export interface DestinationState {
  readonly destinationId: string;
  /** Per partition: the offset it began at and its cursor, the lowest unfinished offset. */
  readonly cursors: readonly { readonly partition: number; readonly start: number; readonly offset: number }[];
  /** Events past the cursor's reach that wait with a copy of their bodies. */
  readonly parked: number;
  readonly deadLetters: number;
  readonly breaker: 'closed' | 'open' | 'probing';
  /** Why the breaker is open, and when it is tried next (ms); null when closed. */
  readonly breakerReason: string | null;
  readonly nextProbeAt: number | null;
  readonly lastSuccessAt: number | null;
  /** What failed last, and when; the time is not known of what failed before it was kept. */
  readonly lastError: string | null;
  readonly lastErrorAt: number | null;
}

/** One try of one event at one destination. */
export interface Attempt {
  readonly destinationId: string;
  readonly partition: number;
  readonly offset: number;
  /** Id of the action that was carried out. */
  readonly action: string;
  /** Counted from 1. */
  readonly attempt: number;
  readonly at: number;
  readonly durationMs: number;
  readonly outcome: 'delivered' | 'retry' | 'failed';
  readonly status: number | null;
  readonly error: string | null;
  /** Request line and start of the body, secrets redacted; only kept for failures. */
  readonly request: string | null;
  readonly response: string | null;
  /** Version of the destination's configuration used. */
  readonly version: number;
}

export interface DeadLetter {
  readonly id: number;
  readonly destinationId: string;
  readonly partition: number;
  readonly offset: number;
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: number;
  readonly diedAt: number;
  readonly attempts: number;
  readonly reason: string;
  /** What the receiver said to the last try that failed; null when nothing was answered, or it is out of the record. */
  readonly answer: DeadLetterAnswer | null;
  /** When a user last changed the event, ms; null when it is as it came in. */
  readonly editedAt: number | null;
  /** Whether it is back in line and not taken up yet. */
  readonly requeued: boolean;
  /** Canonical event as JSON text. */
  readonly body: string;
}

interface DeadLetterAnswer {
  readonly status: number | null;
  /** Start of the answer's body, secrets redacted; empty when it had none. */
  readonly text: string;
}

/** An event as a user changed it for one destination. */
export interface EventEdit {
  readonly at: number;
  /** Canonical event as JSON text. */
  readonly body: string;
}

/** What else is on record of one event at one destination. */
export interface EventAside {
  /** What is sent instead of the event that came in; null when nobody changed it. */
  readonly edit: EventEdit | null;
  /** Replays that could not send it, and why; of a run's failures a bounded number is kept. */
  readonly replayFailures: readonly { readonly run: string; readonly reason: string }[];
}

/** Which dead letters are meant; all that is given must hold. */
export interface DeadLetterFilter {
  /** Part of the reason, or of `answer`'s start as it is on record, whatever its letter case. */
  readonly reason?: string | undefined;
  readonly messageId?: string | undefined;
  readonly sourceId?: string | undefined;
  /** Given up at or after `from` and before `to`, ms. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

export type DeadLetterSelection = readonly number[] | 'all' | DeadLetterFilter;

export interface DeliveryPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** The configuration that routed a stretch of the log to one destination. */
export interface ConfigVersion {
  readonly partition: number;
  /** In force for offsets from here up to the next interval. */
  readonly from: number;
  readonly version: number;
  /** Version of Leat's code that evaluated it. */
  readonly codeVersion: string;
  /** The destination as configured, secrets blanked. */
  readonly config: JsonObject;
}

export type Standing =
  | 'before start'
  | 'not reached'
  | 'in flight'
  | 'parked'
  | 'dead letter'
  /** Given up by a user, or gone from the log before it could be sent. */
  | 'discarded'
  /** Part of a backlog that a user had it skip. */
  | 'skipped'
  /** Delivered or filtered: which of both, routing tells. */
  | 'done';

/** Everything the self-check needs of one destination, read at one moment. Unlike the ledger it is never trimmed. */
export interface BalanceSheet {
  readonly destinationId: string;
  readonly cursors: readonly {
    readonly partition: number;
    readonly offset: number;
    /** Up to here the log's own counts were added up in `sources[].audited`. */
    readonly auditedTo: number;
  }[];
  readonly sources: readonly {
    readonly sourceId: string;
    readonly delivered: number;
    readonly filtered: number;
    readonly discarded: number;
    readonly failed: number;
    readonly parked: number;
    readonly audited: number;
  }[];
}

export interface DeliveryReader {
  /** Counts of `fromMinute ≤ minute < toMinute`; with `stepMinutes` added up over so many, `minute` the first of them. */
  ledger(fromMinute: number, toMinute: number, stepMinutes?: number): Promise<readonly LedgerRow[]>;
  /** Minutes as for the ledger; a replay's deliveries are not among them. */
  delays(fromMinute: number, toMinute: number, stepMinutes?: number): Promise<readonly DelayRow[]>;
  actionLedger(fromMinute: number, toMinute: number, stepMinutes?: number): Promise<readonly ActionLedgerRow[]>;
  /** One entry per destination. PostgreSQL: one REPEATABLE READ transaction. */
  balanceSheets(): Promise<readonly BalanceSheet[]>;
  states(): Promise<readonly DestinationState[]>;
  /** Oldest first. Of an event tried often: its first tries and its last ones. */
  attempts(partition: number, offset: number): Promise<readonly Attempt[]>;
  /** Tries at one destination, latest first; those are kept as long as their events are in the log. */
  attemptsAt(
    destinationId: string,
    cursor: string | null,
    limit: number,
    outcome?: Attempt['outcome'],
  ): Promise<DeliveryPage<Attempt>>;
  /** Latest first; `cursor` is the `next` of the page before. */
  deadLetters(
    destinationId: string,
    cursor: string | null,
    limit: number,
    filter?: DeadLetterFilter,
  ): Promise<DeliveryPage<DeadLetter>>;
  /** How many the list has over all its pages. */
  countDeadLetters(destinationId: string, filter?: DeadLetterFilter): Promise<number>;
  /** One dead letter; null when there is none with this id. */
  deadLetter(destinationId: string, id: number): Promise<DeadLetter | null>;
  /** Where one event stands at one destination: not reached, waiting, parked or done. */
  standing(destinationId: string, partition: number, offset: number): Promise<Standing>;
  aside(destinationId: string, partition: number, offset: number): Promise<EventAside>;
  /** The configuration that routed the event at this offset; null when it was not reached yet or is out of the record. */
  configAt(destinationId: string, partition: number, offset: number): Promise<ConfigVersion | null>;
  /** Replays to one destination, or all; latest first. */
  replays(destinationId: string | null): Promise<readonly ReplayRun[]>;
  replay(id: string): Promise<ReplayRun | null>;
  /** Events that a replay could not send, in the order of the log. */
  replayFailures(id: string, cursor: string | null, limit: number): Promise<DeliveryPage<ReplayFailure>>;
}

/** What a user can have delivery do; carried out by the thread that owns its store. */
export interface DeliveryControl {
  /** Puts dead letters back in line. Answers how many. */
  retryDeadLetters(destinationId: string, selection: DeadLetterSelection): Promise<number>;
  /**
   * Has a dead letter sent as this event (canonical JSON text) when it is tried again.
   * Rejects with InputError: `not_found`, or `conflict` when it is back in line already.
   */
  editDeadLetter(destinationId: string, id: number, body: string): Promise<void>;
  /** Gives dead letters up for good (they count as discarded). Answers how many. */
  discardDeadLetters(destinationId: string, selection: DeadLetterSelection): Promise<number>;
  /** How the enabled destinations are being served at this moment. */
  paces(): Promise<readonly Pace[]>;
  /**
   * Lets the destination go on at the present end of the log: what it has not finished, parked events too, counts as
   * discarded(skipped), durably so before the call resolves. Answers how many. What was under way may have arrived.
   */
  skipBacklog(destinationId: string): Promise<number>;
  /** Sends the kind's test request with the destination's present settings. */
  test(destinationId: string): Promise<{ readonly ok: boolean; readonly message: string }>;
  /**
   * Sends one event as a test, or with `dryRun` shows what would be sent; touches neither cursor nor ledger. Rejects
   * with InputError when the destination's configuration is not sound or it has no such action.
   */
  testEvent(destinationId: string, test: TestEvent): Promise<TestedEvent>;
  /**
   * Begins to send a stretch of the log once more. Rejects with InputError: `invalid_request` when the filter cannot be
   * read or nothing lies in the stretch, `conflict` when another replay is running or the kind cannot be replayed to.
   */
  startReplay(destinationId: string, replay: NewReplay): Promise<ReplayRun>;
  /** Each rejects with InputError: `not_found`, or `conflict` when the replay's state does not allow it. */
  pauseReplay(destinationId: string, id: string): Promise<ReplayRun>;
  resumeReplay(destinationId: string, id: string): Promise<ReplayRun>;
  cancelReplay(destinationId: string, id: string): Promise<ReplayRun>;
}
