// What can be asked of delivery. Read by the control API; written by nobody but the delivery loop.
// PostgreSQL: the same questions as read-only SQL.

/** Ledger counts of one source at one destination in one minute of receipt. */
export interface LedgerRow {
  readonly destinationId: string;
  readonly sourceId: string;
  readonly minute: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly discarded: Readonly<Record<string, number>>;
  readonly failed: number;
}

export interface DestinationState {
  readonly destinationId: string;
  /** Per partition: the offset it began at and its cursor. */
  readonly cursors: readonly { readonly partition: number; readonly start: number; readonly offset: number }[];
  /** Events past the cursor's reach that wait with a copy of their bodies. */
  readonly parked: number;
  readonly deadLetters: number;
  readonly breaker: 'closed' | 'open' | 'probing';
  /** Why the breaker is open, and when it is tried next (ms); null when closed. */
  readonly breakerReason: string | null;
  readonly nextProbeAt: number | null;
  readonly lastSuccessAt: number | null;
  readonly lastError: string | null;
}

/** One try of one event at one destination. */
export interface Attempt {
  readonly destinationId: string;
  readonly partition: number;
  readonly offset: number;
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
  /** Canonical event as JSON text. */
  readonly body: string;
}

export interface DeliveryPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface DeliveryReader {
  ledger(fromMinute: number, toMinute: number): Promise<readonly LedgerRow[]>;
  states(): Promise<readonly DestinationState[]>;
  attempts(partition: number, offset: number): Promise<readonly Attempt[]>;
  deadLetters(destinationId: string, cursor: string | null, limit: number): Promise<DeliveryPage<DeadLetter>>;
  /** Where one event stands at one destination: not reached, waiting, parked or done. */
  standing(destinationId: string, partition: number, offset: number): Promise<'not reached' | 'in flight' | 'parked' | 'dead letter' | 'done' | 'before start'>;
}

/** What a user can have delivery do; carried out by the thread that owns its store. */
export interface DeliveryControl {
  /** Puts dead letters back in line. Answers how many. */
  retryDeadLetters(destinationId: string, ids: readonly number[] | 'all'): Promise<number>;
  /** Gives dead letters up for good (they count as discarded). Answers how many. */
  discardDeadLetters(destinationId: string, ids: readonly number[] | 'all'): Promise<number>;
  /** Sends the kind's test request with the destination's present settings. */
  test(destinationId: string): Promise<{ readonly ok: boolean; readonly message: string }>;
}
