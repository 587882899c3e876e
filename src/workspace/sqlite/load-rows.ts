// Loads the rows a batch touches. All keys of a kind go in as one JSON list: half the cost of a statement for each.
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { identifierKinds } from '../identifiers.ts';
import type { LinkRow, LoadedRows, PersonRow, RowKeys } from '../workspace-rows.ts';
import {
  deviceColumns,
  linkColumns,
  objectColumns,
  objectTypeColumns,
  personColumns,
  profileColumns,
  relationshipColumns,
  toDevice,
  toIdentifier,
  toLink,
  toObject,
  toObjectType,
  toPerson,
  toProfile,
  toRelationship,
  toTransition,
  transitionColumns,
} from './row-codec.ts';
import type { Columns } from './row-codec.ts';

const qualified = (table: string, columns: string): string =>
  columns
    .split(', ')
    .map((column) => `${table}.${column}`)
    .join(', ');

/** The statement that finds rows of `table` whose `column` is among a JSON list. */
const among = (table: string, columns: string, column: string): string =>
  `SELECT ${qualified(table, columns)} FROM json_each(?) AS wanted CROSS JOIN ${table} ON ${table}.${column} = wanted.value`;

export class RowLoader {
  readonly #identifiers: StatementSync;
  readonly #people: StatementSync;
  readonly #profiles: StatementSync;
  readonly #devices: StatementSync;
  readonly #objects: StatementSync;
  readonly #objectTypes: StatementSync;
  readonly #relationships: StatementSync;
  readonly #links: StatementSync;
  readonly #transitions: StatementSync;

  constructor(db: DatabaseSync) {
    const prepare = (sql: string): StatementSync => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      return statement;
    };
    this.#identifiers = prepare(
      `SELECT wanted.key, identifier.owner, identifier.related, identifier.seen_day, ${qualified('person', personColumns)}
       FROM json_each(?2) AS wanted
       CROSS JOIN identifier ON identifier.kind = ?1 AND identifier.value = wanted.value
       LEFT JOIN person INDEXED BY person_gone ON person.number = identifier.owner AND person.state <> 0`,
    );
    this.#people = prepare(among('person', personColumns, 'number'));
    this.#profiles = prepare(among('profile', profileColumns, 'person'));
    this.#devices = prepare(among('device', deviceColumns, 'token'));
    this.#objects = prepare(
      `SELECT ${qualified('object', objectColumns)} FROM json_each(?) AS wanted CROSS JOIN object
       ON object.type_id = wanted.value ->> 0 AND object.object_id = wanted.value ->> 1`,
    );
    this.#objectTypes = prepare(among('object_type', objectTypeColumns, 'type_id'));
    this.#relationships = prepare(
      `SELECT ${qualified('relationship', relationshipColumns)} FROM json_each(?) AS wanted CROSS JOIN relationship
       ON relationship.subject = wanted.value ->> 0 AND relationship.object = wanted.value ->> 1`,
    );
    this.#links = prepare(
      `SELECT ${qualified('link', linkColumns)} FROM json_each(?) AS wanted CROSS JOIN link
       ON link.parent = wanted.value AND link.related = 1`,
    );
    this.#transitions = prepare(among('transition', transitionColumns, 'key'));
  }

  load(keys: Partial<RowKeys>): LoadedRows {
    const people = new Map<number, PersonRow>();
    const identifiers = identifierKinds.flatMap((kind, code) => {
      const values = keys.identifiers?.filter((key) => key.kind === kind).map(({ value }) => value) ?? [];
      return rows(this.#identifiers, values, [code]).map((row) => {
        if (row[4] !== null) people.set(Number(row[4]), toPerson(row, 4));
        return toIdentifier(kind, values[Number(row[0])] ?? '', row, 1);
      });
    });
    for (const row of rows(this.#people, keys.people ?? [])) people.set(Number(row[0]), toPerson(row));
    this.#followMerges(people);
    return {
      identifiers,
      people: [...people.values()],
      profiles: rows(this.#profiles, keys.profiles ?? []).map(toProfile),
      devices: rows(this.#devices, keys.devices ?? []).map(toDevice),
      objects: rows(this.#objects, keys.objects?.map(({ typeId, objectId }) => [typeId, objectId]) ?? []).map(toObject),
      objectTypes: rows(this.#objectTypes, keys.objectTypes ?? []).map(toObjectType),
      relationships: rows(
        this.#relationships,
        keys.relationships?.map(({ subject, object }) => [subject, object]) ?? [],
      ).map(toRelationship),
      links: this.#loadLinks(keys.links ?? []),
      transitions: rows(this.#transitions, keys.transitions ?? []).map(toTransition),
    };
  }

  /** Adds whoever the people were merged into, to the end of each chain. */
  #followMerges(people: Map<number, PersonRow>): void {
    const parentsOf = (some: Iterable<PersonRow>): number[] =>
      [...some].flatMap(({ state, parent }) =>
        state === 'merged' && parent !== null && !people.has(parent) ? parent : [],
      );
    for (let missing = parentsOf(people.values()); missing.length > 0;) {
      const found = rows(this.#people, missing).map((row) => toPerson(row));
      for (const person of found) people.set(person.number, person);
      missing = parentsOf(found);
    }
  }

  /** Related links of the parents, of their children, and so on down. */
  #loadLinks(parents: readonly number[]): readonly LinkRow[] {
    const all: LinkRow[] = [];
    for (let level = parents; level.length > 0;) {
      const found = rows(this.#links, level).map(toLink);
      all.push(...found);
      level = found.map(({ child }) => child);
    }
    return all;
  }
}

function rows(
  statement: StatementSync,
  keys: readonly unknown[],
  before: readonly SQLInputValue[] = [],
): readonly Columns[] {
  if (keys.length === 0) return [];
  return statement.all(...before, JSON.stringify(keys)) as unknown as readonly Columns[];
}
