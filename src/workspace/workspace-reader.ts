// What can be asked of the workspace. Read by the control API; written by nobody but the processor.
// PostgreSQL: the same questions as read-only SQL, each one statement or one REPEATABLE READ transaction.
import type { Destination } from '../control/model.ts';
import type { Json, JsonObject } from '../lib/json.ts';

export interface AttributeValue {
  readonly value: Json;
  /** Event time that set it, ms. */
  readonly at: number;
}

interface Identifiers {
  readonly id: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly cioId: string;
  readonly anonymousIds: readonly string[];
  /** Identifiers of people merged into this one, which keep resolving to it. */
  readonly previousIds: readonly string[];
}

export interface Person {
  readonly identifiers: Identifiers;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly devices: readonly Device[];
  readonly relationships: readonly Relationship[];
}

export interface PersonSummary {
  readonly cioId: string;
  readonly id: string | null;
  readonly email: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Device {
  readonly token: string;
  readonly platform: string | null;
  readonly appIdentifier: string | null;
  readonly lastUsedAt: number;
  readonly attributes: JsonObject;
}

/** A person's link to an object. */
export interface Relationship {
  readonly objectTypeId: string;
  readonly objectId: string;
  readonly attributes: JsonObject;
}

export interface ObjectType {
  readonly id: string;
  readonly name: string | null;
  readonly objects: number;
}

export interface WorkspaceObject {
  readonly objectTypeId: string;
  readonly objectId: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** One entry of a timeline. */
export interface Activity {
  readonly partition: number;
  readonly offset: number;
  readonly sourceId: string;
  readonly messageId: string;
  readonly type: string;
  readonly name: string;
  readonly at: number;
  readonly receivedAt: number;
  readonly properties: JsonObject;
}

export interface Suppression {
  readonly kind: 'id' | 'email' | 'phone' | 'cio_id' | 'anonymous_id';
  readonly value: string;
  readonly since: number;
}

/** One metric of one message, from Report Delivery Event. */
export interface DeliveryMetric {
  readonly deliveryId: string;
  readonly metric: string;
  readonly at: number;
  readonly recipient: string | null;
  readonly reason: string | null;
  readonly href: string | null;
  readonly actionName: string | null;
  readonly actionValue: string | null;
}

/** What the workspace did with one event. */
export interface EventEffect {
  readonly partition: number;
  readonly offset: number;
  /** cio id of the person it went to, if any. */
  readonly person: string | null;
  readonly outcome: 'delivered' | 'filtered' | 'discarded';
  /** Why it was discarded, as the ledger counts it; null when it was not. */
  readonly reason: string | null;
  /** Names of what changed, such as `attribute plan`, `device d1`, `joined anonymous a1`. */
  readonly changes: readonly string[];
  /** Why something was not done, such as `attribute bio: value over 1000 bytes`. */
  readonly notes: readonly string[];
}

/** One Report Content Event. */
export interface ContentReport {
  readonly contentId: string;
  readonly templateId: string;
  readonly contentType: string | null;
  readonly actionType: string;
  readonly actionName: string | null;
  readonly actionValue: string | null;
  readonly at: number;
  /** cio id of the person it is about; null for an anonymous visitor. */
  readonly person: string | null;
}

export interface Paged<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** A page of a bounded scan: it may be short, even empty, and still go on. */
export interface Scanned<T> extends Paged<T> {
  /** How many rows were looked at when that bound ended the page, else null. */
  readonly scanned: number | null;
}

export interface WorkspaceReader {
  /** By id, email, `cio_…`, phone or anonymous id, in that order; identifiers merged away resolve to the primary. */
  person(identifier: string): Promise<Person | null>;
  /** People whose id or email begins with `query` (an empty query lists the latest); each page costs its own size only. */
  searchPeople(query: string, cursor: string | null, limit: number): Promise<Paged<PersonSummary>>;
  /**
   * People who have the attribute, with this value as text whatever its letter case (null: any), latest made first. No
   * index answers this: a page looks at a bounded number of people.
   */
  searchByAttribute(
    name: string,
    value: string | null,
    cursor: string | null,
    limit: number,
  ): Promise<Scanned<PersonSummary>>;
  /** Timeline, latest first, with activity joined from anonymous ids and merged people. Anonymous ids have one too. */
  timeline(identifier: string, cursor: string | null, limit: number): Promise<Paged<Activity>>;
  objectTypes(): Promise<readonly ObjectType[]>;
  objects(objectTypeId: string, cursor: string | null, limit: number): Promise<Paged<WorkspaceObject>>;
  object(objectTypeId: string, objectId: string): Promise<WorkspaceObject | null>;
  /** People related to an object. */
  related(
    objectTypeId: string,
    objectId: string,
    cursor: string | null,
    limit: number,
  ): Promise<Paged<{ readonly person: PersonSummary; readonly attributes: JsonObject }>>;
  suppressions(cursor: string | null, limit: number): Promise<Paged<Suppression>>;
  /** Since when calls for this identifier are ignored, ms; null when they are not. */
  suppressedSince(identifier: string): Promise<number | null>;
  deliveryMetrics(deliveryId: string): Promise<readonly DeliveryMetric[]>;
  /** What was reported about messages to any of these addresses, phones or device tokens, latest first; a bounded scan. */
  metricsTo(recipients: readonly string[], cursor: string | null, limit: number): Promise<Scanned<DeliveryMetric>>;
  /** What was reported about a piece of in-app content, latest received first. */
  contentReports(contentId: string, cursor: string | null, limit: number): Promise<Paged<ContentReport>>;
  effect(partition: number, offset: number): Promise<EventEffect | null>;
  /** Effects on a person, and on those merged into them, in a bounded stretch of the log from `from` on; the first ones. */
  effectsOn(identifier: string, partition: number, from: number): Promise<readonly EventEffect[]>;
  /** The workspace's actions as they were when it applied the event; null when it has not. */
  actionsAt(partition: number, offset: number): Promise<Destination | null>;
  /** Ledger rows of the workspace as a destination, counted in the transaction of its offset; `stepMinutes` as the log's. */
  ledger(fromMinute: number, toMinute: number, stepMinutes?: number): Promise<readonly WorkspaceLedgerRow[]>;
  /**
   * Counts of all time per source (never trimmed) and the cursors, read at one moment: the ledger's self-check compares
   * them with the log's own counts, which it can only do when no commit lies between the two. PostgreSQL: one REPEATABLE
   * READ transaction.
   */
  balanceSheet(): Promise<WorkspaceBalanceSheet>;
  /** Offset up to which each partition is applied. */
  cursors(): Promise<readonly { readonly partition: number; readonly start: number; readonly offset: number }[]>;
}

export interface WorkspaceBalanceSheet {
  readonly cursors: readonly {
    readonly partition: number;
    readonly offset: number;
    /** Up to here the log's own counts were added up in `sources[].audited`; the start of the log when they never were. */
    readonly auditedTo: number;
  }[];
  readonly sources: readonly {
    readonly sourceId: string;
    readonly delivered: number;
    readonly filtered: number;
    readonly discarded: number;
    readonly audited: number;
  }[];
}

export interface WorkspaceLedgerRow {
  readonly sourceId: string;
  readonly minute: number;
  readonly delivered: number;
  readonly filtered: number;
  /** Discarded by reason. */
  readonly discarded: Readonly<Record<string, number>>;
}
