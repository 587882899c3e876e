// Replays as rows.
import type { DeliveryPage } from '../delivery-reader.ts';
import type { ReplayFailure, ReplayRun } from '../replay/replay.ts';
import { int, intOrNull, text, textOrNull } from './row.ts';
import type { Row, Sql } from './row.ts';

/** Failures kept of one run; what comes after is only counted. */
const maxFailures = 10_000;

export const toReplay = (row: Row): ReplayRun => ({
  id: text(row, 'id'),
  destinationId: text(row, 'destination'),
  createdAt: int(row, 'created_at'),
  createdBy: text(row, 'created_by'),
  spec: JSON.parse(text(row, 'spec')) as ReplayRun['spec'],
  total: int(row, 'total'),
  state: text(row, 'state') as ReplayRun['state'],
  problem: textOrNull(row, 'problem'),
  stretches: JSON.parse(text(row, 'stretches')) as ReplayRun['stretches'],
  counts: JSON.parse(text(row, 'counts')) as ReplayRun['counts'],
  samples: JSON.parse(text(row, 'samples')) as ReplayRun['samples'],
  updatedAt: int(row, 'updated_at'),
  endedAt: intOrNull(row, 'ended_at'),
});

/** Runs inside a transaction. */
export function saveReplay(sql: Sql, run: ReplayRun, failures: readonly ReplayFailure[]): void {
  sql(
    `INSERT INTO replay VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state,
       problem = excluded.problem, stretches = excluded.stretches, counts = excluded.counts, samples = excluded.samples,
       updated_at = excluded.updated_at, ended_at = excluded.ended_at`,
  ).run(
    run.id,
    run.destinationId,
    run.createdAt,
    run.createdBy,
    JSON.stringify(run.spec),
    run.total,
    run.state,
    run.problem,
    JSON.stringify(run.stretches),
    JSON.stringify(run.counts),
    JSON.stringify(run.samples),
    run.updatedAt,
    run.endedAt,
  );
  if (run.counts.failed > maxFailures) return;
  for (const one of failures) {
    sql('INSERT OR REPLACE INTO replay_failure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)').run(
      run.id,
      one.partition,
      one.offset,
      run.destinationId,
      one.sourceId,
      one.messageId,
      one.attempts,
      one.reason,
      one.request,
      one.response,
    );
  }
}

export function readFailures(sql: Sql, id: string, cursor: string | null, limit: number): DeliveryPage<ReplayFailure> {
  const [partition = 0, offset = -1] = cursor === null ? [] : cursor.split('.').map(Number);
  const items = sql(
    `SELECT * FROM replay_failure WHERE run = ? AND (partition, offset) > (?, ?) ORDER BY partition, offset LIMIT ?`,
  )
    .all(id, partition, offset, limit + 1)
    .map((row) => ({
      partition: int(row, 'partition'),
      offset: int(row, 'offset'),
      sourceId: text(row, 'source'),
      messageId: text(row, 'message_id'),
      attempts: int(row, 'attempts'),
      reason: text(row, 'reason'),
      request: textOrNull(row, 'request'),
      response: textOrNull(row, 'response'),
    }));
  const page = items.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next: items.length > limit && last ? `${last.partition}.${last.offset}` : null };
}

/** Why replays to the destination could not send one event, run by run. */
export const readFailuresOf = (
  sql: Sql,
  destinationId: string,
  partition: number,
  offset: number,
): { readonly run: string; readonly reason: string }[] =>
  sql(
    `SELECT run, reason FROM replay_failure
     WHERE run IN (SELECT id FROM replay WHERE destination = ?) AND partition = ? AND offset = ?`,
  )
    .all(destinationId, partition, offset)
    .map((row) => ({ run: text(row, 'run'), reason: text(row, 'reason') }));
