// Removes, a slice at a time, what nothing leads to any more. Readers and the reducer see none of it: they leave out by
// themselves what is unreachable or has expired, so it does not matter when, or whether, a sweep has been.
//
// A slice does the first of these that has work: garbage that is due (deleted people and objects), effects of events
// that the log no longer holds, stretches so old that only people's activity is kept in them, anonymous ids not seen for 30
// days, geofence transitions, old minutes of the ledger. It is bounded by rows, and the caller runs it in a transaction of its own.
import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { statements } from '../../lib/sqlite.ts';
import { minutesOfHour } from '../../lib/whole-hours.ts';
import { keepMs, keptSinceDay } from '../workspace-settings.ts';
import { readMeta, writeMeta } from './meta-rows.ts';
import { TimelineTail } from './timeline-tail.ts';

const rowsPerSlice = 500;
const subjectsPerSlice = 100;
/** How long the counts of minutes and hours are kept; the totals stay. */
const ledgerHours = 400 * 24;
const hourMs = 3_600_000;

/** No time and no number of an entry is higher. */
const lastOfAll = Number.MAX_SAFE_INTEGER;

type Entry = Readonly<Record<string, SQLOutputValue>>;

export class Sweeper {
  readonly #prepare: (sql: string) => StatementSync;
  readonly #tail: TimelineTail;

  constructor(db: DatabaseSync) {
    this.#prepare = statements(db);
    this.#tail = new TimelineTail(this.#prepare);
  }

  /** Does one slice; whether it found anything to do. */
  slice(logStart: ReadonlyMap<number, number>): boolean {
    const log = readMeta(this.#prepare, 'log');
    return (
      this.#garbage(log) ||
      [...logStart].some(([partition, start]) => this.#effects(partition, start)) ||
      this.#stretch(log - keepMs) ||
      this.#anonymousIds(keptSinceDay(log)) ||
      this.#transitions(log - keepMs) ||
      this.#ledger(Math.floor(log / hourMs) - ledgerHours)
    );
  }

  #garbage(log: number): boolean {
    const entry = this.#prepare('SELECT entry, kind, number FROM garbage WHERE due <= ? ORDER BY due LIMIT 1').get(log);
    if (!entry) return false;
    // A person's activities in the tail would not be found.
    if (entry['kind'] === 'person') this.#tail.enterAll();
    const number = Number(entry['number']);
    const more =
      entry['kind'] === 'person'
        ? this.#dataOf(number)
        : entry['kind'] === 'stub'
          ? this.#stub(number)
          : this.#object(number, log - keepMs);
    if (!more) this.#prepare('DELETE FROM garbage WHERE entry = ?').run(Number(entry['entry']));
    return true;
  }

  /** What is kept under a subject, and its children after it; whether there is more. */
  #dataOf(subject: number): boolean {
    let removed = this.#passOnLinks(subject);
    for (const table of ['device', 'relationship', 'content'] as const)
      if (removed < rowsPerSlice) removed += this.#deleteSome(deletesOfSubject[table], subject, rowsPerSlice - removed);
    for (const stretch of this.#stretches()) {
      if (removed >= rowsPerSlice) return true;
      removed += this.#deleteActivity(stretch, subject, this.#entries(stretch, subject, rowsPerSlice - removed));
    }
    return removed >= rowsPerSlice;
  }

  /** Turns the links to a subject's children into garbage entries; how many. */
  #passOnLinks(parent: number): number {
    const children = this.#prepare('SELECT child FROM link WHERE parent = ? LIMIT ?').all(parent, rowsPerSlice);
    for (const { child } of children) {
      this.#prepare("INSERT INTO garbage (kind, number, due) VALUES ('person', ?, 0)").run(Number(child));
      this.#prepare('DELETE FROM link WHERE child = ?').run(Number(child));
    }
    return children.length;
  }

  /** A stub that is no longer remembered, and those merged into it. */
  #stub(number: number): boolean {
    const merged = this.#prepare('SELECT number FROM person WHERE parent = ? LIMIT ?').all(number, rowsPerSlice);
    for (const child of merged) {
      this.#prepare("INSERT INTO garbage (kind, number, due) VALUES ('stub', ?, 0)").run(Number(child['number']));
      this.#prepare('UPDATE person SET parent = NULL WHERE number = ?').run(Number(child['number']));
    }
    const removed = this.#deleteSome(
      'DELETE FROM identifier WHERE (kind, value) IN (SELECT kind, value FROM identifier WHERE owner = ? LIMIT ?)',
      number,
      rowsPerSlice,
    );
    if (merged.length === rowsPerSlice || removed === rowsPerSlice) return true;
    this.#prepare('DELETE FROM person WHERE number = ?').run(number);
    return false;
  }

  #object(number: number, expiredBy: number): boolean {
    const removed = this.#deleteSome(
      'DELETE FROM relationship WHERE (subject, object) IN (SELECT subject, object FROM relationship WHERE object = ? LIMIT ?)',
      number,
      rowsPerSlice,
    );
    if (removed === rowsPerSlice) return true;
    this.#prepare('DELETE FROM object WHERE number = ? AND gone_at IS NOT NULL AND gone_log <= ?').run(
      number,
      expiredBy,
    );
    return false;
  }

  #effects(partition: number, start: number): boolean {
    const sql = `DELETE FROM effect WHERE rowid IN
      (SELECT rowid FROM effect WHERE partition = ?1 AND first < ?2 AND last < ?2 ORDER BY first LIMIT ?3)`;
    return this.#deleteSome(sql, partition, start, 50) > 0;
  }

  /** A stretch in which unjoined activity has expired, some entries at a time in the order of their keys. */
  #stretch(expiredBy: number): boolean {
    const next = this.#prepare('SELECT stretch FROM stretch WHERE swept = 0 AND max_log <= ? ORDER BY stretch LIMIT 1');
    const found = next.get(expiredBy);
    if (!found) return false;
    const stretch = Number(found['stretch']);
    const begun = readMeta(this.#prepare, 'sweep_stretch') === stretch;
    const after = ['sweep_subject', 'sweep_at', 'sweep_number'] as const;
    const entries = this.#prepare(
      `SELECT subject, at, number FROM timeline WHERE stretch = ? AND (subject, at, number) > (?, ?, ?)
       ORDER BY subject, at, number LIMIT ?`,
    ).all(stretch, ...after.map((name) => (begun ? readMeta(this.#prepare, name) : 0)), rowsPerSlice);
    let last = entries.at(-1);
    for (const [subject, own] of Map.groupBy(entries, (entry) => Number(entry['subject']))) {
      const keepsAll = this.#sweepSubject(stretch, subject, own);
      // However many more there are of it in the stretch.
      if (keepsAll && own.at(-1) === last) last = { subject, at: lastOfAll, number: lastOfAll };
    }
    if (!last) this.#prepare('UPDATE stretch SET swept = 1 WHERE stretch = ?').run(stretch);
    writeMeta(this.#prepare, 'sweep_stretch', stretch);
    writeMeta(this.#prepare, 'sweep_subject', Number(last?.['subject'] ?? 0));
    writeMeta(this.#prepare, 'sweep_at', Number(last?.['at'] ?? 0));
    writeMeta(this.#prepare, 'sweep_number', Number(last?.['number'] ?? 0));
    return true;
  }

  /**
   * Keeps a person's activity, and of a subject that was given to one what is within the link's bounds. True when it
   * would keep whatever there is.
   */
  #sweepSubject(stretch: number, subject: number, entries: readonly Entry[]): boolean {
    const link = this.#prepare('SELECT from_at, from_log FROM link WHERE child = ?').get(subject);
    if (!link && this.#prepare('SELECT 1 FROM person WHERE number = ?').get(subject)) return true;
    const logOf = this.#prepare('SELECT coalesce(log, received_at) AS log FROM activity WHERE number = ?');
    const isOutside = ({ at, number }: Entry): boolean =>
      !link ||
      Number(at) < Number(link['from_at']) ||
      Number(logOf.get(Number(number))?.['log'] ?? 0) <= Number(link['from_log']);
    this.#deleteActivity(stretch, subject, entries.filter(isOutside));
    return false;
  }

  #entries(stretch: number, subject: number, limit: number): readonly Entry[] {
    return this.#prepare('SELECT at, number FROM timeline WHERE stretch = ? AND subject = ? LIMIT ?').all(
      stretch,
      subject,
      limit,
    );
  }

  /** Removes activities and their entries; how many. */
  #deleteActivity(stretch: number, subject: number, entries: readonly Entry[]): number {
    for (const { at, number } of entries) {
      this.#prepare('DELETE FROM activity WHERE number = ?').run(Number(number));
      this.#prepare('DELETE FROM timeline WHERE stretch = ? AND subject = ? AND at = ? AND number = ?').run(
        stretch,
        subject,
        Number(at),
        Number(number),
      );
    }
    return entries.length;
  }

  #anonymousIds(seenBefore: number): boolean {
    const expired = this.#prepare(
      'SELECT kind, value, owner FROM identifier WHERE owner < 0 AND seen_day < ? LIMIT ?',
    ).all(seenBefore, subjectsPerSlice);
    for (const row of expired) {
      this.#prepare("INSERT INTO garbage (kind, number, due) VALUES ('person', ?, 0)").run(-Number(row['owner']));
      this.#prepare('DELETE FROM identifier WHERE kind = ? AND value = ?').run(
        Number(row['kind']),
        String(row['value']),
      );
    }
    return expired.length > 0;
  }

  #transitions(expiredBy: number): boolean {
    const sql = 'DELETE FROM transition WHERE key IN (SELECT key FROM transition WHERE log <= ? LIMIT ?)';
    return this.#deleteSome(sql, expiredBy, rowsPerSlice) > 0;
  }

  /** Whole hours, so that what is left of both tables agrees. */
  #ledger(beforeHour: number): boolean {
    const minutes = `DELETE FROM ledger WHERE (minute, source_id, outcome) IN
      (SELECT minute, source_id, outcome FROM ledger WHERE minute < ? LIMIT ?)`;
    const hours = `DELETE FROM ledger_hour WHERE (hour, source_id, outcome) IN
      (SELECT hour, source_id, outcome FROM ledger_hour WHERE hour < ? LIMIT ?)`;
    return (
      this.#deleteSome(minutes, beforeHour * minutesOfHour, rowsPerSlice) +
        this.#deleteSome(hours, beforeHour, rowsPerSlice) >
      0
    );
  }

  #stretches(): readonly number[] {
    return this.#prepare('SELECT stretch FROM stretch ORDER BY stretch')
      .all()
      .map(({ stretch }) => Number(stretch));
  }

  #deleteSome(sql: string, ...parameters: readonly number[]): number {
    return Number(this.#prepare(sql).run(...parameters).changes);
  }
}

const deletesOfSubject = {
  device: 'DELETE FROM device WHERE token IN (SELECT token FROM device WHERE person = ? LIMIT ?)',
  relationship:
    'DELETE FROM relationship WHERE (subject, object) IN (SELECT subject, object FROM relationship WHERE subject = ? LIMIT ?)',
  content: 'DELETE FROM content WHERE number IN (SELECT number FROM content WHERE subject = ? LIMIT ?)',
} as const;
