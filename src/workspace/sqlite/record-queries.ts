// Records of messages and content, and the workspace's part of the ledger.
import { countsOfTime, wholeHours } from '../../lib/whole-hours.ts';
import { cioId } from '../log-position.ts';
import type {
  ContentReport,
  DeliveryMetric,
  Paged,
  WorkspaceBalanceSheet,
  WorkspaceLedgerRow,
} from '../workspace-reader.ts';
import { decodeCursor, encodeCursor } from './list-cursor.ts';
import { readCursors, readMeta } from './meta-rows.ts';
import { contentColumns, metricColumns, toContent, toMetric } from './row-codec.ts';
import type { Columns } from './row-codec.ts';
import type { Prepare, SubjectQueries } from './subject-queries.ts';

/** Most metrics answered of one message. */
const maxMetrics = 1000;
const discarded = 'discarded:';

export class RecordQueries {
  readonly #prepare: Prepare;
  readonly #subjects: SubjectQueries;

  constructor(prepare: Prepare, subjects: SubjectQueries) {
    this.#prepare = prepare;
    this.#subjects = subjects;
  }

  /** In the order of event time. */
  deliveryMetrics(deliveryId: string): readonly DeliveryMetric[] {
    const statement = this.#prepare(
      `SELECT ${metricColumns} FROM metric WHERE delivery_id = ? ORDER BY at, number LIMIT ?`,
    );
    statement.setReturnArrays(true);
    return (statement.all(deliveryId, maxMetrics) as unknown as readonly Columns[]).map((row) => {
      const { number: _, ...metric } = toMetric(row);
      return metric;
    });
  }

  contentReports(contentId: string, cursor: string | null, limit: number): Paged<ContentReport> {
    const before = cursor === null ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor, 'number')[0];
    const statement = this.#prepare(
      `SELECT ${contentColumns} FROM content WHERE content_id = ? AND number < ? ORDER BY number DESC LIMIT ?`,
    );
    statement.setReturnArrays(true);
    const rows = (statement.all(contentId, before, limit + 1) as unknown as readonly Columns[]).map(toContent);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const log = readMeta(this.#prepare, 'log');
    const kept = shown.filter(({ subject }) => this.#subjects.isKept(subject, log));
    const items = kept.map((row) => {
      const { number: _, subject, ...report } = row;
      const person = this.#subjects.ownerOf(subject, Number.MAX_SAFE_INTEGER);
      return { ...report, person: person && cioId(person.number) };
    });
    return { items, next: rows.length > limit && last ? encodeCursor([last.number]) : null };
  }

  ledger(fromMinute: number, toMinute: number, stepMinutes: number): readonly WorkspaceLedgerRow[] {
    const rows = new Map<string, { delivered: number; filtered: number; discarded: Record<string, number> }>();
    const answer: WorkspaceLedgerRow[] = [];
    const counts = this.#prepare(
      `SELECT minute - minute % :step AS step, source_id, outcome, sum(events) AS events
       FROM ${countsOfTime('source_id, outcome, events', 'ledger', 'ledger_hour')}
       GROUP BY step, source_id, outcome ORDER BY step, source_id`,
    ).all({ ...wholeHours(fromMinute, toMinute, stepMinutes), step: stepMinutes });
    for (const count of counts) {
      const [minute, sourceId] = [Number(count['step']), String(count['source_id'])];
      const key = `${minute} ${sourceId}`;
      let row = rows.get(key);
      if (!row) {
        row = { delivered: 0, filtered: 0, discarded: {} };
        rows.set(key, row);
        answer.push(Object.assign(row, { minute, sourceId }));
      }
      const [outcome, events] = [String(count['outcome']), Number(count['events'])];
      if (outcome === 'delivered' || outcome === 'filtered') row[outcome] = events;
      else if (outcome.startsWith(discarded)) row.discarded[outcome.slice(discarded.length)] = events;
    }
    return answer;
  }

  balanceSheet(): WorkspaceBalanceSheet {
    const sources = this.#prepare(
      `SELECT source_id, delivered, filtered, discarded, coalesce(events, 0) AS audited
       FROM (SELECT source_id FROM total UNION SELECT source_id FROM audit)
       LEFT JOIN total USING (source_id) LEFT JOIN audit USING (source_id) ORDER BY source_id`,
    ).all();
    return {
      cursors: readCursors(this.#prepare).map(({ partition, offset, auditedTo }) => ({ partition, offset, auditedTo })),
      sources: sources.map((row) => ({
        sourceId: String(row['source_id']),
        delivered: Number(row['delivered']),
        filtered: Number(row['filtered']),
        discarded: Number(row['discarded']),
        audited: Number(row['audited']),
      })),
    };
  }
}
