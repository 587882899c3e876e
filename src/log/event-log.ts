// The event log: append-only, ordered, de-duplicated. Everything downstream is a reader of it with a cursor of its own.
//
// A log has one or more partitions. Within a partition offsets grow strictly; the embedded engine has one partition and
// contiguous offsets from 1. Each engine passes event-log.contract.ts.
//
// How Kafka keeps the same promises is said at each method. There a partition is a topic partition, chosen by the
// event's person key, and a cursor is one offset per partition, committed by the reader in its own store.

/** What is handed in for storing: one canonical event, serialised. */
export interface LogEntry {
  readonly sourceId: string;
  /** Unique per source; the de-duplication key. At most 256 characters. */
  readonly messageId: string;
  /** When the server received it, ms since 1970. */
  readonly receivedAt: number;
  /** Events of one person share a key; engines with several partitions keep their order by it. */
  readonly personKey: string;
  /** The canonical event as JSON text: well-formed Unicode, as JSON.stringify makes it. */
  readonly body: string;
}

/** One stored event. */
export interface LogRecord {
  readonly partition: number;
  readonly offset: number;
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: number;
  readonly body: string;
}

export interface Appended {
  /** Offset of the stored event; for a duplicate, of the one stored first. */
  readonly offset: number;
  readonly partition: number;
  readonly duplicate: boolean;
}

/** A stretch of the log, in order. */
export interface LogSlice {
  readonly records: readonly LogRecord[];
  /** Where the next read continues. */
  readonly next: number;
  /**
   * Set when the reader's offset had already been removed by retention: `[from, to)` is gone, and how many events of
   * which source and minute of receipt that were.
   */
  readonly gap?: { readonly from: number; readonly to: number; readonly counts: readonly LogCount[] };
}

/** Events of one source received in one minute. */
export interface LogCount {
  readonly sourceId: string;
  /** Minutes since 1970. */
  readonly minute: number;
  readonly accepted: number;
  readonly duplicates: number;
}

/** The writing end, as ingest sees it. */
export interface LogAppender {
  /**
   * Stores the entries in order and resolves when they are durable, one result per entry. A duplicate inside the
   * window (also of an entry still being committed) is not stored again and resolves with the first one's offset, not
   * before that one is durable. All or nothing: on rejection (FaultError `log_unavailable`) none of the entries is
   * stored. Slow when the queue is full: that is the back-pressure.
   *
   * Kafka: an idempotent producer with acks=all to a topic with replication ≥ 3 and min.insync.replicas ≥ 2; the
   * de-duplication index lives in the state store of the partition's owner, read before the producer sends.
   */
  append(entries: readonly LogEntry[]): Promise<readonly Appended[]>;
}

/** The appending end for who makes entries out of something smaller, and had better keep that until they are taken in. */
export interface LogIntake extends LogAppender {
  /** Whether an append would be taken in at once, and not wait for room in the queue. Kafka: room in the producer's buffer. */
  readonly hasRoom: boolean;
  /**
   * Calls `go` when there is room, first come first served: what it appends before it returns is taken in, or rejected
   * because the log is closed or lost. `go` must not throw.
   */
  whenRoom(go: () => void): void;
}

/** The reading end. */
export interface LogReader {
  /** Kafka: the topic's partitions. Embedded: [0]. */
  partitions(): Promise<readonly number[]>;
  /** First offset still stored, and the offset after the last durable one. Kafka: ListOffsets earliest / high watermark. */
  range(partition: number): Promise<{ readonly start: number; readonly end: number }>;
  /**
   * Reads from `from` (inclusive), at most `maxEvents` and about `maxBytes` of bodies (at least one record when there is
   * one). Empty at the end of the log. Rejects with FaultError when `from` lies past the end: the cursor then belongs to
   * another log. After a `gap` the records that follow it are in the same slice.
   * Kafka: Fetch with a byte limit; control records only move `next`.
   */
  read(partition: number, from: number, maxEvents: number, maxBytes: number): Promise<LogSlice>;
  /** Resolves with the end once something is stored at or after `offset`, or with the present end when `signal` aborts. Kafka: a long-polling Fetch. */
  waitFor(partition: number, offset: number, signal?: AbortSignal): Promise<number>;
  /** First offset received at or after `timeMs` (the end when none). Kafka: OffsetsForTimes. */
  offsetAt(partition: number, timeMs: number): Promise<number>;
  /** Records with this messageId, one per source at most (the latest). Kafka: through the de-duplication index. */
  find(messageId: string, sourceId?: string): Promise<readonly LogRecord[]>;
  /** Accepted and duplicate counts per source and minute with `fromMinute ≤ minute < toMinute`, with `stepMinutes` added up over so many (`minute` the first of them), kept by the writer in the transaction that stores. Kafka: a compacted side topic. */
  counts(fromMinute: number, toMinute: number, stepMinutes?: number): Promise<readonly LogCount[]>;
  /** How many events of each source lie in `[from, to)`. Exact; used by the ledger's self-check. Kafka: counted by the reader's own transaction. */
  countBetween(
    partition: number,
    from: number,
    to: number,
  ): Promise<readonly { readonly sourceId: string; readonly events: number }[]>;
  /** The same by minute of receipt; `duplicates` is 0. Also of what retention removed. Kafka: from the side topic and the records' own times. */
  countMinutes(partition: number, from: number, to: number): Promise<readonly LogCount[]>;
  status(): Promise<LogStatus>;
}

/** What the retention job does. */
export interface LogKeeper {
  /**
   * Unlinks whole segments that are older than `maxAgeMs` or lie past `maxBytes`, oldest first. A segment with an offset
   * at or after `heldFrom` stays unless the log is over `maxBytes`; then it goes and is reported in `overrun`.
   * Kafka: DeleteRecords up to the same offset.
   */
  retain(policy: RetentionPolicy): Promise<RetentionResult>;
}

export interface RetentionPolicy {
  readonly maxAgeMs: number;
  readonly maxBytes: number;
  /** Lowest offset that an enabled reader still needs, per partition. */
  readonly heldFrom: readonly { readonly partition: number; readonly offset: number }[];
}

export interface RetentionResult {
  readonly removedEvents: number;
  /** Events removed although a reader still needed them. The reader counts them as `discarded(retention)`. */
  readonly overrun: number;
}

export interface LogStatus {
  readonly engine: string;
  readonly partitions: readonly { readonly partition: number; readonly start: number; readonly end: number }[];
  readonly segments: number;
  readonly bytes: number;
  /** Entries waiting for their commit. */
  readonly queued: number;
  readonly dedup: {
    /** The configured window, ms. */
    readonly windowMs: number;
    /** What it covers at present: since when (ms since 1970), how many ids, how much memory (bytes). */
    readonly since: number;
    readonly ids: number;
    readonly memoryBytes: number;
    /** Whether the memory budget, not the window, is what bounds it. */
    readonly bounded: boolean;
  };
  /** Why appends fail at present, or null. */
  readonly unavailable: string | null;
  /** What goes wrong in the background while appends still work, or null. It is tried again by itself. */
  readonly warning: string | null;
}

/** The whole log, as the contract suite and the composition root see it. */
export interface EventLog extends LogIntake, LogReader, LogKeeper {
  /** Waits for what is in flight, then releases everything. */
  close(): Promise<void>;
}
