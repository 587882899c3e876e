// Rows of the accounts' tables as plain data. The casts stand at this boundary, as in rows.ts.
import type { AccountLink, Session, User } from '../account-store.ts';
import type { Row } from './rows.ts';

export const toUser = (row: Row): User => ({
  id: row['id'] as string,
  email: row['email'] as string,
  name: row['name'] as string,
  role: row['role'] as User['role'],
  active: row['password_hash'] !== null,
  createdAt: row['created_at'] as number,
  lastSignInAt: row['last_sign_in_at'] as number | null,
});

export const toSession = (row: Row): Session => ({
  id: row['id'] as string,
  userId: row['user_id'] as string,
  createdAt: row['created_at'] as number,
  lastSeenAt: row['last_seen_at'] as number,
  address: row['address'] as string,
  client: row['client'] as string,
});

export const toAccountLink = (row: Row): AccountLink => ({
  userId: row['user_id'] as string | null,
  createdAt: row['created_at'] as number,
  expiresAt: row['expires_at'] as number,
});
