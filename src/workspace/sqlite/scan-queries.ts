// Questions that no index answers: each looks at a bounded stretch of rows, newest first, and says where to go on.
//
// SQLite passes over rows whose stored text cannot hold what is looked for; only the others are decoded.
import { cioId } from '../log-position.ts';
import { shownValues } from '../shown-attributes.ts';
import type { DeliveryMetric, EventEffect, PersonSummary, Scanned } from '../workspace-reader.ts';
import { fromChunk } from './effect-chunks.ts';
import { decodeCursor, encodeCursor } from './list-cursor.ts';
import type { PeopleQueries } from './people-queries.ts';
import { metricColumns, personColumns, toMetric, toPerson, toProfile } from './row-codec.ts';
import type { Columns } from './row-codec.ts';
import type { Prepare } from './subject-queries.ts';

/** Chunks of 256 effects that one question looks at. */
const scannedChunks = 200;
/** Effects answered of one question. */
const maxEffects = 50;

export class ScanQueries {
  readonly #prepare: Prepare;
  readonly #people: PeopleQueries;
  /** People, or metrics, that one page looks at. */
  readonly #scannedRows: number;

  constructor(prepare: Prepare, people: PeopleQueries, scannedRows: number) {
    this.#prepare = prepare;
    this.#people = people;
    this.#scannedRows = scannedRows;
  }

  peopleWith(name: string, value: string | null, cursor: string | null, limit: number): Scanned<PersonSummary> {
    const before = cursor === null ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor, 'number')[0];
    const end = this.#prepare(
      'SELECT number FROM person WHERE state = 0 AND number < ? ORDER BY number DESC LIMIT 1 OFFSET ?',
    ).get(before, this.#scannedRows - 1);
    const floor = end ? Number(end['number']) : 0;
    const wanted = value?.toLowerCase() ?? null;
    const marks = marksOf(wanted);
    // Changing the case of every profile is half the cost; without letters there is none.
    const searched = /[a-z]/.test(wanted ?? '') ? 'lower(attributes)' : 'attributes';
    const statement = this.#prepare(
      `SELECT ${personColumns}, profile.person, attributes, removals, updated_at
       FROM person INDEXED BY person_live JOIN profile ON profile.person = number
       WHERE state = 0 AND number < ? AND number >= ? AND instr(attributes, ?) > 0
         AND (${marks.map(() => `instr(${searched}, ?) > 0`).join(' OR ')})
       ORDER BY number DESC`,
    );
    statement.setReturnArrays(true);
    const items: PersonSummary[] = [];
    const rows = statement.iterate(before, floor, JSON.stringify(name).slice(0, -1), ...marks);
    for (const row of rows as unknown as Iterable<Columns>) {
      const person = toPerson(row);
      if (items.length === limit) return { items, next: encodeCursor([above(items)]), scanned: null };
      const found = shownValues(toProfile(row.slice(11)).attributes)[name];
      if (found !== undefined && (wanted === null || textOf(found).toLowerCase() === wanted))
        items.push(this.#people.summary(person));
    }
    return { items, next: end ? encodeCursor([floor]) : null, scanned: end ? this.#scannedRows : null };
  }

  /** Latest first. */
  metricsTo(recipients: readonly string[], cursor: string | null, limit: number): Scanned<DeliveryMetric> {
    const before = cursor === null ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor, 'number')[0];
    const end = this.#prepare('SELECT number FROM metric WHERE number < ? ORDER BY number DESC LIMIT 1 OFFSET ?').get(
      before,
      this.#scannedRows - 1,
    );
    const floor = end ? Number(end['number']) : 0;
    const statement = this.#prepare(
      `SELECT ${metricColumns} FROM metric
       WHERE number < ? AND number >= ? AND recipient IN (SELECT value FROM json_each(?)) ORDER BY number DESC LIMIT ?`,
    );
    statement.setReturnArrays(true);
    const found = statement.all(before, floor, JSON.stringify(recipients), limit + 1) as unknown as readonly Columns[];
    const shown = found.slice(0, limit).map(toMetric);
    const last = shown.at(-1);
    const items = shown.map((row) => {
      const { number: _, ...metric } = row;
      return metric;
    });
    if (found.length > limit && last) return { items, next: encodeCursor([last.number]), scanned: null };
    return { items, next: end ? encodeCursor([floor]) : null, scanned: end ? this.#scannedRows : null };
  }

  effectsOn(identifier: string, partition: number, from: number): readonly EventEffect[] {
    const people = new Set(this.#people.numbersOf(identifier));
    if (people.size === 0) return [];
    const chunks = this.#prepare(
      `SELECT effects FROM effect WHERE partition = :partition AND first >= coalesce(
         (SELECT max(first) FROM effect WHERE partition = :partition AND first <= :from), 0)
       ORDER BY first LIMIT ${scannedChunks}`,
    ).iterate({ partition, from });
    const found: EventEffect[] = [];
    const marks = [...people].map((number) => `,${number},`);
    for (const chunk of chunks) {
      const text = String(chunk['effects']);
      if (!marks.some((mark) => text.includes(mark))) continue;
      for (const effect of fromChunk(partition, text)) {
        if (effect.offset < from || effect.person === null || !people.has(effect.person)) continue;
        found.push({ ...effect, person: cioId(effect.person) });
        if (found.length === maxEffects) return found;
      }
    }
    return found;
  }
}

/** The number behind the last person that was found. */
const above = (items: readonly PersonSummary[]): number =>
  Number.parseInt(items.at(-1)?.cioId.slice('cio_'.length) ?? '0', 16);

/**
 * One of these the stored list, in lower case, must hold: each value follows a comma and ends at one, or at the list's
 * end. The empty mark stands for any text, where the value may be written in several ways.
 */
function marksOf(wanted: string | null): readonly string[] {
  if (wanted === null || !/^[ !#-[\]-~]+$/.test(wanted)) return [''];
  const asText = `,"${wanted}"`;
  return /^(-?\d|true$|false$|\[)/.test(wanted) ? [asText, `,${wanted},`, `,${wanted}]`] : [asText];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
