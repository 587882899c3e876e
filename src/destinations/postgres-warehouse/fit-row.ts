// Fits a row into a table as it stands: which columns have to be added, and which values do not fit their column. Those
// are kept in the row's `_conflicts` under the column's name, so a column never changes its type and no value is lost.
import type { Json } from '../../lib/json.ts';
import { ownColumns } from './to-rows.ts';
import type { WarehouseRow } from './to-rows.ts';

export const columnTypes = ['text', 'numeric', 'boolean', 'timestamptz', 'jsonb', 'bigint'] as const;
export type ColumnType = (typeof columnTypes)[number] | 'other';

export interface Table {
  readonly columns: Map<string, ColumnType>;
  /** Columns that the database does not have yet. */
  readonly added: Map<string, ColumnType>;
}

export interface FittedRow {
  /** As it goes into a JSON record. */
  readonly record: Readonly<Record<string, Json>>;
  readonly conflicts: readonly Conflict[];
}

export interface Conflict {
  readonly column: string;
  readonly columnType: string;
  readonly valueType: string;
}

/** More columns than this make a table unusable; what comes after is kept in `_conflicts`. PostgreSQL's own limit is 1600. */
const mostColumns = 1000;

/** An ISO 8601 time with its zone. A date alone stays text: at what time of day it was meant nobody knows. */
const isoTime =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/;

/** Adds missing columns to `table` as a side effect. */
export function fitRow({ values, beside }: WarehouseRow, table: Table): FittedRow {
  const record: Record<string, Json> = Object.create(null) as Record<string, Json>;
  const rest: Record<string, Json> = Object.create(null) as Record<string, Json>;
  const conflicts: Conflict[] = [];
  for (const [name, value] of values) {
    const type = table.columns.get(name) ?? add(name, value, table);
    if (value === null) {
      if (type !== undefined) record[name] = null;
      continue;
    }
    const cell = type === undefined ? undefined : toCell(value, type);
    if (cell !== undefined) {
      record[name] = cell;
      continue;
    }
    rest[name] = clean(value);
    conflicts.push({ column: name, columnType: type ?? 'none', valueType: typeOf(value) });
  }
  for (const [name, value] of beside) {
    rest[clean(name) as string] = clean(value);
    conflicts.push({ column: clean(name) as string, columnType: 'none', valueType: typeOf(value) });
  }
  if (conflicts.length > 0) record['_conflicts'] = rest;
  return { record, conflicts };
}

function add(name: string, value: Json, table: Table): ColumnType | undefined {
  // Of nothing no type can be told.
  if (value === null || table.columns.size >= mostColumns) return undefined;
  const type = ownColumns.get(name) ?? typeOf(value);
  table.columns.set(name, type);
  table.added.set(name, type);
  return type;
}

function typeOf(value: Json): Exclude<ColumnType, 'bigint' | 'other'> {
  if (typeof value === 'number') return 'numeric';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return isTime(value) ? 'timestamptz' : 'text';
  return 'jsonb';
}

/** Undefined when the value does not fit. */
function toCell(value: Exclude<Json, null>, type: ColumnType): Json | undefined {
  switch (type) {
    case 'text':
      return clean(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
    case 'jsonb':
      return clean(value);
    case 'numeric':
      return typeof value === 'number' ? value : undefined;
    case 'bigint':
      return Number.isSafeInteger(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'timestamptz':
      return typeof value === 'string' && isTime(value) ? value : undefined;
    case 'other':
      return undefined;
    default:
      return type satisfies never;
  }
}

const isTime = (text: string): boolean =>
  isoTime.test(text) && !Number.isNaN(Date.parse(text)) && !text.startsWith('0000');

/** PostgreSQL's text holds no NUL and no half of a surrogate pair; both become U+FFFD. */
function clean(value: Json): Json {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\uFFFD');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => clean(item));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) =>
      part === undefined ? [] : [[clean(key) as string, clean(part)] as const],
    ),
  );
}
