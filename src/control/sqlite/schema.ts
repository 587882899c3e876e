// Tables of control.db, by schema version. A version is a step that is never edited once released; the number of steps
// taken is SQLite's user_version.
import type { DatabaseSync } from 'node:sqlite';
import { FaultError } from '../../errors/errors.ts';
import { transaction } from '../../lib/sqlite.ts';

const steps: readonly string[] = [
  `
  CREATE TABLE meta (version INTEGER NOT NULL) STRICT;
  INSERT INTO meta VALUES (0);

  CREATE TABLE source (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, family TEXT NOT NULL,
    enabled INTEGER NOT NULL, strict INTEGER NOT NULL, created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE source_key (
    id TEXT PRIMARY KEY, source_id TEXT NOT NULL REFERENCES source(id) ON DELETE CASCADE, key TEXT NOT NULL UNIQUE,
    class TEXT NOT NULL, region TEXT, created_at INTEGER NOT NULL, revoked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX source_key_by_source ON source_key (source_id);
  CREATE TABLE destination (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, enabled INTEGER NOT NULL, settings TEXT NOT NULL,
    source_ids TEXT, actions TEXT NOT NULL, version INTEGER NOT NULL, created_at INTEGER NOT NULL, start_from TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE api_token (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, detail TEXT NOT NULL
  ) STRICT;

  -- Rejections under unrecognised keys have the empty source id.
  CREATE TABLE rejection (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source_id TEXT NOT NULL, at INTEGER NOT NULL, reason TEXT NOT NULL,
    message TEXT NOT NULL, field TEXT, route TEXT NOT NULL, size INTEGER NOT NULL, sample TEXT NOT NULL,
    client TEXT NOT NULL, ip TEXT NOT NULL, key_prefix TEXT, strict INTEGER NOT NULL, message_id TEXT,
    bytes INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX rejection_by_source ON rejection (source_id, id);
  CREATE INDEX rejection_by_reason ON rejection (source_id, reason, id);
  CREATE INDEX rejection_by_message ON rejection (message_id) WHERE message_id IS NOT NULL;
  CREATE TABLE rejection_count (
    source_id TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (source_id, reason)
  ) STRICT, WITHOUT ROWID;
  -- Bytes of detail kept, so that the budget is enforced without summing.
  CREATE TABLE rejection_usage (source_id TEXT PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE unknown_key (
    key_prefix TEXT NOT NULL, reason TEXT NOT NULL, ip TEXT NOT NULL, client TEXT NOT NULL, count INTEGER NOT NULL,
    first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, message TEXT NOT NULL,
    PRIMARY KEY (key_prefix, reason, ip, client)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX unknown_key_by_time ON unknown_key (last_at);
  CREATE TABLE source_activity (
    source_id TEXT PRIMARY KEY, last_accepted_at INTEGER, last_library TEXT, last_message_id TEXT,
    last_rejected_at INTEGER, accepted INTEGER NOT NULL, rejected INTEGER NOT NULL, over_rate_at INTEGER,
    peak_rate INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE user (
    id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, password_hash TEXT,
    created_at INTEGER NOT NULL, last_sign_in_at INTEGER
  ) STRICT, WITHOUT ROWID;
  -- Tokens of sessions and links are stored by their SHA-256 only.
  CREATE TABLE session (
    sha256 TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL REFERENCES user(id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL, last_seen_at INTEGER NOT NULL, address TEXT NOT NULL, client TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX session_by_user ON session (user_id);
  -- Without a user it makes the owner.
  CREATE TABLE account_link (
    sha256 TEXT PRIMARY KEY, user_id TEXT REFERENCES user(id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  -- Names that users gave to object types of the workspace.
  CREATE TABLE object_type_name (type_id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `
  -- Rejected calls by minute; under unrecognised keys with the empty source id.
  CREATE TABLE rejection_minute (
    minute INTEGER NOT NULL, source_id TEXT NOT NULL, reason TEXT NOT NULL, calls INTEGER NOT NULL,
    PRIMARY KEY (minute, source_id, reason)
  ) STRICT, WITHOUT ROWID;
  -- Finds the last name of what was deleted, and all that was done to one thing.
  CREATE INDEX audit_by_subject ON audit (subject, id);
  `,
  `
  CREATE TABLE repeat (
    source_id TEXT NOT NULL, message_id TEXT NOT NULL, count INTEGER NOT NULL, first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL, client TEXT NOT NULL, PRIMARY KEY (source_id, message_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX repeat_by_time ON repeat (source_id, last_at);
  `,
  `
  -- The latest connection test of each destination with its present settings.
  CREATE TABLE destination_test (
    destination_id TEXT PRIMARY KEY, at INTEGER NOT NULL, ok INTEGER NOT NULL, message TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];

/**
 * Brings the database to this version's schema, each step in a transaction of its own.
 * @throws FaultError `store_unavailable` when a newer version wrote it.
 */
export function migrate(db: DatabaseSync): void {
  const taken = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (taken > steps.length)
    throw new FaultError(
      'store_unavailable',
      `control.db has schema ${taken}; this version of Leat knows ${steps.length}. Start the newer version that wrote it.`,
    );
  for (const [index, step] of steps.entries()) {
    if (index < taken) continue;
    transaction(db, () => {
      db.exec(step);
      db.exec(`PRAGMA user_version = ${index + 1}`);
    });
  }
}
