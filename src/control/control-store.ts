// Keeps what users configure: sources, keys, destinations and their actions, API tokens, the audit log.
//
// Every change appends its audit entry in the same transaction and raises the snapshot version. Each engine passes
// control-store.contract.ts. PostgreSQL: one row-versioned table per kind; the version is a row updated in each
// transaction; waiting is LISTEN/NOTIFY with a poll as a fallback.
import type {
  Action,
  ApiToken,
  AuditEntry,
  ControlSnapshot,
  Destination,
  DestinationTest,
  Source,
  SourceKey,
} from './model.ts';

/** A page of a list; `next` continues it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface ObjectTypeName {
  readonly typeId: string;
  readonly name: string;
}

/** Who makes a change, for the audit log. */
export interface Actor {
  readonly name: string;
}

/** Which audit entries are meant; all that is given must hold. */
export interface AuditQuery {
  readonly actor?: string | undefined;
  /** One action, such as `source.create`, or all of a kind, such as `source`. */
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** At or after `from` and before `to`, ms. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Continue below this id. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** An entry with the name of its subject: the present one, or the last one of what was deleted; null when it has none. */
export interface NamedAuditEntry extends AuditEntry {
  readonly subjectName: string | null;
}

/** Methods reject with InputError `not_found` or `conflict` where that applies. */
export interface ControlStore {
  /** One consistent read of everything. PostgreSQL: one REPEATABLE READ transaction. */
  snapshot(): Promise<ControlSnapshot>;
  /** Resolves with the current version as soon as it is above `version`, or when `signal` aborts. */
  waitForChange(version: number, signal?: AbortSignal): Promise<number>;

  createSource(source: Source, keys: readonly SourceKey[], actor: Actor): Promise<void>;
  updateSource(id: string, change: Partial<Omit<Source, 'id' | 'createdAt'>>, actor: Actor): Promise<Source>;
  deleteSource(id: string, actor: Actor): Promise<void>;
  /** Rejects with `conflict` when the key is in use by any source, revoked ones included. */
  addKey(key: SourceKey, actor: Actor): Promise<void>;
  revokeKey(sourceId: string, keyId: string, at: number, actor: Actor): Promise<void>;

  createDestination(destination: Destination, actor: Actor): Promise<void>;
  /** Raises the destination's version. */
  updateDestination(
    id: string,
    change: Partial<Omit<Destination, 'id' | 'createdAt' | 'version' | 'actions'>>,
    actor: Actor,
  ): Promise<Destination>;
  /** Replaces the actions and raises the version. */
  setActions(id: string, actions: readonly Action[], actor: Actor): Promise<Destination>;
  deleteDestination(id: string, actor: Actor): Promise<void>;
  /**
   * Keeps what a connection test found in place of the one before, until the settings change. Let fall when the
   * destination is gone or no longer has the version that was tested. No change of what a snapshot holds.
   */
  recordDestinationTest(test: DestinationTest, version: number): Promise<void>;
  /** The latest of each destination that has one. */
  destinationTests(): Promise<readonly DestinationTest[]>;

  /** Stores a token by its SHA-256; the token itself is never stored. */
  createToken(token: ApiToken, sha256: string, actor: Actor): Promise<void>;
  findToken(sha256: string): Promise<Pick<ApiToken, 'id' | 'name' | 'role'> | null>;
  listTokens(): Promise<readonly ApiToken[]>;
  deleteToken(id: string, actor: Actor): Promise<void>;

  /** Those that were named. */
  objectTypeNames(): Promise<readonly ObjectTypeName[]>;
  /** Null takes the name away. */
  nameObjectType(typeId: string, name: string | null, actor: Actor): Promise<void>;

  /** For things that are no change but are audited, such as showing a secret key again. */
  audit(entry: Omit<AuditEntry, 'id'>): Promise<void>;
  /** Latest first. */
  listAudit(query: AuditQuery): Promise<Page<NamedAuditEntry>>;
  /** Everyone and every action in the audit log, in alphabetical order: what can be asked for. */
  auditTerms(): Promise<{ readonly actors: readonly string[]; readonly actions: readonly string[] }>;
}
