// The canonical event: the one shape in which a call is stored, reduced, routed and shown.
// Wire names stay as on the wire; unknown fields of the call are kept beside the known ones.
import type { JsonObject } from '../lib/json.ts';
import type { Finding } from './findings.ts';

export const eventTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof eventTypes)[number];

/** The version stamped on every stored call (the readOnly `version` field of the API). */
export const eventVersion = 1;

/**
 * A stored call (Pipelines API facts, sections 1.4 to 1.6). Ids are non-empty strings or absent; `timestamp` and
 * `receivedAt` are ISO 8601 with milliseconds in UTC. `timestamp` is the event time after skew correction; what the
 * client sent stays word for word in `originalTimestamp` and `sentAt` (numbers as ISO text).
 */
export interface CanonicalEvent extends JsonObject {
  readonly type: EventType;
  readonly messageId: string;
  readonly timestamp: string;
  readonly receivedAt: string;
  readonly originalTimestamp?: string | undefined;
  readonly sentAt?: string | undefined;
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
  readonly previousId?: string | undefined;
  readonly groupId?: string | undefined;
  /** Name of a track call. */
  readonly event?: string | undefined;
  /** Name of a page or screen call. */
  readonly name?: string | undefined;
  readonly traits?: JsonObject | undefined;
  readonly properties?: JsonObject | undefined;
  readonly context: JsonObject;
  readonly integrations: JsonObject;
  readonly version: number;
  /** What Leat has to say about the call; only there when there is something. The one reserved key: a client's own `_leat` is dropped. */
  readonly _leat?: EventRemarks | undefined;
}

/** Oddities that did not stop the call, for explaining it later. */
interface EventRemarks extends JsonObject {
  readonly notes: readonly Finding[];
}
