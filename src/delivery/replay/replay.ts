// A replay: a stretch of the log sent once more to one destination, as a run of its own.
//
//   running     goes on by itself, also after a restart; stands still while its destination is off
//   paused      by a user; goes on where it stopped
//   done        came to the end of its stretch
//   cancelled   by a user, for good
//
// It has a place and counts of its own: the destination's cursor, its parked events, dead letters and ledger never see
// it. What it cannot send within its time is on its list of failures. Inside a run events of one person keep their
// order; between a run and what is delivered meanwhile there is none. A crash repeats what was sent since the last save.
// Kinds that are written to in ranges get ranges of the run's own, fixed before they are written like all ranges, so that
// a crash repeats them under the same names. A dry run goes the same way and sends nothing.
import type { ShownRequest } from '../../destinations/redact.ts';
import type { JsonObject } from '../../lib/json.ts';

export type ReplayState = 'running' | 'paused' | 'done' | 'cancelled';

export interface ReplaySpec {
  /** FQL; null for every event. */
  readonly filter: string | null;
  readonly sourceIds: readonly string[] | null;
  /** Most events a second; null for as fast as the destination takes them. */
  readonly ratePerSecond: number | null;
  readonly dryRun: boolean;
}

/** What a user asks for. Times are ms, of receipt; what is null is open. */
export interface NewReplay extends ReplaySpec {
  readonly from: number | null;
  readonly to: number | null;
  /** Instead of times, or beside them: offsets, the first one included, the second one not. */
  readonly fromOffset: number | null;
  readonly toOffset: number | null;
  readonly createdBy: string;
}

export interface ReplayStretch {
  readonly partition: number;
  readonly from: number;
  /** Not part of it. */
  readonly to: number;
  /** The lowest offset that is not finished. */
  readonly offset: number;
  /** Where the range ends that is being written, for kinds that are written to in ranges. */
  readonly reached?: number;
}

/** Together they come to the run's total. */
export interface ReplayCounts {
  readonly delivered: number;
  readonly failed: number;
  /** No action wants them, or `integrations` keeps them away. */
  readonly filtered: number;
  /** Of other sources, or not matching the run's own filter. */
  readonly excluded: number;
  /** Removed by retention before the run came to them. */
  readonly gone: number;
  /** Of a dry run: they would be sent. */
  readonly matching: number;
}

/** An event of a dry run with what would be sent of it. */
export interface ReplaySample {
  readonly messageId: string;
  readonly sourceId: string;
  readonly actions: readonly {
    readonly name: string;
    readonly payload: JsonObject;
    readonly problem: string | null;
    readonly requests: readonly ShownRequest[];
  }[];
}

export interface ReplayRun {
  readonly id: string;
  readonly destinationId: string;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly spec: ReplaySpec;
  /** Events in its stretches when it began. */
  readonly total: number;
  readonly state: ReplayState;
  /** Why it does not get on at the moment, or null. */
  readonly problem: string | null;
  readonly stretches: readonly ReplayStretch[];
  readonly counts: ReplayCounts;
  readonly samples: readonly ReplaySample[];
  readonly updatedAt: number;
  readonly endedAt: number | null;
}

/** An event that a run could not send. */
export interface ReplayFailure {
  readonly partition: number;
  readonly offset: number;
  readonly sourceId: string;
  readonly messageId: string;
  readonly attempts: number;
  readonly reason: string;
  readonly request: string | null;
  readonly response: string | null;
}

export const noCounts: ReplayCounts = { delivered: 0, failed: 0, filtered: 0, excluded: 0, gone: 0, matching: 0 };
