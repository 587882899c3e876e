// Loads a range of calls in one transaction, once.
//
// The transaction takes the schema's lock (an advisory one: readers are not held up), then notes the range's id: when
// that is there already, a load before was committed and nothing is done. Rows of calls also have the key (message id,
// time of receipt), so a call that comes in another range, as in a replay, adds nothing.
// When the database refuses data, the range is split in half, each under a savepoint, until the call at fault is alone.
import type { Client } from 'pg';
import { eventTypes } from '../../event/canonical-event.ts';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import { isObject } from '../../lib/json.ts';
import type { Json } from '../../lib/json.ts';
import type { RangeIdentity } from '../destination.ts';
import { delivered } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { fitRow } from './fit-row.ts';
import type { ColumnType, Conflict, Table } from './fit-row.ts';
import { ownTables, toRows } from './to-rows.ts';
import type { WarehouseRow } from './to-rows.ts';
import { quoted } from './warehouse-names.ts';
import { addColumns, openSchema } from './warehouse-schema.ts';

/** Answers one outcome per call; rejects when nothing was loaded, with the connection's error. */
export async function loadRange(
  client: Client,
  schema: string,
  { id, beside }: Pick<RangeIdentity, 'id' | 'beside'>,
  calls: readonly unknown[],
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = calls.map((call) => (isCall(call) ? delivered : notACall));
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`leat ${schema}`]);
  const tables = await openSchema(client, schema);
  const noted = await client.query(
    `INSERT INTO ${quoted(schema)}._leat_ranges (range, rows) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    [id, calls.length],
  );
  if (noted.rowCount === 1) {
    const loading = calls.flatMap((call, index) => (isCall(call) ? [{ call, index }] : []));
    const into = { client, schema, tables, outcomes, late: beside !== undefined };
    await loadInParts(into, loading);
  }
  await client.query('COMMIT');
  return outcomes;
}

interface Loading {
  readonly call: CanonicalEvent;
  readonly index: number;
}

const notACall: Outcome = {
  result: 'failed',
  reason: 'What the mapping made is no call with type, messageId and receivedAt, so there is no table for it.',
};

const isCall = (value: unknown): value is CanonicalEvent =>
  isObject(value) &&
  eventTypes.some((type) => type === value['type']) &&
  ['messageId', 'receivedAt'].every((field) => typeof value[field] === 'string') &&
  ['event', 'name', 'userId', 'anonymousId', 'previousId', 'groupId', 'timestamp', 'sentAt'].every(
    (field) => value[field] === undefined || typeof value[field] === 'string',
  ) &&
  ['context', 'traits', 'properties'].every((field) => value[field] === undefined || isObject(value[field]));

interface Into {
  readonly client: Client;
  readonly schema: string;
  readonly tables: Map<string, Table>;
  readonly outcomes: Outcome[];
  /** What came after these calls may be loaded already. */
  readonly late: boolean;
}

async function loadInParts(into: Into, part: readonly Loading[]): Promise<void> {
  const { client, schema, tables, outcomes } = into;
  if (part.length === 0) return;
  const savepoint = `part_${part[0]?.index}_${part.length}`;
  await client.query(`SAVEPOINT ${savepoint}`);
  try {
    await load(into, part);
    await client.query(`RELEASE ${savepoint}`);
  } catch (error) {
    const why = refusal(error);
    if (why === null) throw error;
    await client.query(`ROLLBACK TO ${savepoint}`);
    // What was added for it is gone again.
    const fresh = await openSchema(client, schema);
    tables.clear();
    for (const [name, table] of fresh) tables.set(name, table);
    if (part.length === 1) {
      const [{ index } = { index: 0 }] = part;
      outcomes[index] = { result: 'failed', reason: `The database refused the event: ${why}.` };
      return;
    }
    const middle = Math.ceil(part.length / 2);
    await loadInParts(into, part.slice(0, middle));
    await loadInParts(into, part.slice(middle));
  }
}

/** Why the database refuses what is being loaded, as opposed to doing nothing at all; by the class of its SQLSTATE. */
function refusal(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  // Data exception, integrity constraint, program limit exceeded.
  return /^(22|23|54)/.test(error.code) ? error.message : null;
}

/** Event names come from clients: without a bound anyone with a public key could fill the database with tables. */
const mostTables = 1000;
const overflowTable = 'other_events';

interface TableLoad {
  readonly records: Readonly<Record<string, Json>>[];
  readonly columns: Set<string>;
  readonly conflicts: Map<string, Conflict & { rows: number }>;
}

async function load({ client, schema, tables, late }: Into, part: readonly Loading[]): Promise<void> {
  const loads = new Map<string, TableLoad>();
  for (const row of mergeUpserts(part.flatMap(({ call }) => toRows({ ...call, context: call.context ?? {} })))) {
    const isNew = !tables.has(row.table) && !ownTables.has(row.table);
    const name = isNew && tables.size >= mostTables ? overflowTable : row.table;
    const table = tables.get(name) ?? { columns: new Map<string, ColumnType>(), added: new Map<string, ColumnType>() };
    tables.set(name, table);
    const { record, conflicts } = fitRow(row, table);
    const known: TableLoad = loads.get(name) ?? { records: [], columns: new Set(), conflicts: new Map() };
    loads.set(name, known);
    known.records.push(record);
    for (const column of Object.keys(record)) known.columns.add(column);
    for (const conflict of conflicts) {
      const key = JSON.stringify(conflict);
      const counted = known.conflicts.get(key) ?? { ...conflict, rows: 0 };
      counted.rows++;
      known.conflicts.set(key, counted);
    }
  }
  for (const [name, { columns }] of loads) if (columns.has('_conflicts')) ensureConflicts(tables.get(name));
  await addColumns(client, schema, tables);
  for (const [name, { records, columns, conflicts }] of loads) {
    await insert(client, `${quoted(schema)}.${quoted(name)}`, {
      records,
      columns: [...columns],
      known: tables.get(name),
      late,
    });
    await report(client, schema, name, [...conflicts.values()]);
  }
}

function ensureConflicts(table: Table | undefined): void {
  if (!table || table.columns.has('_conflicts')) return;
  table.columns.set('_conflicts', 'jsonb');
  table.added.set('_conflicts', 'jsonb');
}

/** One row per id and table for upserts, the later values over the earlier ones; others stay as they are. */
function mergeUpserts(rows: readonly WarehouseRow[]): readonly WarehouseRow[] {
  const merged = new Map<string, WarehouseRow>();
  const appended: WarehouseRow[] = [];
  for (const row of rows) {
    if (row.write === 'append') {
      appended.push(row);
      continue;
    }
    const key = JSON.stringify([row.table, row.values.get('id')]);
    const before = merged.get(key);
    const values = new Map([...(before?.values ?? []), ...row.values]);
    const beside = new Map([...(before?.beside ?? []), ...row.beside]);
    merged.set(key, { ...row, values, beside });
  }
  return [...appended, ...merged.values()];
}

interface Insertion {
  readonly records: readonly Readonly<Record<string, Json>>[];
  readonly columns: readonly string[];
  readonly known: Table | undefined;
  readonly late: boolean;
}

async function insert(client: Client, table: string, { records, columns, known, late }: Insertion): Promise<void> {
  const names = columns.map(quoted).join(', ');
  const typed = columns.map((column) => `${quoted(column)} ${known?.columns.get(column) ?? 'text'}`).join(', ');
  const [first] = records;
  const upserts = first !== undefined && /\.("users"|"accounts")$/.test(table);
  if (!upserts) {
    await client.query(
      `INSERT INTO ${table} (${names}) SELECT ${names} FROM jsonb_to_recordset($1::jsonb) AS r (${typed}) ON CONFLICT DO NOTHING`,
      [JSON.stringify(records)],
    );
    return;
  }
  const marked = JSON.stringify(records.map((record) => ({ ...record, _set: Object.keys(record) })));
  await client.query(
    `INSERT INTO ${table} (id, received_at)
     SELECT id, received_at FROM jsonb_to_recordset($1::jsonb) AS r (id text, received_at timestamptz) ON CONFLICT DO NOTHING`,
    [marked],
  );
  const changes = columns
    .filter((column) => column !== 'id')
    .map((column) => {
      const name = quoted(column);
      const isNew = late ? ` AND (r.received_at >= t.received_at OR t.${name} IS NULL)` : '';
      return `${name} = CASE WHEN r._set ? '${column.replaceAll("'", "''")}'${isNew} THEN r.${name} ELSE t.${name} END`;
    });
  await client.query(
    `UPDATE ${table} AS t SET ${changes.join(', ')}, loaded_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS r (${typed}, _set jsonb) WHERE t.id = r.id`,
    [marked],
  );
}

async function report(
  client: Client,
  schema: string,
  table: string,
  conflicts: readonly (Conflict & { readonly rows: number })[],
): Promise<void> {
  if (conflicts.length === 0) return;
  await client.query(
    `INSERT INTO ${quoted(schema)}._leat_conflicts AS c (table_name, column_name, column_type, value_type, rows)
     SELECT $1, column_name, column_type, value_type, rows FROM jsonb_to_recordset($2::jsonb)
       AS r (column_name text, column_type text, value_type text, rows bigint)
     ON CONFLICT (table_name, column_name, column_type, value_type)
       DO UPDATE SET rows = c.rows + excluded.rows, last_at = now()`,
    [
      table,
      JSON.stringify(
        conflicts.map(({ column, columnType, valueType, rows }) => ({
          column_name: column,
          column_type: columnType,
          value_type: valueType,
          rows,
        })),
      ),
    ],
  );
}
