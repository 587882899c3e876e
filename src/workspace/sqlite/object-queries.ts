// Objects, their types, and the people related to them, as readers see them.
import type { JsonObject } from '../../lib/json.ts';
import { shownAttributes, shownValues } from '../shown-attributes.ts';
import type { ObjectType, Paged, PersonSummary, WorkspaceObject } from '../workspace-reader.ts';
import type { ObjectRow, PersonRow, RelationshipRow } from '../workspace-rows.ts';
import { decodeCursor, encodeCursor } from './list-cursor.ts';
import { readMeta } from './meta-rows.ts';
import type { PeopleQueries } from './people-queries.ts';
import { objectColumns, relationshipColumns, toObject, toRelationship } from './row-codec.ts';
import type { Columns } from './row-codec.ts';
import type { Prepare, SubjectQueries } from './subject-queries.ts';

export interface RelatedPerson {
  readonly person: PersonSummary;
  readonly attributes: JsonObject;
}

/** Relationships looked at for one page; those of people who are gone are passed over, but not without end. */
const scannedPerItem = 4;

export class ObjectQueries {
  readonly #prepare: Prepare;
  readonly #subjects: SubjectQueries;
  readonly #people: PeopleQueries;

  constructor(prepare: Prepare, subjects: SubjectQueries, people: PeopleQueries) {
    this.#prepare = prepare;
    this.#subjects = subjects;
    this.#people = people;
  }

  types(): readonly ObjectType[] {
    return this.#prepare('SELECT type_id, objects FROM object_type ORDER BY length(type_id), type_id')
      .all()
      .map((row) => ({ id: String(row['type_id']), name: null, objects: Number(row['objects']) }));
  }

  page(typeId: string, cursor: string | null, limit: number): Paged<WorkspaceObject> {
    const after = cursor === null ? '' : decodeCursor(cursor, 'string')[0];
    const statement = this.#prepare(
      `SELECT ${objectColumns} FROM object INDEXED BY object_live
       WHERE type_id = ? AND object_id > ? AND gone_at IS NULL ORDER BY object_id LIMIT ?`,
    );
    statement.setReturnArrays(true);
    const found = (statement.all(typeId, after, limit + 1) as unknown as readonly Columns[]).map(toObject);
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    return { items: shown.map(show), next: found.length > limit && last ? encodeCursor([last.objectId]) : null };
  }

  object(typeId: string, objectId: string): WorkspaceObject | null {
    const row = this.#row(typeId, objectId);
    return row ? show(row) : null;
  }

  related(typeId: string, objectId: string, cursor: string | null, limit: number): Paged<RelatedPerson> {
    const object = this.#row(typeId, objectId);
    if (!object) return { items: [], next: null };
    let after = cursor === null ? 0 : decodeCursor(cursor, 'number')[0];
    const statement = this.#prepare(
      `SELECT ${relationshipColumns} FROM relationship WHERE object = ? AND subject > ? ORDER BY subject LIMIT ?`,
    );
    statement.setReturnArrays(true);
    const scanned = statement.all(object.number, after, limit * scannedPerItem) as unknown as readonly Columns[];
    const items: RelatedPerson[] = [];
    for (const row of scanned.map(toRelationship)) {
      if (items.length === limit) return { items, next: encodeCursor([after]) };
      after = row.subject;
      const person = this.#subjects.ownerOf(row.subject, row.log);
      const item = person && this.#relatedItem(person, row);
      if (item) items.push(item);
    }
    return { items, next: scanned.length === limit * scannedPerItem ? encodeCursor([after]) : null };
  }

  /** The person with all that is said of the relationship; null when another of their rows stands for them. */
  #relatedItem(person: PersonRow, row: RelationshipRow): RelatedPerson | null {
    const shown = { person: this.#people.summary(person) };
    if (!person.related && row.subject === person.number) return { ...shown, attributes: shownValues(row.attributes) };
    const rows = this.#rowsOf(person, row.object);
    if (rows.some(({ subject }) => subject < row.subject)) return null;
    const log = readMeta(this.#prepare, 'log');
    const [first = row, ...others] = rows;
    for (const other of others) first.attributes.merge(other.attributes, log);
    return { ...shown, attributes: shownValues(first.attributes) };
  }

  /** All rows that say something of a person's relationship to an object, the person's own first. */
  #rowsOf(person: PersonRow, object: number): readonly RelationshipRow[] {
    const statement = this.#prepare(
      `SELECT ${relationshipColumns} FROM relationship WHERE subject = ? AND object = ? AND log > ?`,
    );
    statement.setReturnArrays(true);
    return this.#subjects.subjectsOf(person.number, true).flatMap(({ subject, fromLog }) => {
      const row = statement.get(subject, object, fromLog) as unknown as Columns | undefined;
      return row ? [toRelationship(row)] : [];
    });
  }

  #row(typeId: string, objectId: string): ObjectRow | null {
    const statement = this.#prepare(
      `SELECT ${objectColumns} FROM object WHERE type_id = ? AND object_id = ? AND gone_at IS NULL`,
    );
    statement.setReturnArrays(true);
    const row = statement.get(typeId, objectId) as unknown as Columns | undefined;
    return row ? toObject(row) : null;
  }
}

const show = ({ typeId, objectId, attributes, createdAt, updatedAt }: ObjectRow): WorkspaceObject => ({
  objectTypeId: typeId,
  objectId,
  attributes: shownAttributes(attributes),
  createdAt,
  updatedAt,
});
