// Layout of delivery.db.
//
// `ledger_hour`, `action_ledger_hour` and `delay_hour` repeat what is counted by minute added up by the hour, for questions about long times.
// `total` and `audit` repeat the ledger per source without minutes, so that the self-check costs the same however long
// the ledger is and survives its trimming. `parked` and `dead_letter` have their bodies last: SQLite then reads the
// other columns without touching the pages a long body spills onto.
import type { DatabaseSync } from 'node:sqlite';
import { FaultError } from '../../errors/errors.ts';

/** What brings the layout from each version to the next; a new file goes through all of them. */
const layouts = [
  `
CREATE TABLE cursor (
  destination TEXT NOT NULL, partition INTEGER NOT NULL,
  start INTEGER NOT NULL, offset INTEGER NOT NULL, reached INTEGER NOT NULL, audited INTEGER NOT NULL,
  PRIMARY KEY (destination, partition)
) WITHOUT ROWID;
CREATE TABLE condition (
  destination TEXT PRIMARY KEY, breaker TEXT NOT NULL, breaker_reason TEXT, next_probe_at INTEGER,
  last_success_at INTEGER, last_error TEXT, disabled_at INTEGER
) WITHOUT ROWID;
CREATE TABLE ledger (
  minute INTEGER NOT NULL, destination TEXT NOT NULL, source TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (minute, destination, source, outcome, reason)
) WITHOUT ROWID;
CREATE TABLE action_ledger (
  minute INTEGER NOT NULL, destination TEXT NOT NULL, action TEXT NOT NULL, outcome TEXT NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (minute, destination, action, outcome)
) WITHOUT ROWID;
CREATE TABLE total (
  destination TEXT NOT NULL, source TEXT NOT NULL, outcome TEXT NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (destination, source, outcome)
) WITHOUT ROWID;
CREATE TABLE audit (
  destination TEXT NOT NULL, source TEXT NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (destination, source)
) WITHOUT ROWID;
CREATE TABLE parked (
  seq INTEGER PRIMARY KEY, destination TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
  source TEXT NOT NULL, message_id TEXT NOT NULL, received_at INTEGER NOT NULL, order_keys TEXT NOT NULL,
  attempts INTEGER NOT NULL, spent_ms INTEGER NOT NULL, retry_at INTEGER NOT NULL, settled TEXT NOT NULL,
  reason TEXT NOT NULL, body TEXT NOT NULL,
  UNIQUE (destination, partition, offset)
);
CREATE TABLE dead_letter (
  id INTEGER PRIMARY KEY AUTOINCREMENT, destination TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
  state TEXT NOT NULL, source TEXT NOT NULL, message_id TEXT NOT NULL, received_at INTEGER NOT NULL,
  died_at INTEGER NOT NULL, attempts INTEGER NOT NULL, settled TEXT NOT NULL, order_keys TEXT NOT NULL,
  reason TEXT NOT NULL, body TEXT NOT NULL,
  UNIQUE (destination, partition, offset)
);
CREATE INDEX dead_letter_list ON dead_letter (destination, id) WHERE state <> 'discarded';
CREATE INDEX dead_letter_requeued ON dead_letter (destination, id) WHERE state = 'requeued';
CREATE INDEX dead_letter_gone ON dead_letter (partition, offset) WHERE state = 'discarded';
CREATE TABLE attempt (
  partition INTEGER NOT NULL, offset INTEGER NOT NULL, destination TEXT NOT NULL, action TEXT NOT NULL,
  attempt INTEGER NOT NULL, at INTEGER NOT NULL, duration_ms INTEGER NOT NULL, outcome TEXT NOT NULL, status INTEGER,
  error TEXT, version INTEGER NOT NULL, request TEXT, response TEXT
);
CREATE UNIQUE INDEX attempt_of_event ON attempt (partition, offset, destination, action, attempt);
CREATE INDEX attempt_of_destination ON attempt (destination);
CREATE TABLE version (
  destination TEXT NOT NULL, partition INTEGER NOT NULL, from_offset INTEGER NOT NULL, version INTEGER NOT NULL,
  code_version TEXT NOT NULL, config TEXT NOT NULL,
  PRIMARY KEY (destination, partition, from_offset)
) WITHOUT ROWID;
CREATE TABLE gap (
  destination TEXT NOT NULL, partition INTEGER NOT NULL, from_offset INTEGER NOT NULL, to_offset INTEGER NOT NULL,
  PRIMARY KEY (destination, partition, from_offset)
) WITHOUT ROWID;
CREATE TABLE synced (only INTEGER PRIMARY KEY, times INTEGER NOT NULL);
INSERT INTO synced VALUES (1, 0);
`,
  `
ALTER TABLE dead_letter ADD COLUMN edited_at INTEGER;
CREATE TABLE replay (
  id TEXT PRIMARY KEY, destination TEXT NOT NULL, created_at INTEGER NOT NULL, created_by TEXT NOT NULL,
  spec TEXT NOT NULL, total INTEGER NOT NULL, state TEXT NOT NULL, problem TEXT, stretches TEXT NOT NULL,
  counts TEXT NOT NULL, samples TEXT NOT NULL, updated_at INTEGER NOT NULL, ended_at INTEGER
) WITHOUT ROWID;
CREATE INDEX replay_list ON replay (destination, created_at);
CREATE TABLE replay_failure (
  run TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL, destination TEXT NOT NULL,
  source TEXT NOT NULL, message_id TEXT NOT NULL, attempts INTEGER NOT NULL, reason TEXT NOT NULL,
  request TEXT, response TEXT,
  PRIMARY KEY (run, partition, offset)
) WITHOUT ROWID;
CREATE INDEX replay_failure_of_destination ON replay_failure (destination);
`,
  `
ALTER TABLE gap ADD COLUMN reason TEXT NOT NULL DEFAULT 'retention';
`,
  `
CREATE TABLE delay (
  minute INTEGER NOT NULL, destination TEXT NOT NULL, bound_ms INTEGER NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (minute, destination, bound_ms)
) WITHOUT ROWID;
`,
  `
CREATE TABLE ledger_hour (
  hour INTEGER NOT NULL, destination TEXT NOT NULL, source TEXT NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (hour, destination, source, outcome, reason)
) WITHOUT ROWID;
INSERT INTO ledger_hour SELECT minute / 60, destination, source, outcome, reason, sum(events)
  FROM ledger GROUP BY minute / 60, destination, source, outcome, reason;
CREATE TABLE action_ledger_hour (
  hour INTEGER NOT NULL, destination TEXT NOT NULL, action TEXT NOT NULL, outcome TEXT NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (hour, destination, action, outcome)
) WITHOUT ROWID;
INSERT INTO action_ledger_hour SELECT minute / 60, destination, action, outcome, sum(events)
  FROM action_ledger GROUP BY minute / 60, destination, action, outcome;
CREATE TABLE delay_hour (
  hour INTEGER NOT NULL, destination TEXT NOT NULL, bound_ms INTEGER NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (hour, destination, bound_ms)
) WITHOUT ROWID;
INSERT INTO delay_hour SELECT minute / 60, destination, bound_ms, sum(events)
  FROM delay GROUP BY minute / 60, destination, bound_ms;
`,
  `
CREATE TABLE edited (
  destination TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL, at INTEGER NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (destination, partition, offset)
);
INSERT INTO edited SELECT destination, partition, offset, edited_at, body FROM dead_letter
  WHERE edited_at IS NOT NULL AND state <> 'discarded';
`,
  `
ALTER TABLE condition ADD COLUMN asked_until INTEGER;
ALTER TABLE condition ADD COLUMN last_error_at INTEGER;
`,
] as const;

/** Tables with a `destination` column, for forgetting one. The cursor goes last: while it is there, removal can resume. */
export const tablesOfDestination = [
  'condition',
  'ledger',
  'ledger_hour',
  'action_ledger',
  'action_ledger_hour',
  'delay',
  'delay_hour',
  'total',
  'audit',
  'parked',
  'dead_letter',
  'edited',
  'attempt',
  'version',
  'gap',
  'replay',
  'replay_failure',
  'cursor',
] as const;

/** Brings a file to the present layout, a new one from nothing; throws FaultError `store_unavailable` when a newer Leat wrote the file. */
export function ensureSchema(db: DatabaseSync): void {
  const found = Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
  if (found > layouts.length) {
    throw new FaultError('store_unavailable', `delivery.db has layout ${found}, this Leat knows ${layouts.length}.`);
  }
  for (const [index, layout] of layouts.entries()) {
    if (index >= found) db.exec(`BEGIN IMMEDIATE; ${layout} PRAGMA user_version = ${index + 1}; COMMIT`);
  }
}
