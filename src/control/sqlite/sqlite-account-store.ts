// AccountStore on node:sqlite, in control.db beside what users configure. Accounts decide nothing about events, so their
// changes do not raise the configuration's version.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { FaultError, InputError } from '../../errors/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Json } from '../../lib/json.ts';
import { statements, transaction } from '../../lib/sqlite.ts';
import { seenEveryMs, sessionIdleMs, sessionMaxMs } from '../account-store.ts';
import type { AccountLink, AccountStore, Enrolment, Session, User } from '../account-store.ts';
import { changedFields } from '../audit-detail.ts';
import type { Actor } from '../control-store.ts';
import { appendAudit } from './audit-rows.ts';
import { toAccountLink, toSession, toUser } from './account-rows.ts';
import type { Row } from './rows.ts';
import { storeFault } from './store-fault.ts';

interface Credentials {
  readonly user: User;
  readonly passwordHash: string | null;
}

export class SqliteAccountStore implements AccountStore {
  readonly #db: DatabaseSync;
  readonly #clock: Clock;
  readonly #sql: (text: string) => StatementSync;
  #closed = false;

  /** Works on a migrated database that the caller opens and closes. */
  constructor(db: DatabaseSync, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
    this.#sql = statements(db);
  }

  async setUpNeeded(): Promise<boolean> {
    return this.#read(() => !this.#sql('SELECT 1 FROM user WHERE password_hash IS NOT NULL').get());
  }

  async listUsers(): Promise<readonly User[]> {
    return this.#read(() => this.#sql('SELECT * FROM user ORDER BY created_at, id').all().map(toUser));
  }

  async findCredentials(email: string): Promise<Credentials | null> {
    return this.#read(() => toCredentials(this.#sql('SELECT * FROM user WHERE email = ?').get(email)));
  }

  async credentialsOf(userId: string): Promise<Credentials | null> {
    return this.#read(() => toCredentials(this.#sql('SELECT * FROM user WHERE id = ?').get(userId)));
  }

  async createUser(user: User, actor: Actor): Promise<void> {
    this.#change(() => {
      if (this.#sql('SELECT 1 FROM user WHERE email = ? OR id = ?').get(user.email, user.id))
        throw new InputError('conflict', `There is a user with the email ${user.email} already.`, 'email');
      this.#insertUser(user, null);
      this.#log(actor, 'user.create', user.id, { email: user.email, name: user.name, role: user.role });
    });
  }

  async updateUser(id: string, change: Partial<Pick<User, 'name' | 'role'>>, actor: Actor): Promise<User> {
    return this.#change(() => {
      const before = this.#user(id);
      const after: User = { ...before, ...change };
      const detail = changedFields(before, after);
      if (Object.keys(detail).length === 0) return before;
      this.#sql('UPDATE user SET name = ?, role = ? WHERE id = ?').run(after.name, after.role, id);
      this.#assertOwnerLeft(before);
      this.#log(actor, 'user.update', id, { email: before.email, ...detail });
      return after;
    });
  }

  async deleteUser(id: string, actor: Actor): Promise<void> {
    this.#change(() => {
      const user = this.#user(id);
      this.#sql('DELETE FROM user WHERE id = ?').run(id);
      this.#assertOwnerLeft(user);
      this.#log(actor, 'user.delete', id, { email: user.email, role: user.role });
    });
  }

  async setPassword(userId: string, passwordHash: string, keepSessionId: string | null, actor: Actor): Promise<void> {
    this.#change(() => {
      const { email } = this.#user(userId);
      this.#sql('UPDATE user SET password_hash = ? WHERE id = ?').run(passwordHash, userId);
      this.#sql('DELETE FROM session WHERE user_id = ? AND id IS NOT ?').run(userId, keepSessionId);
      this.#log(actor, 'user.password', userId, { email });
    });
  }

  async rehashPassword(userId: string, passwordHash: string): Promise<void> {
    this.#change(() => this.#sql('UPDATE user SET password_hash = ? WHERE id = ?').run(passwordHash, userId));
  }

  async createLink(link: AccountLink, sha256: string, actor: Actor): Promise<void> {
    this.#change(() => {
      const user = link.userId === null ? null : this.#user(link.userId);
      this.#sql('DELETE FROM account_link WHERE user_id IS ? OR expires_at <= ?').run(link.userId, link.createdAt);
      this.#sql('INSERT INTO account_link VALUES (?, ?, ?, ?)').run(
        sha256,
        link.userId,
        link.createdAt,
        link.expiresAt,
      );
      this.#log(actor, user ? 'user.link' : 'owner.link', user?.id ?? 'owner', user ? { email: user.email } : null);
    });
  }

  async findLink(
    sha256: string,
    now: number,
  ): Promise<{ readonly link: AccountLink; readonly user: User | null } | null> {
    return this.#read(() => {
      const link = this.#link(sha256, now);
      return link && { link, user: link.userId === null ? null : this.#user(link.userId) };
    });
  }

  async useLink(sha256: string, { email, name, passwordHash, newUserId, now }: Enrolment): Promise<User> {
    return this.#change(() => {
      const link = this.#link(sha256, now);
      if (!link) throw new InputError('not_found', 'This link was used, replaced by a newer one, or has expired.');
      this.#sql('DELETE FROM account_link WHERE sha256 = ?').run(sha256);
      const known = this.#sql('SELECT * FROM user WHERE id IS ? OR (?1 IS NULL AND email = ?2)').get(
        link.userId,
        email,
      );
      const id = known ? toUser(known).id : newUserId;
      if (!known) this.#insertUser({ id, email, name, role: 'owner', createdAt: now }, passwordHash);
      else {
        this.#sql('UPDATE user SET name = ?, password_hash = ? WHERE id = ?').run(name, passwordHash, id);
        if (link.userId === null) this.#sql("UPDATE user SET role = 'owner' WHERE id = ?").run(id);
        this.#sql('DELETE FROM session WHERE user_id = ?').run(id);
      }
      const user = this.#user(id);
      const action = link.userId === null ? 'owner.set-up' : 'user.accept';
      this.#log({ name: user.email }, action, id, { email: user.email, role: user.role });
      return user;
    });
  }

  async createSession(session: Session, sha256: string): Promise<void> {
    this.#change(() => {
      const { id, userId, createdAt, lastSeenAt, address, client } = session;
      const user = this.#user(userId);
      this.#dropExpired(createdAt);
      this.#sql('INSERT INTO session VALUES (?, ?, ?, ?, ?, ?, ?)').run(
        sha256,
        id,
        userId,
        createdAt,
        lastSeenAt,
        address,
        client,
      );
      this.#sql('UPDATE user SET last_sign_in_at = ? WHERE id = ?').run(createdAt, userId);
      this.#log({ name: user.email }, 'session.start', userId, { sessionId: id, address });
    });
  }

  async findSession(
    sha256: string,
    { now, address }: { readonly now: number; readonly address: string },
  ): Promise<{ readonly session: Session; readonly user: User } | null> {
    return this.#read(() => {
      const row = this.#sql('SELECT * FROM session WHERE sha256 = ?').get(sha256);
      if (!row) return null;
      const session = toSession(row);
      if (!isAlive(session, now)) return null;
      const user = this.#user(session.userId);
      if (now - session.lastSeenAt < seenEveryMs && session.address === address) return { session, user };
      this.#sql('UPDATE session SET last_seen_at = ?, address = ? WHERE sha256 = ?').run(now, address, sha256);
      return { session: { ...session, lastSeenAt: now, address }, user };
    });
  }

  async listSessions(userId: string | null, now: number): Promise<readonly Session[]> {
    const rows = this.#read(() =>
      this.#sql('SELECT * FROM session WHERE ?1 IS NULL OR user_id = ?1 ORDER BY last_seen_at DESC, id').all(userId),
    );
    return rows.map(toSession).filter((session) => isAlive(session, now));
  }

  async endSession(id: string, actor: Actor): Promise<void> {
    this.#change(() => {
      const row = this.#sql('SELECT * FROM session WHERE id = ?').get(id);
      if (!row) throw new InputError('not_found', `There is no session ${id}. It may have ended.`, 'id');
      this.#sql('DELETE FROM session WHERE id = ?').run(id);
      this.#log(actor, 'session.end', toSession(row).userId, { sessionId: id });
    });
  }

  async endOtherSessions(userId: string, keepSessionId: string, actor: Actor): Promise<number> {
    return this.#change(() => {
      const ended = Number(
        this.#sql('DELETE FROM session WHERE user_id = ? AND id <> ?').run(userId, keepSessionId).changes,
      );
      if (ended > 0) this.#log(actor, 'session.end-others', userId, { ended });
      return ended;
    });
  }

  /** Every later call is refused. The owner closes the database afterwards. */
  close(): void {
    this.#closed = true;
  }

  #insertUser(user: Omit<User, 'active' | 'lastSignInAt'>, passwordHash: string | null): void {
    const { id, email, name, role, createdAt } = user;
    this.#sql('INSERT INTO user VALUES (?, ?, ?, ?, ?, ?, NULL)').run(id, email, name, role, passwordHash, createdAt);
  }

  #user(id: string): User {
    const row = this.#sql('SELECT * FROM user WHERE id = ?').get(id);
    if (!row) throw new InputError('not_found', `There is no user ${id}.`, 'id');
    return toUser(row);
  }

  #link(sha256: string, now: number): AccountLink | null {
    const row = this.#sql('SELECT * FROM account_link WHERE sha256 = ? AND expires_at > ?').get(sha256, now);
    return row ? toAccountLink(row) : null;
  }

  /** Taking an owner away must leave one who can sign in. Called after the change, inside its transaction. */
  #assertOwnerLeft(changed: User): void {
    if (changed.role !== 'owner' || !changed.active) return;
    if (this.#sql("SELECT 1 FROM user WHERE role = 'owner' AND password_hash IS NOT NULL").get()) return;
    throw new InputError('conflict', 'This is the last owner. Make somebody else an owner first.');
  }

  #dropExpired(now: number): void {
    this.#sql('DELETE FROM session WHERE last_seen_at <= ? OR created_at <= ?').run(
      now - sessionIdleMs,
      now - sessionMaxMs,
    );
  }

  #log(actor: Actor, action: string, subject: string, detail: Json): void {
    appendAudit(this.#sql, { at: this.#clock.now(), actor: actor.name, action, subject, detail });
  }

  #change<T>(work: () => T): T {
    return this.#read(() => transaction(this.#db, work));
  }

  #read<T>(work: () => T): T {
    if (this.#closed) throw new FaultError('shutting_down');
    return storeFault(work);
  }
}

const isAlive = ({ createdAt, lastSeenAt }: Session, now: number): boolean =>
  now - lastSeenAt < sessionIdleMs && now - createdAt < sessionMaxMs;

const toCredentials = (row: Row | undefined): Credentials | null =>
  row ? { user: toUser(row), passwordHash: row['password_hash'] as string | null } : null;
