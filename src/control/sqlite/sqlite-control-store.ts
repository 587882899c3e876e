// ControlStore on node:sqlite. The owning thread is the only writer, so checks made inside a transaction hold, and the
// snapshot is kept in memory until the next change.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { FaultError, InputError } from '../../errors/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Json } from '../../lib/json.ts';
import { statements, transaction } from '../../lib/sqlite.ts';
import { actionDetail, changedFields } from '../audit-detail.ts';
import { ChangeSignal } from '../change-signal.ts';
import type { Actor, AuditQuery, ControlStore, NamedAuditEntry, ObjectTypeName, Page } from '../control-store.ts';
import { keyHint } from '../keys.ts';
import type {
  Action,
  ApiToken,
  AuditEntry,
  ControlSnapshot,
  Destination,
  DestinationTest,
  Role,
  Source,
  SourceKey,
} from '../model.ts';
import { insertToken, readToken, readTokens, removeToken } from './api-token-rows.ts';
import { appendAudit, readAudit, readAuditTerms } from './audit-rows.ts';
import { forgetDestinationTest, readDestinationTests, writeDestinationTest } from './destination-test-rows.ts';
import { forgetIntake } from './intake-rows.ts';
import { readObjectTypeNames, writeObjectTypeName } from './object-type-names.ts';
import { fromDestination, fromSource, fromSourceKey, toDestination, toSource, toSourceKey } from './rows.ts';
import type { Row } from './rows.ts';
import { storeFault } from './store-fault.ts';

export class SqliteControlStore implements ControlStore {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;
  readonly #sql: (text: string) => StatementSync;
  readonly #changes: ChangeSignal;
  #snapshot: ControlSnapshot | null = null;
  /** Whether the transaction at hand changed something. */
  #logged = false;
  #closed = false;

  /** Works on a migrated database that the caller opens and closes. */
  constructor(db: DatabaseSync, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#sql = statements(db);
    this.#changes = new ChangeSignal(Number(this.#sql('SELECT version FROM meta').get()?.['version'] ?? 0));
  }

  // Everything below runs synchronously on the thread that owns the file; `async` turns throws into rejections.

  async snapshot(): Promise<ControlSnapshot> {
    this.#assertOpen();
    this.#snapshot ??= {
      version: this.#changes.version,
      sources: this.#all('SELECT * FROM source ORDER BY created_at, id').map(toSource),
      keys: this.#all('SELECT * FROM source_key ORDER BY created_at, id').map(toSourceKey),
      destinations: this.#all('SELECT * FROM destination ORDER BY created_at, id').map(toDestination),
    };
    return this.#snapshot;
  }

  async waitForChange(version: number, signal?: AbortSignal): Promise<number> {
    this.#assertOpen();
    return this.#changes.wait(version, signal);
  }

  async createSource(source: Source, keys: readonly SourceKey[], actor: Actor): Promise<void> {
    this.#change(() => {
      if (this.#sql('SELECT 1 FROM source WHERE id = ?').get(source.id))
        throw new InputError('conflict', `A source ${source.id} exists already.`, 'id');
      this.#sql('INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?)').run(...fromSource(source));
      for (const key of keys) this.#insertKey(key);
      const { id, createdAt: _, ...detail } = source;
      this.#log(actor, 'source.create', id, { ...detail, keys: keys.map((key) => keyHint(key.key)) });
    });
  }

  async updateSource(id: string, change: Partial<Omit<Source, 'id' | 'createdAt'>>, actor: Actor): Promise<Source> {
    return this.#change(() => {
      const before = this.#source(id);
      const after: Source = { ...before, ...change, id, createdAt: before.createdAt };
      const detail = changedFields(before, after);
      if (Object.keys(detail).length === 0) return before;
      const set = 'name = ?2, kind = ?3, family = ?4, enabled = ?5, strict = ?6, created_at = ?7';
      this.#sql(`UPDATE source SET ${set} WHERE id = ?1`).run(...fromSource(after));
      this.#log(actor, 'source.update', id, detail);
      return after;
    });
  }

  async deleteSource(id: string, actor: Actor): Promise<void> {
    this.#change(() => {
      const source = this.#source(id);
      // Destinations that named it would otherwise name a source that is no more.
      for (const destination of this.#all('SELECT * FROM destination WHERE source_ids IS NOT NULL').map(
        toDestination,
      )) {
        if (!destination.sourceIds?.includes(id)) continue;
        const sourceIds = destination.sourceIds.filter((other) => other !== id);
        this.#putDestination({ ...destination, sourceIds, version: destination.version + 1 });
      }
      this.#sql('DELETE FROM source WHERE id = ?').run(id);
      forgetIntake(this.#sql, id);
      this.#log(actor, 'source.delete', id, { name: source.name });
    });
  }

  async addKey(key: SourceKey, actor: Actor): Promise<void> {
    this.#change(() => {
      this.#source(key.sourceId);
      this.#insertKey(key);
      this.#log(actor, 'key.add', key.sourceId, { keyId: key.id, key: keyHint(key.key), class: key.class });
    });
  }

  async revokeKey(sourceId: string, keyId: string, at: number, actor: Actor): Promise<void> {
    this.#change(() => {
      const row = this.#sql('SELECT * FROM source_key WHERE id = ? AND source_id = ?').get(keyId, sourceId);
      if (!row) throw new InputError('not_found', `Source ${sourceId} has no key ${keyId}.`, 'keyId');
      const key = toSourceKey(row);
      if (key.revokedAt !== null) return;
      this.#sql('UPDATE source_key SET revoked_at = ? WHERE id = ?').run(at, keyId);
      this.#log(actor, 'key.revoke', sourceId, { keyId, key: keyHint(key.key) });
    });
  }

  async createDestination(destination: Destination, actor: Actor): Promise<void> {
    this.#change(() => {
      if (this.#sql('SELECT 1 FROM destination WHERE id = ?').get(destination.id))
        throw new InputError('conflict', `A destination ${destination.id} exists already.`, 'id');
      this.#putDestination(destination);
      const { id, name, kind, enabled, settings, sourceIds, startFrom } = destination;
      const detail = { name, kind, enabled, settings: Object.keys(settings), sourceIds, startFrom };
      this.#log(actor, 'destination.create', id, detail);
    });
  }

  async updateDestination(
    id: string,
    change: Partial<Omit<Destination, 'id' | 'createdAt' | 'version' | 'actions'>>,
    actor: Actor,
  ): Promise<Destination> {
    return this.#change(() => {
      const before = this.#destination(id);
      const { createdAt, version, actions } = before;
      const after: Destination = { ...before, ...change, id, createdAt, actions, version: version + 1 };
      const detail = changedFields(before, after);
      if (Object.keys(detail).length === 0) return before;
      this.#putDestination(after);
      if ('settings' in detail) forgetDestinationTest(this.#sql, id);
      this.#log(actor, 'destination.update', id, detail);
      return after;
    });
  }

  async setActions(id: string, actions: readonly Action[], actor: Actor): Promise<Destination> {
    return this.#change(() => {
      const before = this.#destination(id);
      const after: Destination = { ...before, actions, version: before.version + 1 };
      if (Object.keys(changedFields(before, { ...after, version: before.version })).length === 0) return before;
      this.#putDestination(after);
      this.#log(actor, 'destination.actions', id, { version: after.version, actions: actions.map(actionDetail) });
      return after;
    });
  }

  async deleteDestination(id: string, actor: Actor): Promise<void> {
    this.#change(() => {
      const destination = this.#destination(id);
      this.#sql('DELETE FROM destination WHERE id = ?').run(id);
      forgetDestinationTest(this.#sql, id);
      this.#log(actor, 'destination.delete', id, { name: destination.name, kind: destination.kind });
    });
  }

  async recordDestinationTest(test: DestinationTest, version: number): Promise<void> {
    this.#open(() => writeDestinationTest(this.#sql, test, version));
  }

  async destinationTests(): Promise<readonly DestinationTest[]> {
    return this.#open(() => readDestinationTests(this.#sql));
  }

  async createToken(token: ApiToken, sha256: string, actor: Actor): Promise<void> {
    this.#change(() => {
      insertToken(this.#sql, token, sha256);
      this.#log(actor, 'token.create', token.id, { name: token.name, role: token.role });
    });
  }

  async findToken(sha256: string): Promise<{ readonly id: string; readonly name: string; readonly role: Role } | null> {
    const token = this.#open(() => readToken(this.#sql, sha256));
    return token && { id: token.id, name: token.name, role: token.role };
  }

  async listTokens(): Promise<readonly ApiToken[]> {
    return this.#open(() => readTokens(this.#sql));
  }

  async deleteToken(id: string, actor: Actor): Promise<void> {
    this.#change(() => this.#log(actor, 'token.delete', id, { name: removeToken(this.#sql, id).name }));
  }

  async objectTypeNames(): Promise<readonly ObjectTypeName[]> {
    return this.#open(() => readObjectTypeNames(this.#sql));
  }

  async nameObjectType(typeId: string, name: string | null, actor: Actor): Promise<void> {
    this.#change(() => {
      const from = writeObjectTypeName(this.#sql, typeId, name);
      if (from !== name) this.#log(actor, 'object-type.name', typeId, { name: { from, to: name } });
    });
  }

  async audit(entry: Omit<AuditEntry, 'id'>): Promise<void> {
    this.#open(() => appendAudit(this.#sql, entry));
  }

  async listAudit(query: AuditQuery): Promise<Page<NamedAuditEntry>> {
    return this.#open(() => readAudit(this.#sql, query));
  }

  async auditTerms(): Promise<{ readonly actors: readonly string[]; readonly actions: readonly string[] }> {
    return this.#open(() => readAuditTerms(this.#sql));
  }

  /** Answers those who wait for a change; every later call is refused. The owner closes the database afterwards. */
  close(): void {
    this.#closed = true;
    this.#changes.wake();
  }

  /** One transaction. When `work` logged a change, the version goes up with it; otherwise nothing was to be done. */
  #change<T>(work: () => T): T {
    this.#assertOpen();
    this.#logged = false;
    const version = this.#changes.version + 1;
    const result = storeFault(() =>
      transaction(this.#db, () => {
        const done = work();
        if (this.#logged) this.#sql('UPDATE meta SET version = ?').run(version);
        return done;
      }),
    );
    if (this.#logged) {
      this.#snapshot = null;
      this.#changes.raise(version);
    }
    return result;
  }

  #log(actor: Actor, action: string, subject: string, detail: Json): void {
    this.#logged = true;
    appendAudit(this.#sql, { at: this.#clock.now(), actor: actor.name, action, subject, detail });
  }

  #insertKey(key: SourceKey): void {
    if (this.#sql('SELECT 1 FROM source_key WHERE key = ? OR id = ?').get(key.key, key.id))
      throw new InputError(
        'conflict',
        'This key is already in use, here or at another source, revoked or not. Use another one, or leave it out to have one made.',
        'key',
      );
    this.#sql('INSERT INTO source_key VALUES (?, ?, ?, ?, ?, ?, ?)').run(...fromSourceKey(key));
  }

  #putDestination(destination: Destination): void {
    this.#sql('INSERT OR REPLACE INTO destination VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      ...fromDestination(destination),
    );
  }

  #source(id: string): Source {
    const row = this.#sql('SELECT * FROM source WHERE id = ?').get(id);
    if (!row) throw new InputError('not_found', `There is no source ${id}.`, 'id');
    return toSource(row);
  }

  #destination(id: string): Destination {
    const row = this.#sql('SELECT * FROM destination WHERE id = ?').get(id);
    if (!row) throw new InputError('not_found', `There is no destination ${id}.`, 'id');
    return toDestination(row);
  }

  #all(query: string, ...values: SQLInputValue[]): Row[] {
    return storeFault(() => this.#sql(query).all(...values));
  }

  /** Works on the open database; its own faults become ours. */
  #open<T>(work: () => T): T {
    this.#assertOpen();
    return storeFault(work);
  }

  #assertOpen(): void {
    if (this.#closed) throw new FaultError('shutting_down');
  }
}
