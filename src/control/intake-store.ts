// What ingest has to say about the calls it did not take, and about how its sources are doing.
//
// A rejection is durable before the client gets its answer (guarantee G1), so `reject` commits in groups as the log
// does. Kept within a byte budget per source: the oldest detail goes first, counts stay. PostgreSQL: INSERT … SELECT
// from unnest, one transaction per group.
import type { Page } from './control-store.ts';

/** Why a call was not taken. */
export interface Rejection {
  /** Source of the key; null under an unrecognised key. */
  readonly sourceId: string | null;
  readonly at: number;
  /** Machine-readable reason, such as `missing_field`, `too_large`, `invalid_json`, `unknown_key`, `wrong_region`, `source_disabled`, `key_revoked`. */
  readonly reason: string;
  /** One sentence for people: what was wrong, the limit, the remedy. */
  readonly message: string;
  /** Path of the offending field, such as `batch[3].userId`; null when the whole call is meant. */
  readonly field: string | null;
  /** Route the call came in on, such as `/v1/track`. */
  readonly route: string;
  /** Size in bytes of what was rejected. */
  readonly size: number;
  /** Start of the body, with any key blanked; at most 2 KiB. */
  readonly sample: string;
  /** User agent or library, as far as known. */
  readonly client: string;
  readonly ip: string;
  /** Under an unrecognised key: its first characters, for recognising it. */
  readonly keyPrefix: string | null;
  /** Whether the client was told (strict) or got a 200 (permissive). */
  readonly strict: boolean;
  /** messageId of the rejected call where it is known; left out, it is looked for in the sample. */
  readonly messageId?: string | null;
  /** How many calls this one record stands for, when a batch had too many bad ones to list; 1 when left out. */
  readonly calls?: number;
}

export interface StoredRejection extends Rejection {
  readonly id: number;
}

/** Calls with one unknown key from one address and client, aggregated. */
export interface UnknownKey {
  readonly keyPrefix: string;
  readonly reason: string;
  readonly ip: string;
  readonly client: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly message: string;
}

/** That a stored event came again, and was not stored again. */
export interface Repeats {
  readonly sourceId: string;
  readonly messageId: string;
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** Library or user agent of the last one. */
  readonly client: string;
}

/** How a source is doing; what its connection test reads. */
export interface SourceActivity {
  readonly sourceId: string;
  readonly lastAcceptedAt: number | null;
  /** Library of the last accepted call, such as `analytics.js next-0.5.11`. */
  readonly lastLibrary: string | null;
  readonly lastMessageId: string | null;
  readonly lastRejectedAt: number | null;
  readonly accepted: number;
  readonly rejected: number;
  /** Last time the source was above the soft limit of 3000 requests in 3 s, and the highest number seen. */
  readonly overRateAt: number | null;
  readonly peakRate: number;
}

/** Calls of one source, or under unrecognised keys (null), rejected for one reason in one minute. */
export interface RejectionMinute {
  readonly sourceId: string | null;
  readonly reason: string;
  /** Minutes since 1970. */
  readonly minute: number;
  readonly calls: number;
}

export interface RejectionQuery {
  /** Null lists those under unrecognised keys. */
  readonly sourceId: string | null;
  readonly reason?: string;
  /** Continue below this id. */
  readonly before?: number;
  readonly limit: number;
}

export interface IntakeStore {
  /** Resolves when durable. Rejects with FaultError `store_unavailable`; then the call is answered 503. */
  reject(rejections: readonly Rejection[]): Promise<void>;
  listRejections(query: RejectionQuery): Promise<Page<StoredRejection>>;
  /** Rejected calls with this messageId whose detail is still kept, latest first: why an event is not in the log. PostgreSQL: a partial index. */
  findRejections(messageId: string, limit: number): Promise<readonly StoredRejection[]>;
  /** Counts by reason, of all time, detail gone or not. */
  rejectionCounts(sourceId: string | null): Promise<readonly { readonly reason: string; readonly count: number }[]>;
  /**
   * Rejected calls of `fromMinute ≤ minute < toMinute`; with `stepMinutes` added up over so many, `minute` the first of
   * them. Kept for a stated time and number of rows, the oldest minutes going first.
   */
  rejectionMinutes(fromMinute: number, toMinute: number, stepMinutes?: number): Promise<readonly RejectionMinute[]>;
  listUnknownKeys(limit: number): Promise<readonly UnknownKey[]>;
  /**
   * Merges repeats that ingest saw since its last call. Kept for a stated number of events per source, those whose last
   * repeat is longest ago going first; the log's own counts of duplicates stay.
   */
  recordRepeats(repeats: readonly Repeats[]): Promise<void>;
  /** Null when none came, or none is on record any more. */
  findRepeats(sourceId: string, messageId: string): Promise<Repeats | null>;
  /** Merges what ingest saw since its last call: maxima of times and peaks, sums of counts. */
  recordActivity(activity: readonly SourceActivity[]): Promise<void>;
  listActivity(): Promise<readonly SourceActivity[]>;
}
