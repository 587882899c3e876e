// What users configure. Plain data; the store keeps it, ingest, routing and delivery read it as a snapshot.
import type { Json, JsonObject } from '../lib/json.ts';

export const regions = ['us', 'eu'] as const;
export type Region = (typeof regions)[number];

/** What a source is; decides its snippet and, for browsers and mobiles, its settings document. */
export const sourceKinds = [
  'http',
  'javascript',
  'node',
  'python',
  'go',
  'ruby',
  'java',
  'ios',
  'android',
  'reactnative',
  'expo',
  'flutter',
] as const;
type SourceKind = (typeof sourceKinds)[number];

/** Whose client library the source is for: decides the integration name in the settings document (never both names). */
export type ClientFamily = 'customerio' | 'segment';

export interface Source {
  readonly id: string;
  readonly name: string;
  readonly kind: SourceKind;
  readonly family: ClientFamily;
  readonly enabled: boolean;
  /** Strict for every call, as if each carried X-Strict-Mode: 1. */
  readonly strict: boolean;
  readonly createdAt: number;
}

/** `public` keys may appear in browsers and apps; `secret` ones count only in the Authorization header. */
export type KeyClass = 'public' | 'secret';

export interface SourceKey {
  readonly id: string;
  readonly sourceId: string;
  /** The key as given: `us_…`, `ak_eu_…`, or brought along from another system (16 characters or more). */
  readonly key: string;
  readonly class: KeyClass;
  /** The region the key was made for; null for one brought along, which works here. */
  readonly region: Region | null;
  readonly createdAt: number;
  readonly revokedAt: number | null;
}

/** One action of a destination: trigger + mapping + on/off. */
export interface Action {
  readonly id: string;
  /** Which of the destination kind's actions this is, by slug. */
  readonly kind: string;
  readonly name: string;
  readonly enabled: boolean;
  /** FQL text. */
  readonly trigger: string;
  /** Mapping directives by field of the action. */
  readonly mapping: JsonObject;
}

export interface Destination {
  readonly id: string;
  readonly name: string;
  /** Kind by slug, as in the catalogue; `workspace` for the workspace itself. */
  readonly kind: string;
  readonly enabled: boolean;
  /** Settings of the kind, secrets included. Leaves the server to nobody. */
  readonly settings: JsonObject;
  /** Sources it takes events from; null takes all. */
  readonly sourceIds: readonly string[] | null;
  readonly actions: readonly Action[];
  /** Grows with every change; attempts and explanations name it. */
  readonly version: number;
  readonly createdAt: number;
  /** Where a new destination begins: with what comes next, or with all that the log still holds. */
  readonly startFrom: 'now' | 'beginning';
}

/** What a connection test of a destination found. */
export interface DestinationTest {
  readonly destinationId: string;
  readonly at: number;
  readonly ok: boolean;
  /** One sentence for people, without secrets. */
  readonly message: string;
}

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
}
export type Role = 'owner' | 'editor' | 'viewer';

export interface AuditEntry {
  readonly id: number;
  readonly at: number;
  /** Who: a token's or user's name. */
  readonly actor: string;
  /** What, such as `source.create`, `key.reveal`. */
  readonly action: string;
  /** What it was done to: the id of a source, destination, user, token or object type, or a person's identifier. */
  readonly subject: string;
  /** Changed fields without secrets. */
  readonly detail: Json;
}

/** Everything that decides how calls are taken and routed, at one version. */
export interface ControlSnapshot {
  readonly version: number;
  readonly sources: readonly Source[];
  readonly keys: readonly SourceKey[];
  readonly destinations: readonly Destination[];
}
