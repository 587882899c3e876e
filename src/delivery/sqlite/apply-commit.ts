// Writes what happened at one destination; runs inside the transaction of DeliveryStore.commit.
import { minutesOfHour } from '../../lib/whole-hours.ts';
import type { ConfigVersion } from '../delivery-reader.ts';
import type { ActionCount, DestinationCommit, NewDeadLetter, OutcomeCount } from '../delivery-store.ts';
import type { Sql } from './row.ts';

/** Of an event tried often, the first try and this many of the last are kept: enough to explain, bounded in a long outage. */
const lastAttemptsKept = 9;

export function applyCommit(sql: Sql, commit: DestinationCommit): void {
  const { destinationId } = commit;
  for (const { partition, offset, reached } of commit.cursors) {
    sql('UPDATE cursor SET offset = ?, reached = ? WHERE destination = ? AND partition = ?').run(
      offset,
      reached,
      destinationId,
      partition,
    );
  }
  for (const each of commit.counts) count(sql, destinationId, each);
  for (const each of commit.actionCounts) countAction(sql, destinationId, each);
  for (const { minute, boundMs, events } of commit.delays) {
    sql(adding('delay', 4)).run(minute, destinationId, boundMs, events);
    sql(adding('delay_hour', 4)).run(hourOf(minute), destinationId, boundMs, events);
  }
  applyParking(sql, commit);
  for (const letter of commit.deadLetters) insertDeadLetter(sql, destinationId, letter);
  applyAttempts(sql, commit);
  for (const version of commit.versions) applyVersion(sql, destinationId, version);
  for (const { partition, from, to, reason } of commit.gaps) {
    sql('INSERT INTO gap VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET to_offset = excluded.to_offset').run(
      destinationId,
      partition,
      from,
      to,
      reason,
    );
  }
  // What was skipped is still in the log, which goes on counting it.
  if (commit.gaps.some(({ reason }) => reason === 'retention')) restartAudit(sql, destinationId);
  const { breaker, breakerReason, nextProbeAt, lastSuccessAt, lastError, disabledAt, askedUntil, lastErrorAt } =
    commit.condition;
  sql(
    `INSERT INTO condition VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET breaker = excluded.breaker,
       breaker_reason = excluded.breaker_reason, next_probe_at = excluded.next_probe_at,
       last_success_at = coalesce(excluded.last_success_at, last_success_at),
       last_error = coalesce(excluded.last_error, last_error), disabled_at = excluded.disabled_at,
       asked_until = excluded.asked_until, last_error_at = coalesce(excluded.last_error_at, last_error_at)`,
  ).run(
    destinationId,
    breaker,
    breakerReason,
    nextProbeAt,
    lastSuccessAt,
    lastError,
    disabledAt,
    askedUntil,
    lastErrorAt,
  );
}

/** Adds to a minute of the ledger and to the total that the self-check reads. */
export function count(
  sql: Sql,
  destinationId: string,
  { sourceId, minute, outcome, reason, events }: OutcomeCount,
): void {
  const line = [destinationId, sourceId, outcome, reason, events] as const;
  sql(adding('ledger', 6)).run(minute, ...line);
  sql(adding('ledger_hour', 6)).run(hourOf(minute), ...line);
  sql(adding('total', 4)).run(destinationId, sourceId, outcome, events);
}

export function countAction(sql: Sql, destinationId: string, { minute, actionId, outcome, events }: ActionCount): void {
  const line = [destinationId, actionId, outcome, events] as const;
  sql(adding('action_ledger', 5)).run(minute, ...line);
  sql(adding('action_ledger_hour', 5)).run(hourOf(minute), ...line);
}

/** An insert into a table of counts that adds to the count that is there. */
const adding = (table: string, columns: number): string =>
  `INSERT INTO ${table} VALUES (${Array(columns).fill('?').join(', ')})
   ON CONFLICT DO UPDATE SET events = events + excluded.events`;

const hourOf = (minute: number): number => Math.floor(minute / minutesOfHour);

function applyParking(sql: Sql, { destinationId, parked, progress, unparked }: DestinationCommit): void {
  for (const event of parked) {
    sql(
      `INSERT INTO parked (destination, partition, offset, source, message_id, received_at, order_keys, attempts, spent_ms,
         retry_at, settled, reason, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      destinationId,
      event.partition,
      event.offset,
      event.sourceId,
      event.messageId,
      event.receivedAt,
      JSON.stringify(event.orderKeys),
      event.attempts,
      Math.round(event.spentMs),
      Math.round(event.retryAt),
      JSON.stringify(event.settled),
      event.reason,
      event.body,
    );
  }
  for (const event of progress) {
    sql(
      `UPDATE parked SET attempts = ?, spent_ms = ?, retry_at = ?, settled = ?, reason = ?
       WHERE destination = ? AND partition = ? AND offset = ?`,
    ).run(
      event.attempts,
      Math.round(event.spentMs),
      Math.round(event.retryAt),
      JSON.stringify(event.settled),
      event.reason,
      destinationId,
      event.partition,
      event.offset,
    );
  }
  for (const { partition, offset } of unparked) {
    sql('DELETE FROM parked WHERE destination = ? AND partition = ? AND offset = ?').run(
      destinationId,
      partition,
      offset,
    );
  }
}

function insertDeadLetter(sql: Sql, destinationId: string, letter: NewDeadLetter): void {
  sql(
    `INSERT INTO dead_letter (destination, partition, offset, state, source, message_id, received_at, died_at, attempts,
       settled, order_keys, reason, body) VALUES (?, ?, ?, 'dead', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    destinationId,
    letter.partition,
    letter.offset,
    letter.sourceId,
    letter.messageId,
    letter.receivedAt,
    letter.diedAt,
    letter.attempts,
    JSON.stringify(letter.settled),
    JSON.stringify(letter.orderKeys),
    letter.reason,
    letter.body,
  );
}

function applyAttempts(sql: Sql, { destinationId, attempts }: DestinationCommit): void {
  for (const each of attempts) {
    // An event sent again after a crash counts its tries anew; the newer record replaces the older.
    sql(
      `INSERT OR REPLACE INTO attempt (partition, offset, destination, action, attempt, at, duration_ms, outcome, status,
         error, version, request, response) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      each.partition,
      each.offset,
      destinationId,
      each.action,
      each.attempt,
      each.at,
      Math.round(each.durationMs),
      each.outcome,
      each.status,
      each.error,
      each.version,
      each.request,
      each.response,
    );
    const surplus = each.attempt - lastAttemptsKept;
    if (surplus > 1) {
      sql(
        'DELETE FROM attempt WHERE partition = ? AND offset = ? AND destination = ? AND action = ? AND attempt = ?',
      ).run(each.partition, each.offset, destinationId, each.action, surplus);
    }
  }
}

function applyVersion(
  sql: Sql,
  destinationId: string,
  { partition, from, version, codeVersion, config }: ConfigVersion,
): void {
  sql('DELETE FROM version WHERE destination = ? AND partition = ? AND from_offset >= ?').run(
    destinationId,
    partition,
    from,
  );
  const last = sql(
    'SELECT version, code_version FROM version WHERE destination = ? AND partition = ? ORDER BY from_offset DESC LIMIT 1',
  ).get(destinationId, partition);
  // A restart changes nothing.
  if (last?.['version'] === version && last['code_version'] === codeVersion) return;
  sql('INSERT INTO version VALUES (?, ?, ?, ?, ?, ?)').run(
    destinationId,
    partition,
    from,
    version,
    codeVersion,
    JSON.stringify(config),
  );
}

/**
 * What retention took can no longer be counted in the log. The audit starts over from where the cursors stand, with
 * what is accounted for by now; the loss itself is in the ledger as discarded(retention).
 */
function restartAudit(sql: Sql, destinationId: string): void {
  sql('DELETE FROM audit WHERE destination = ?').run(destinationId);
  sql(
    `INSERT INTO audit SELECT destination, source, sum(events) FROM (
       SELECT destination, source, events FROM total WHERE destination = ?
       UNION ALL SELECT destination, source, 1 FROM parked WHERE destination = ?) GROUP BY destination, source`,
  ).run(destinationId, destinationId);
  sql('UPDATE cursor SET audited = offset WHERE destination = ?').run(destinationId);
}
