// The canonical event: the one shape in which a call is stored, reduced, routed and shown.
// Wire names stay as on the wire; unknown fields of the call are kept beside the known ones.
import type { JsonObject } from '../lib/json.ts';

export const eventTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof eventTypes)[number];

/** The version stamped on every stored call (the readOnly `version` field of the API). */
export const eventVersion = 1;

/**
 * A stored call (Pipelines API facts, sections 1.4 to 1.6). Ids are non-empty strings or absent; times are ISO 8601
 * with milliseconds in UTC. `timestamp` is the event time after skew correction; what the client sent stays in
 * `originalTimestamp` and `sentAt`.
 */
export interface CanonicalEvent extends JsonObject {
  readonly type: EventType;
  readonly messageId: string;
  readonly timestamp: string;
  readonly receivedAt: string;
  readonly originalTimestamp?: string;
  readonly sentAt?: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly previousId?: string;
  readonly groupId?: string;
  /** Name of a track call. */
  readonly event?: string;
  /** Name of a page or screen call. */
  readonly name?: string;
  readonly traits?: JsonObject;
  readonly properties?: JsonObject;
  readonly context: JsonObject;
  readonly integrations: JsonObject;
  readonly version: number;
}
