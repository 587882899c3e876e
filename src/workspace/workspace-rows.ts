// The workspace's state as rows, the same for every engine. Rows are never changed, only replaced.
//
// People are numbered by the place in the log that made them. A person that was merged away, deleted or suppressed stays
// as a stub, and identifiers keep pointing at it: so a merge, a delete or a suppression changes one row however many
// identifiers, events, devices and relationships there are. Activity is kept by subject: a person's number, or the
// number of an anonymous stream, which a link gives to the person it joined.
import type { Attributes } from './reducer/attributes.ts';
import type { Identifier, ObjectRef } from './identifiers.ts';

export interface IdentifierRow extends Identifier {
  /** The person it was given to, who may since have been merged away or be gone; null only for an anonymous id that has not joined. */
  readonly owner: number | null;
  /** Anonymous id that has not joined: where its activity is kept. */
  readonly stream: number | null;
  /** Anonymous id that has not joined: whether it has relationships. */
  readonly related: boolean;
  /** Anonymous id that has not joined: the last day (since 1970) it was seen; the sweep goes by it. */
  readonly seenDay: number;
}

type PersonState = 'live' | 'merged' | 'deleted' | 'suppressed';

export interface PersonRow {
  readonly number: number;
  readonly state: PersonState;
  /** Merged: where its identifiers lead now. */
  readonly parent: number | null;
  /** Whether links lead to subjects that may have relationships or devices of this person. */
  readonly related: boolean;
  /** Attributes older than this are not taken: when the last person with one of its identifiers was deleted. */
  readonly floorAt: number | null;
  readonly id: string | null;
  /** In lower case; as given it is the attribute `email`. */
  readonly email: string | null;
  readonly phone: string | null;
  readonly createdAt: number;
  /** Deleted or suppressed: event time of that. */
  readonly goneAt: number | null;
  /** Deleted or suppressed: log time of that; the stub of a deleted person expires by it. */
  readonly goneLog: number | null;
}

export interface ProfileRow {
  readonly person: number;
  readonly attributes: Attributes;
  readonly updatedAt: number;
}

export interface DeviceRow {
  readonly token: string;
  readonly person: number;
  /** Event time of the registration that gave it to this person; older ones by others do not move it. */
  readonly ownedAt: number;
  readonly platform: string | null;
  readonly appIdentifier: string | null;
  readonly lastUsedAt: number;
  readonly attributes: Attributes;
}

export interface ObjectRow extends ObjectRef {
  /** Another one each time the object is created: relationships of a deleted object belong to nothing. */
  readonly number: number;
  readonly floorAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly attributes: Attributes;
  /** Deleted: event time of that, else null. */
  readonly goneAt: number | null;
  readonly goneLog: number | null;
}

export interface ObjectTypeRow {
  readonly typeId: string;
  /** Objects that exist. */
  readonly objects: number;
}

export interface RelationshipRow {
  /** A person's number or that of an anonymous stream. */
  readonly subject: number;
  readonly object: number;
  readonly attributes: Attributes;
  /** Log time of the last change; one under an unjoined anonymous id expires by it. */
  readonly log: number;
}

/** Gives a subject's past to a person: an anonymous stream that joined, or a person merged away. */
export interface LinkRow {
  readonly child: number;
  readonly parent: number;
  /** Older activity (event time) does not come along. */
  readonly fromAt: number;
  /** Nor does what was received earlier: it had expired (anonymous streams; 0 for people). */
  readonly fromLog: number;
  /** Whether the child may have relationships or devices. */
  readonly related: boolean;
  /** Position number of the join or merge: the child has no activity after it. */
  readonly until: number;
}

/** A geofence transition that has been recorded. */
export interface TransitionRow {
  readonly key: string;
  readonly log: number;
}

export interface ActivityRow {
  readonly subject: number;
  /** Event time. */
  readonly at: number;
  /** Position number; orders what happened at one time. */
  readonly number: number;
  readonly type: 'track' | 'page' | 'screen';
  readonly name: string;
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: number;
  /** Log time; under an anonymous id that has not joined it expires by it. */
  readonly log: number;
  /** As JSON text. */
  readonly properties: string;
}

export interface MetricRow {
  readonly number: number;
  readonly deliveryId: string;
  readonly metric: string;
  readonly at: number;
  readonly recipient: string | null;
  readonly reason: string | null;
  readonly href: string | null;
  readonly actionName: string | null;
  readonly actionValue: string | null;
}

export interface ContentRow {
  readonly number: number;
  readonly contentId: string;
  readonly templateId: string;
  readonly contentType: string | null;
  readonly actionType: string;
  readonly actionName: string | null;
  readonly actionValue: string | null;
  readonly at: number;
  /** The person or anonymous stream it is about. */
  readonly subject: number;
}

/** Something that nothing leads to any more; the sweep removes it when `due` (log time) has come. */
export type Garbage =
  /** Everything kept under a person. */
  | { readonly kind: 'person'; readonly number: number; readonly due: number }
  /** The stub of a deleted person and the identifiers that lead to it. */
  | { readonly kind: 'stub'; readonly number: number; readonly due: number }
  /** The relationships of a deleted object, and its row once the delete is no longer remembered. */
  | { readonly kind: 'object'; readonly number: number; readonly due: number };

/** Keys of rows to load. */
export interface RowKeys {
  readonly identifiers: readonly Identifier[];
  readonly people: readonly number[];
  readonly profiles: readonly number[];
  readonly devices: readonly string[];
  readonly objects: readonly ObjectRef[];
  readonly objectTypes: readonly string[];
  readonly relationships: readonly { readonly subject: number; readonly object: number }[];
  /** Subjects whose `related` links are wanted, with those of the children, and so on down. */
  readonly links: readonly number[];
  readonly transitions: readonly string[];
}

/** The rows there are for a set of keys; what is not among them does not exist. */
export interface LoadedRows {
  readonly identifiers: readonly IdentifierRow[];
  /**
   * Those asked for; of the owners of `identifiers` those that are not live, and whoever these were merged into. An owner
   * that is not among them is live: most events need to know no more.
   */
  readonly people: readonly PersonRow[];
  readonly profiles: readonly ProfileRow[];
  readonly devices: readonly DeviceRow[];
  readonly objects: readonly ObjectRow[];
  readonly objectTypes: readonly ObjectTypeRow[];
  readonly relationships: readonly RelationshipRow[];
  readonly links: readonly LinkRow[];
  readonly transitions: readonly TransitionRow[];
}
