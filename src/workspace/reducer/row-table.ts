// Rows of one kind in memory, with what was changed of them and how to take a change back. Part of working-set.ts.
import { identifierKinds } from '../identifiers.ts';
import type { Identifier, IdentifierKind } from '../identifiers.ts';
import type { IdentifierRow, RowKeys } from '../workspace-rows.ts';

/** Thrown when the reducer reads rows that have not been loaded. */
export class NotLoaded extends Error {
  readonly keys: Partial<RowKeys>;

  constructor(keys: Partial<RowKeys>) {
    super('rows are not loaded');
    this.keys = keys;
  }
}

/** Takes one change back. */
export type Undo = () => void;

/** Rows of one kind. Null stands for a row that is known not to exist. */
export class Table<Key extends string | number, Row> {
  readonly #rows = new Map<Key, Row | null>();
  readonly #changed = new Set<Key>();
  readonly #undo: Undo[];
  readonly #toKeys: (key: Key) => Partial<RowKeys>;

  constructor(undo: Undo[], toKeys: (key: Key) => Partial<RowKeys>) {
    this.#undo = undo;
    this.#toKeys = toKeys;
  }

  get(key: Key): Row | null {
    const row = this.#rows.get(key);
    if (row === undefined) throw new NotLoaded(this.#toKeys(key));
    return row;
  }

  /** The row without insisting on it: undefined when it has not been loaded. */
  peek(key: Key): Row | null | undefined {
    return this.#rows.get(key);
  }

  /** Replaces the row; null deletes it. */
  put(key: Key, row: Row | null): void {
    const before = this.#rows.get(key);
    const changed = this.#changed.has(key);
    this.#undo.push(() => {
      if (before === undefined) this.#rows.delete(key);
      else this.#rows.set(key, before);
      if (!changed) this.#changed.delete(key);
    });
    this.#rows.set(key, row);
    this.#changed.add(key);
  }

  /** Takes in what the store says, unless something is known already. */
  know(key: Key, row: Row | null): void {
    if (!this.#rows.has(key)) this.#rows.set(key, row);
  }

  /** What has been put. */
  *changes(): Generator<readonly [Key, Row | null]> {
    for (const key of this.#changed) yield [key, this.#rows.get(key) ?? null];
  }
}

/** Identifiers, a table for each kind. */
export class IdentifierTables {
  readonly #tables: Readonly<Record<IdentifierKind, Table<string, IdentifierRow>>>;

  constructor(undo: Undo[]) {
    const table = (kind: IdentifierKind): Table<string, IdentifierRow> =>
      new Table(undo, (value) => ({ identifiers: [{ kind, value }] }));
    this.#tables = {
      id: table('id'),
      email: table('email'),
      phone: table('phone'),
      anonymous_id: table('anonymous_id'),
    };
  }

  get(kind: IdentifierKind, value: string): IdentifierRow | null {
    return this.#tables[kind].get(value);
  }

  peek(kind: IdentifierKind, value: string): IdentifierRow | null | undefined {
    return this.#tables[kind].peek(value);
  }

  put(kind: IdentifierKind, value: string, row: IdentifierRow | null): void {
    this.#tables[kind].put(value, row);
  }

  know(kind: IdentifierKind, value: string, row: IdentifierRow | null): void {
    this.#tables[kind].know(value, row);
  }

  *changes(): Generator<readonly [Identifier, IdentifierRow | null]> {
    for (const kind of identifierKinds)
      for (const [value, row] of this.#tables[kind].changes()) yield [{ kind, value }, row];
  }
}
