// Keeps who may use the console: users, their sessions, and the one-time links by which they choose a password.
//
// Sessions and links are stored by the SHA-256 of their token, so whoever reads the store can use neither. Every change
// appends its audit entry in the same transaction. At least one user with a password stays an owner once there is one.
// Each engine passes account-store.contract.ts.
import type { Actor } from './control-store.ts';
import type { Role } from './model.ts';

export interface User {
  readonly id: string;
  /** Lower-cased; no two users share one. */
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** False until an invited user has chosen a password. */
  readonly active: boolean;
  readonly createdAt: number;
  readonly lastSignInAt: number | null;
}

export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  /** Where it was last seen from. */
  readonly address: string;
  /** User agent at sign-in. */
  readonly client: string;
}

/** When a session ends by itself, in ms: after so long without a call, and after so long at all. */
export const sessionIdleMs = 3 * 86_400_000;
export const sessionMaxMs = 30 * 86_400_000;
/** How exactly `lastSeenAt` is kept, in ms, so that not every call writes. */
export const seenEveryMs = 60_000;

/** A one-time link: to invite a user or give a new password to one, or, without a user, to make the owner. */
export interface AccountLink {
  readonly userId: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** What the holder of a link has chosen. */
export interface Enrolment {
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  /** Id for the user, should there be none yet. */
  readonly newUserId: string;
  readonly now: number;
}

/** Methods reject with InputError `not_found` or `conflict` where that applies. */
export interface AccountStore {
  /** Whether nobody has a password yet. */
  setUpNeeded(): Promise<boolean>;
  listUsers(): Promise<readonly User[]>;
  findCredentials(email: string): Promise<{ readonly user: User; readonly passwordHash: string | null } | null>;
  credentialsOf(userId: string): Promise<{ readonly user: User; readonly passwordHash: string | null } | null>;
  /** Rejects with `conflict` when the email is taken. */
  createUser(user: User, actor: Actor): Promise<void>;
  /** Rejects with `conflict` when no owner would be left. */
  updateUser(id: string, change: Partial<Pick<User, 'name' | 'role'>>, actor: Actor): Promise<User>;
  /** Ends the user's sessions and links too. Rejects with `conflict` when no owner would be left. */
  deleteUser(id: string, actor: Actor): Promise<void>;
  /** Ends every session of the user but `keepSessionId`. */
  setPassword(userId: string, passwordHash: string, keepSessionId: string | null, actor: Actor): Promise<void>;
  /** Stores a better hash of the same password; no change, so not audited. */
  rehashPassword(userId: string, passwordHash: string): Promise<void>;

  /** Replaces the unused links of the same user, or the same of the owner. */
  createLink(link: AccountLink, sha256: string, actor: Actor): Promise<void>;
  /** A link that can still be used. */
  findLink(sha256: string, now: number): Promise<{ readonly link: AccountLink; readonly user: User | null } | null>;
  /**
   * Uses a link up: its user gets the password, or without one the user of the email is made an owner with it. Sessions
   * of before end. Rejects with `not_found` when the link is used, replaced or expired.
   */
  useLink(sha256: string, enrolment: Enrolment): Promise<User>;

  createSession(session: Session, sha256: string): Promise<void>;
  /** The session and its user as they are now; null when it has ended or expired. Notes that it was seen. */
  findSession(
    sha256: string,
    seen: { readonly now: number; readonly address: string },
  ): Promise<{ readonly session: Session; readonly user: User } | null>;
  /** Of one user, or with null of everybody; the latest seen first. */
  listSessions(userId: string | null, now: number): Promise<readonly Session[]>;
  endSession(id: string, actor: Actor): Promise<void>;
  /** Resolves with how many ended. */
  endOtherSessions(userId: string, keepSessionId: string, actor: Actor): Promise<number>;
}
