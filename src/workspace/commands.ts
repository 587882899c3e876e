// The mapped commands: what an action of the workspace asks of the reducer, once its mapping has made a payload.
//
// Identifiers are read, texts are storable, times are ms since 1970. Attributes are still as the caller sent them: what
// is reserved, too long or too many among them is the reducer's to say.
import type { Json, JsonObject } from '../lib/json.ts';
import type { ObjectRef, PersonRef } from './identifiers.ts';

/** Add or update a person; with an anonymous id join its activity, with an object relate the person to it. */
export interface UpsertPerson {
  readonly kind: 'upsert_person';
  readonly person: PersonRef | null;
  readonly anonymousId: string | null;
  /** The email attribute; null or "" removes it, undefined says nothing. */
  readonly email: Json | undefined;
  readonly createdAt: Json | undefined;
  readonly attributes: JsonObject;
  readonly object: ObjectRef | null;
  readonly relationshipAttributes: JsonObject | null;
  /** Whether ISO times among the attributes become unix seconds. */
  readonly convertTimes: boolean;
  readonly at: number;
}

/** Record something a person or an anonymous visitor did. */
export interface RecordActivity {
  readonly kind: 'record_activity';
  readonly person: PersonRef | null;
  readonly anonymousId: string | null;
  readonly type: 'track' | 'page' | 'screen';
  readonly name: string;
  readonly properties: JsonObject;
  readonly at: number;
}

/** Add or update an object; with a person, or an anonymous id, relate them. */
export interface UpsertObject {
  readonly kind: 'upsert_object';
  readonly object: ObjectRef;
  readonly attributes: JsonObject;
  readonly createdAt: Json | undefined;
  readonly person: PersonRef | null;
  readonly anonymousId: string | null;
  readonly relationshipAttributes: JsonObject | null;
  readonly convertTimes: boolean;
  readonly at: number;
}

export interface UpsertDevice {
  readonly kind: 'upsert_device';
  readonly person: PersonRef | null;
  readonly anonymousId: string | null;
  readonly token: string;
  readonly platform: string | null;
  readonly appIdentifier: string | null;
  readonly lastUsedAt: number;
  readonly attributes: JsonObject;
  readonly at: number;
}

export interface DeleteDevice {
  readonly kind: 'delete_device';
  readonly person: PersonRef | null;
  readonly anonymousId: string | null;
  readonly token: string;
}

export interface DeletePerson {
  readonly kind: 'delete_person';
  readonly person: PersonRef;
  readonly at: number;
}

/** Delete the person and ignore the identifiers from then on. */
export interface SuppressPerson {
  readonly kind: 'suppress_person';
  readonly person: PersonRef;
  readonly at: number;
}

export interface UnsuppressPerson {
  readonly kind: 'unsuppress_person';
  readonly person: PersonRef;
}

export interface DeleteRelationship {
  readonly kind: 'delete_relationship';
  readonly person: PersonRef | null;
  readonly anonymousId: string | null;
  readonly object: ObjectRef;
}

export interface DeleteObject {
  readonly kind: 'delete_object';
  readonly object: ObjectRef;
  readonly at: number;
}

/** Record what became of a message. */
export interface ReportDelivery {
  readonly kind: 'report_delivery';
  readonly deliveryId: string;
  readonly metric: string;
  readonly recipient: string | null;
  readonly reason: string | null;
  readonly href: string | null;
  readonly actionName: string | null;
  readonly actionValue: string | null;
  readonly at: number;
}

/** Record that in-app content was seen or clicked. */
export interface ReportContent {
  readonly kind: 'report_content';
  readonly person: PersonRef | null;
  readonly anonymousId: string | null;
  readonly contentId: string;
  readonly templateId: string;
  readonly contentType: string | null;
  readonly actionType: string;
  readonly actionName: string | null;
  readonly actionValue: string | null;
  readonly at: number;
}

/** Record entering or leaving a geofence, once per transition. */
export interface ReportTransition {
  readonly kind: 'report_transition';
  readonly person: PersonRef | null;
  readonly anonymousId: string | null;
  readonly name: string;
  /** Null when the call names none; then nothing can be recognised as a repeat. */
  readonly transitionId: string | null;
  readonly geosetId: string | null;
  readonly properties: JsonObject;
  readonly at: number;
}

/** Merge the secondary, a person or an anonymous id, into the primary, which is created when missing. */
export interface MergePeople {
  readonly kind: 'merge_people';
  readonly primary: PersonRef;
  readonly secondary: PersonRef;
  readonly at: number;
}

export type Command =
  | UpsertPerson
  | RecordActivity
  | UpsertObject
  | UpsertDevice
  | DeleteDevice
  | DeletePerson
  | SuppressPerson
  | UnsuppressPerson
  | DeleteRelationship
  | DeleteObject
  | ReportDelivery
  | ReportContent
  | ReportTransition
  | MergePeople;

/** Why nothing came of a call, or of one action of it; the reasons of the ledger's `discarded`. */
export type DiscardReason =
  | 'suppressed'
  | 'unknown_cio_id'
  | 'person_missing'
  | 'object_missing'
  | 'invalid'
  | 'too_long'
  | 'too_many'
  | 'internal'
  | 'retention';

/** What the reducer is told instead of a command when a payload cannot be one. */
export interface Unusable {
  readonly kind: 'unusable';
  /** `filtered` when the action is simply not about this event, `discarded` when something is wrong with it. */
  readonly outcome: 'filtered' | 'discarded';
  readonly reason: DiscardReason;
  /** One sentence for people. */
  readonly note: string;
}

export const unusable = (reason: DiscardReason, note: string): Unusable => ({
  kind: 'unusable',
  outcome: 'discarded',
  reason,
  note,
});

export const notForUs = (note: string): Unusable => ({
  kind: 'unusable',
  outcome: 'filtered',
  reason: 'invalid',
  note,
});
