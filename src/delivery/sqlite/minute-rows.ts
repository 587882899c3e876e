// What is counted by minute of receipt: the ledger, its actions, and how long deliveries took.
import { countsOfTime, wholeHours } from '../../lib/whole-hours.ts';
import type { ActionLedgerRow, DelayRow, LedgerRow } from '../delivery-reader.ts';
import { int, intOrNull, text } from './row.ts';
import type { Sql } from './row.ts';

export function readLedger(sql: Sql, fromMinute: number, toMinute: number, stepMinutes: number): readonly LedgerRow[] {
  const rows = sql(
    `SELECT destination, source, minute - minute % :step AS step, outcome, reason, sum(events) AS events
     FROM ${countsOfTime('destination, source, outcome, reason, events', 'ledger', 'ledger_hour')}
     GROUP BY step, destination, source, outcome, reason HAVING sum(events) <> 0
     ORDER BY step, destination, source`,
  ).iterate({ ...wholeHours(fromMinute, toMinute, stepMinutes), step: stepMinutes });
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

export function readActionLedger(
  sql: Sql,
  fromMinute: number,
  toMinute: number,
  stepMinutes: number,
): readonly ActionLedgerRow[] {
  return sql(
    `SELECT destination, action, minute - minute % :step AS step,
       sum(events) FILTER (WHERE outcome = 'delivered') AS delivered,
       sum(events) FILTER (WHERE outcome = 'failed') AS failed
     FROM ${countsOfTime('destination, action, outcome, events', 'action_ledger', 'action_ledger_hour')}
     GROUP BY step, destination, action ORDER BY step, destination, action`,
  )
    .all({ ...wholeHours(fromMinute, toMinute, stepMinutes), step: stepMinutes })
    .map((row) => ({
      destinationId: text(row, 'destination'),
      actionId: text(row, 'action'),
      minute: int(row, 'step'),
      delivered: intOrNull(row, 'delivered') ?? 0,
      failed: intOrNull(row, 'failed') ?? 0,
    }));
}

export function readDelays(sql: Sql, fromMinute: number, toMinute: number, stepMinutes: number): readonly DelayRow[] {
  return sql(
    `SELECT destination, minute - minute % :step AS step, bound_ms, sum(events) AS events
     FROM ${countsOfTime('destination, bound_ms, events', 'delay', 'delay_hour')}
     GROUP BY step, destination, bound_ms ORDER BY step, destination, bound_ms`,
  )
    .all({ ...wholeHours(fromMinute, toMinute, stepMinutes), step: stepMinutes })
    .map((row) => ({
      destinationId: text(row, 'destination'),
      minute: int(row, 'step'),
      boundMs: int(row, 'bound_ms'),
      events: int(row, 'events'),
    }));
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
