// The tables of workspace.db.
//
// Activity is stored in the order of the log, which is cheap at any size, and found by subject through `timeline`, whose
// entries lie together by stretches of the log (stretches.ts). New entries fall into the newest stretch only, a few MB that
// stay in memory, so writing does not slow down as the history grows (measured at a million people: 16 to 30 thousand rows/s
// with one clustered table or one index, 200 thousand with stretches). They are made some thousand at a time
// (timeline-tail.ts). Full stretches are put together into longer ones (merge-stretches.ts), so that reading a timeline
// has few to ask; the table `stretch` says what times each holds.
//
// A cursor says per partition what is applied ("offset"), audited, and entered into timelines.
//
// The log time of an activity is stored where it is not the time of receipt, which it nearly always is.
//
// Identifiers of anonymous visitors that have not joined have no owner: the column then holds their stream, negative.
import type { DatabaseSync } from 'node:sqlite';
import { FaultError } from '../../errors/errors.ts';
import { transaction } from '../../lib/sqlite.ts';
import { epochBits, stretchOfEpoch } from './stretches.ts';

/** Raised when the tables change in a way that older code cannot read; the log rebuilds what a new version needs. */
const schemaVersion = 4;

/** The first stretch of a number, the shortest that holds it. */
const firstStretch = (number: string): string => stretchOfEpoch(`(${number} >> ${epochBits})`);

const timeline = `
  CREATE TABLE timeline (
    stretch INTEGER NOT NULL, subject INTEGER NOT NULL, at INTEGER NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (stretch, subject, at, number)) WITHOUT ROWID;
  CREATE TABLE stretch (
    stretch INTEGER PRIMARY KEY, min_at INTEGER NOT NULL, max_at INTEGER NOT NULL, max_log INTEGER NOT NULL,
    swept INTEGER NOT NULL DEFAULT 0);`;

/** The ledger added up by the hour, for questions about long times. */
const ledgerHours = `CREATE TABLE ledger_hour (
    hour INTEGER NOT NULL, source_id TEXT NOT NULL, outcome TEXT NOT NULL, events INTEGER NOT NULL,
    PRIMARY KEY (hour, source_id, outcome)) WITHOUT ROWID;`;

/** What brings the tables of each older version to the next. */
const changes: Readonly<Record<number, string>> = {
  1: `${ledgerHours}
    INSERT INTO ledger_hour
    SELECT minute / 60, source_id, outcome, sum(events) FROM ledger GROUP BY minute / 60, source_id, outcome;`,
  // The old index is in the new table's order, so this reads and writes from one end to the other.
  2: `${timeline}
    INSERT INTO timeline SELECT ${firstStretch('number')}, subject, at, number
    FROM activity INDEXED BY activity_subject ORDER BY number >> ${epochBits}, subject, at, number;
    INSERT INTO stretch SELECT ${stretchOfEpoch('epoch')}, min_at, max_at, max_log, swept FROM epoch;
    DROP INDEX activity_subject; DROP TABLE epoch; DELETE FROM meta WHERE name IN ('sweep_epoch', 'sweep_subject');`,
  // Until then every activity was entered with its commit.
  3: `ALTER TABLE cursor ADD COLUMN entered INTEGER NOT NULL DEFAULT 0; UPDATE cursor SET entered = "offset";
    DROP TRIGGER IF EXISTS activity_entry;`,
};

const tables = `
  CREATE TABLE identifier (
    kind INTEGER NOT NULL, value TEXT NOT NULL, owner INTEGER NOT NULL, related INTEGER NOT NULL, seen_day INTEGER NOT NULL,
    PRIMARY KEY (kind, value)) WITHOUT ROWID;
  CREATE INDEX identifier_owner ON identifier (owner);
  CREATE INDEX identifier_unjoined ON identifier (seen_day) WHERE owner < 0;
  CREATE TABLE person (
    number INTEGER PRIMARY KEY, state INTEGER NOT NULL, parent INTEGER, related INTEGER NOT NULL, floor_at INTEGER,
    id TEXT, email TEXT, phone TEXT, created_at INTEGER NOT NULL, gone_at INTEGER, gone_log INTEGER);
  CREATE INDEX person_parent ON person (parent) WHERE parent IS NOT NULL;
  CREATE INDEX person_live ON person (number) WHERE state = 0;
  CREATE INDEX person_gone ON person (number) WHERE state <> 0;
  CREATE INDEX person_suppressed ON person (number) WHERE state = 3;
  CREATE TABLE profile (person INTEGER PRIMARY KEY, attributes TEXT, removals TEXT, updated_at INTEGER NOT NULL);
  CREATE TABLE device (
    token TEXT PRIMARY KEY, person INTEGER NOT NULL, owned_at INTEGER NOT NULL, platform TEXT, app_identifier TEXT,
    last_used_at INTEGER NOT NULL, attributes TEXT, removals TEXT) WITHOUT ROWID;
  CREATE INDEX device_person ON device (person);
  CREATE TABLE object (
    number INTEGER PRIMARY KEY, type_id TEXT NOT NULL, object_id TEXT NOT NULL, floor_at INTEGER,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, gone_at INTEGER, gone_log INTEGER, attributes TEXT,
    removals TEXT);
  CREATE UNIQUE INDEX object_key ON object (type_id, object_id);
  CREATE INDEX object_live ON object (type_id, object_id) WHERE gone_at IS NULL;
  CREATE TABLE object_type (type_id TEXT PRIMARY KEY, objects INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE relationship (
    subject INTEGER NOT NULL, object INTEGER NOT NULL, log INTEGER NOT NULL, attributes TEXT, removals TEXT,
    PRIMARY KEY (subject, object)) WITHOUT ROWID;
  CREATE INDEX relationship_object ON relationship (object, subject);
  CREATE TABLE link (
    child INTEGER PRIMARY KEY, parent INTEGER NOT NULL, from_at INTEGER NOT NULL, from_log INTEGER NOT NULL,
    related INTEGER NOT NULL, until INTEGER NOT NULL);
  CREATE INDEX link_parent ON link (parent);
  CREATE TABLE transition (key TEXT PRIMARY KEY, log INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX transition_log ON transition (log);

  CREATE TABLE activity (
    number INTEGER PRIMARY KEY, subject INTEGER NOT NULL, at INTEGER NOT NULL, type INTEGER NOT NULL,
    name TEXT NOT NULL, source INTEGER NOT NULL, message_id TEXT NOT NULL,
    received_at INTEGER NOT NULL, log INTEGER, properties TEXT NOT NULL);
  ${timeline}
  CREATE TABLE metric (
    number INTEGER PRIMARY KEY, delivery_id TEXT NOT NULL, metric TEXT NOT NULL, at INTEGER NOT NULL, recipient TEXT,
    reason TEXT, href TEXT, action_name TEXT, action_value TEXT);
  CREATE INDEX metric_delivery ON metric (delivery_id);
  CREATE TABLE content (
    number INTEGER PRIMARY KEY, content_id TEXT NOT NULL, template_id TEXT NOT NULL, content_type TEXT,
    action_type TEXT NOT NULL, action_name TEXT, action_value TEXT, at INTEGER NOT NULL, subject INTEGER NOT NULL);
  CREATE INDEX content_id ON content (content_id);
  CREATE INDEX content_subject ON content (subject);

  CREATE TABLE effect (
    partition INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, effects TEXT NOT NULL,
    PRIMARY KEY (partition, first));
  CREATE TABLE source (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
  CREATE TABLE ledger (
    minute INTEGER NOT NULL, source_id TEXT NOT NULL, outcome TEXT NOT NULL, events INTEGER NOT NULL,
    PRIMARY KEY (minute, source_id, outcome)) WITHOUT ROWID;
  ${ledgerHours}
  CREATE TABLE total (
    source_id TEXT PRIMARY KEY, delivered INTEGER NOT NULL, filtered INTEGER NOT NULL, discarded INTEGER NOT NULL)
    WITHOUT ROWID;
  CREATE TABLE audit (source_id TEXT PRIMARY KEY, events INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE cursor (
    partition INTEGER PRIMARY KEY, start INTEGER NOT NULL, "offset" INTEGER NOT NULL, audited INTEGER NOT NULL,
    entered INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE actions_interval (
    partition INTEGER NOT NULL, from_offset INTEGER NOT NULL, actions TEXT NOT NULL, PRIMARY KEY (partition, from_offset));
  CREATE TABLE garbage (entry INTEGER PRIMARY KEY, kind TEXT NOT NULL, number INTEGER NOT NULL, due INTEGER NOT NULL);
  CREATE INDEX garbage_due ON garbage (due);
  CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`;

/**
 * Makes the tables in an empty file, and brings those of an earlier version up to date.
 * @throws FaultError `store_unavailable` when a later version of Leat wrote it.
 */
export function createTables(db: DatabaseSync): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
  if (version === schemaVersion) return;
  if (version > schemaVersion)
    throw new FaultError(
      'store_unavailable',
      `workspace.db was written by a later version of Leat (its layout is ${version}, this one's ${schemaVersion}). ` +
        'Move it away; it is rebuilt from the log as far as that reaches.',
    );
  transaction(db, () => {
    if (version === 0) db.exec(tables);
    else for (let from = version; from < schemaVersion; from++) db.exec(changes[from] ?? '');
    db.exec(`PRAGMA user_version = ${schemaVersion}`);
  });
}

/** Stored forms of small sets: the place in the list. Their order never changes. */
export const personStates = ['live', 'merged', 'deleted', 'suppressed'] as const;
export const activityTypes = ['track', 'page', 'screen'] as const;
