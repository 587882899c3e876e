// What is counted by minute of receipt: the ledger, its actions, and how long deliveries took.
import type { ActionLedgerRow, DelayRow, LedgerRow } from '../delivery-reader.ts';
import { int, intOrNull, text } from './row.ts';
import type { Sql } from './row.ts';

export function readLedger(sql: Sql, fromMinute: number, toMinute: number, stepMinutes: number): readonly LedgerRow[] {
  const rows = sql(
    `SELECT destination, source, minute - minute % ?3 AS step, outcome, reason, sum(events) AS events FROM ledger
     WHERE minute >= ?1 AND minute < ?2 GROUP BY step, destination, source, outcome, reason HAVING sum(events) <> 0
     ORDER BY step, destination, source`,
  ).iterate(fromMinute, toMinute, stepMinutes);
  const found: Mutable<LedgerRow>[] = [];
  for (const row of rows) {
    const [destinationId, sourceId, minute] = [text(row, 'destination'), text(row, 'source'), int(row, 'step')];
    let last = found.at(-1);
    if (last?.minute !== minute || last.destinationId !== destinationId || last.sourceId !== sourceId) {
      last = { destinationId, sourceId, minute, delivered: 0, filtered: 0, discarded: {}, failed: 0 };
      found.push(last);
    }
    const outcome = text(row, 'outcome');
    const events = int(row, 'events');
    if (outcome === 'delivered' || outcome === 'filtered' || outcome === 'failed') last[outcome] += events;
    else last.discarded = { ...last.discarded, [text(row, 'reason')]: events };
  }
  return found;
}

export function readActionLedger(sql: Sql, fromMinute: number, toMinute: number): readonly ActionLedgerRow[] {
  return sql(
    `SELECT destination, action, minute, sum(events) FILTER (WHERE outcome = 'delivered') AS delivered,
       sum(events) FILTER (WHERE outcome = 'failed') AS failed
     FROM action_ledger WHERE minute >= ? AND minute < ?
     GROUP BY minute, destination, action ORDER BY minute, destination, action`,
  )
    .all(fromMinute, toMinute)
    .map((row) => ({
      destinationId: text(row, 'destination'),
      actionId: text(row, 'action'),
      minute: int(row, 'minute'),
      delivered: intOrNull(row, 'delivered') ?? 0,
      failed: intOrNull(row, 'failed') ?? 0,
    }));
}

export function readDelays(sql: Sql, fromMinute: number, toMinute: number, stepMinutes: number): readonly DelayRow[] {
  return sql(
    `SELECT destination, minute - minute % ?3 AS step, bound_ms, sum(events) AS events FROM delay
     WHERE minute >= ?1 AND minute < ?2 GROUP BY step, destination, bound_ms ORDER BY step, destination, bound_ms`,
  )
    .all(fromMinute, toMinute, stepMinutes)
    .map((row) => ({
      destinationId: text(row, 'destination'),
      minute: int(row, 'step'),
      boundMs: int(row, 'bound_ms'),
      events: int(row, 'events'),
    }));
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
