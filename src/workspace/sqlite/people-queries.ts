// People as readers see them: found by an identifier, searched by the beginning of one, and who is suppressed.
import { identifierKinds } from '../identifiers.ts';
import { cioId } from '../log-position.ts';
import { Attributes } from '../reducer/attributes.ts';
import { shownAttributes, shownValues } from '../shown-attributes.ts';
import type { Device, Paged, Person, PersonSummary, Relationship, Suppression } from '../workspace-reader.ts';
import type { PersonRow, ProfileRow } from '../workspace-rows.ts';
import { decodeCursor, encodeCursor } from './list-cursor.ts';
import { readMeta } from './meta-rows.ts';
import {
  deviceColumns,
  personColumns,
  profileColumns,
  relationshipColumns,
  toDevice,
  toPerson,
  toProfile,
  toRelationship,
} from './row-codec.ts';
import type { Columns } from './row-codec.ts';
import type { Prepare, SubjectQueries } from './subject-queries.ts';

/** Most anonymous ids, previous ids, devices and relationships shown of one person. */
const maxShown = 1000;

export class PeopleQueries {
  readonly #prepare: Prepare;
  readonly #subjects: SubjectQueries;

  constructor(prepare: Prepare, subjects: SubjectQueries) {
    this.#prepare = prepare;
    this.#subjects = subjects;
  }

  person(identifier: string): Person | null {
    const row = this.#subjects.find(identifier);
    if (!row) return null;
    const profile = this.#profile(row.number);
    const merged = this.#mergedInto(row.number);
    const identifiers = merged.flatMap((owner) => this.#identifiersOf(owner)).slice(0, 2 * maxShown);
    const current = (kind: string, value: string): boolean => row[kind as 'id' | 'email' | 'phone'] === value;
    return {
      identifiers: {
        id: row.id,
        email: row.email,
        phone: row.phone,
        cioId: cioId(row.number),
        anonymousIds: identifiers.filter(({ kind }) => kind === 'anonymous_id').map(({ value }) => value),
        previousIds: identifiers
          .filter(({ kind, value }) => kind !== 'anonymous_id' && !current(kind, value))
          .map(({ value }) => value),
      },
      attributes: shownAttributes(profile?.attributes ?? Attributes.empty()),
      createdAt: row.createdAt,
      updatedAt: profile?.updatedAt ?? row.createdAt,
      devices: merged.flatMap((owner) => this.#devicesOf(owner)),
      relationships: this.#relationshipsOf(row),
    };
  }

  /** The numbers of the person behind an identifier and of everybody merged into them. */
  numbersOf(identifier: string): readonly number[] {
    const row = this.#subjects.find(identifier);
    return row ? this.#mergedInto(row.number) : [];
  }

  summary(row: PersonRow): PersonSummary {
    const updated = this.#prepare('SELECT updated_at FROM profile WHERE person = ?').get(row.number);
    const updatedAt = updated ? Number(updated['updated_at']) : row.createdAt;
    return { cioId: cioId(row.number), id: row.id, email: row.email, createdAt: row.createdAt, updatedAt };
  }

  search(query: string, cursor: string | null, limit: number): Paged<PersonSummary> {
    return query === '' ? this.#latest(cursor, limit) : this.#beginningWith(query, cursor, limit);
  }

  #latest(cursor: string | null, limit: number): Paged<PersonSummary> {
    const before = cursor === null ? Number.MAX_SAFE_INTEGER : decodeCursor(cursor, 'number')[0];
    const statement = this.#prepare(
      `SELECT ${personColumns} FROM person WHERE state = 0 AND number < ? ORDER BY number DESC LIMIT ?`,
    );
    statement.setReturnArrays(true);
    const found = (statement.all(before, limit + 1) as unknown as readonly Columns[]).map((row) => toPerson(row));
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown.map((row) => this.summary(row)),
      next: found.length > limit && last ? encodeCursor([last.number]) : null,
    };
  }

  /** First by id, then by email address; people found by their id are not shown again. */
  #beginningWith(query: string, cursor: string | null, limit: number): Paged<PersonSummary> {
    const [phase, after] = cursor === null ? [0, ''] : decodeCursor(cursor, 'number', 'string');
    const items = new Map<number, PersonSummary>();
    for (const [code, prefix] of [query, query.toLowerCase()].entries()) {
      if (code < phase) continue;
      let from = code === phase ? after : '';
      // Identifiers that lead to nobody are passed over, but not without end.
      for (let rounds = 0; rounds < 4; rounds++) {
        const found = this.#identifiersFrom(code, prefix, from, limit);
        for (const { value, owner } of found) {
          if (items.size === limit) return { items: [...items.values()], next: encodeCursor([code, from]) };
          from = value;
          const person = this.#subjects.live(owner);
          if (person && !isShownElsewhere(person, code, value, query)) items.set(person.number, this.summary(person));
        }
        if (found.length < limit) break;
        if (rounds === 3) return { items: [...items.values()], next: encodeCursor([code, from]) };
      }
    }
    return { items: [...items.values()], next: null };
  }

  #identifiersFrom(code: number, prefix: string, after: string, limit: number) {
    // One lower bound, so that a later page does not pass over the earlier ones. The last code point ends the range of
    // what begins with the prefix.
    return this.#prepare(
      `SELECT value, owner FROM identifier WHERE kind = ? AND value ${after === '' ? '>=' : '>'} ? AND value < ?
       ORDER BY value LIMIT ?`,
    )
      .all(code, after === '' ? prefix : after, `${prefix}\u{10FFFF}`, limit)
      .map((row) => ({ value: String(row['value']), owner: Number(row['owner']) }));
  }

  suppressions(cursor: string | null, limit: number): Paged<Suppression> {
    const [number, skip] = cursor === null ? [0, 0] : decodeCursor(cursor, 'number', 'number');
    const statement = this.#prepare(
      `SELECT ${personColumns} FROM person WHERE state = 3 AND number >= ? ORDER BY number LIMIT ?`,
    );
    statement.setReturnArrays(true);
    const items: Suppression[] = [];
    for (const columns of statement.all(number, limit + 1) as unknown as readonly Columns[]) {
      const stub = toPerson(columns);
      const all = this.#suppressedBy(stub);
      const from = stub.number === number ? skip : 0;
      const shown = all.slice(from, from + limit - items.length);
      items.push(...shown);
      if (from + shown.length < all.length) return { items, next: encodeCursor([stub.number, from + shown.length]) };
    }
    return { items, next: null };
  }

  suppressedSince(identifier: string): number | null {
    const stub = this.#subjects.find(identifier, 'suppressed');
    return stub && sinceOf(stub);
  }

  #suppressedBy(stub: PersonRow): readonly Suppression[] {
    const since = sinceOf(stub);
    const identifiers = this.#mergedInto(stub.number).flatMap((owner) => this.#identifiersOf(owner));
    return [
      ...identifiers.map(({ kind, value }) => ({ kind, value, since })),
      { kind: 'cio_id', value: cioId(stub.number), since },
    ];
  }

  #profile(person: number): ProfileRow | null {
    const statement = this.#prepare(`SELECT ${profileColumns} FROM profile WHERE person = ?`);
    statement.setReturnArrays(true);
    const row = statement.get(person) as unknown as Columns | undefined;
    return row ? toProfile(row) : null;
  }

  /** The person and everybody merged into them. */
  #mergedInto(person: number): readonly number[] {
    return this.#prepare(
      `WITH RECURSIVE merged (number) AS (VALUES (?) UNION
         SELECT person.number FROM person JOIN merged ON person.parent = merged.number)
       SELECT number FROM merged LIMIT ${maxShown}`,
    )
      .all(person)
      .map((row) => Number(row['number']));
  }

  #identifiersOf(owner: number) {
    return this.#prepare('SELECT kind, value FROM identifier WHERE owner = ? ORDER BY kind, value LIMIT ?')
      .all(owner, maxShown)
      .map((row) => ({ kind: identifierKinds[Number(row['kind'])] ?? 'id', value: String(row['value']) }));
  }

  #devicesOf(owner: number): readonly Device[] {
    const statement = this.#prepare(`SELECT ${deviceColumns} FROM device WHERE person = ? ORDER BY token LIMIT ?`);
    statement.setReturnArrays(true);
    return (statement.all(owner, maxShown) as unknown as readonly Columns[]).map((row) => {
      const { token, platform, appIdentifier, lastUsedAt, attributes } = toDevice(row);
      return { token, platform, appIdentifier, lastUsedAt, attributes: shownValues(attributes) };
    });
  }

  #relationshipsOf(person: PersonRow): readonly Relationship[] {
    const found = new Map<number, { readonly typeId: string; readonly objectId: string; attributes: Attributes }>();
    const log = readMeta(this.#prepare, 'log');
    const statement = this.#prepare(
      `SELECT ${relationshipColumns.replace('attributes, removals', 'relationship.attributes, relationship.removals')},
         type_id, object_id
       FROM relationship JOIN object ON object.number = relationship.object
       WHERE subject = ? AND log > ? AND gone_at IS NULL LIMIT ?`,
    );
    statement.setReturnArrays(true);
    for (const { subject, fromLog } of this.#subjects.subjectsOf(person.number, true)) {
      for (const row of statement.all(subject, fromLog, maxShown) as unknown as readonly Columns[]) {
        const { object, attributes } = toRelationship(row);
        const before = found.get(object);
        if (before) before.attributes.merge(attributes, log);
        else found.set(object, { typeId: String(row[5]), objectId: String(row[6]), attributes });
      }
    }
    return [...found.values()].map(({ typeId, objectId, attributes }) => ({
      objectTypeId: typeId,
      objectId,
      attributes: shownValues(attributes),
    }));
  }
}

/** Whether the search shows the person under another of their identifiers. */
function isShownElsewhere(person: PersonRow, code: number, value: string, query: string): boolean {
  if (code === 1 && person.id?.startsWith(query)) return true;
  const own = code === 0 ? person.id : person.email;
  return own !== value && (own?.startsWith(code === 0 ? query : query.toLowerCase()) ?? false);
}

/** When a suppressed person was suppressed. */
const sinceOf = ({ goneLog, createdAt }: PersonRow): number => goneLog ?? createdAt;
