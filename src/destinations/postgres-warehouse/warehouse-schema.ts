// The tables of a warehouse schema as they are in the database, and their creation.
import type { Client } from 'pg';
import { columnTypes } from './fit-row.ts';
import type { ColumnType, Table } from './fit-row.ts';
import { quoted } from './warehouse-names.ts';

/** The tables of the schema by name. The schema and Leat's own tables are created when they are missing. */
export async function openSchema(client: Client, schema: string): Promise<Map<string, Table>> {
  const at = quoted(schema);
  const there = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema]);
  // A user who may not create schemas can still be given one.
  if (there.rowCount === 0) await client.query(`CREATE SCHEMA IF NOT EXISTS ${at}`);
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${at}._leat_ranges (
       range text PRIMARY KEY, rows bigint NOT NULL, loaded_at timestamptz NOT NULL DEFAULT now());
     CREATE TABLE IF NOT EXISTS ${at}._leat_conflicts (
       table_name text, column_name text, column_type text, value_type text, rows bigint NOT NULL,
       first_at timestamptz NOT NULL DEFAULT now(), last_at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (table_name, column_name, column_type, value_type))`,
  );
  const { rows } = await client.query<{ table_name: string; column_name: string; udt_name: string }>(
    'SELECT table_name, column_name, udt_name FROM information_schema.columns WHERE table_schema = $1',
    [schema],
  );
  const tables = new Map<string, Table>();
  for (const { table_name: name, column_name: column, udt_name: type } of rows) {
    const table = tables.get(name) ?? { columns: new Map<string, ColumnType>(), added: new Map<string, ColumnType>() };
    table.columns.set(column, toColumnType(type));
    tables.set(name, table);
  }
  return tables;
}

const byUdtName: Readonly<Record<string, ColumnType>> = {
  varchar: 'text',
  float8: 'numeric',
  int8: 'bigint',
  bool: 'boolean',
};

/** A column that somebody changed to another type takes nothing; its values are conflicts. */
const toColumnType = (udtName: string): ColumnType =>
  byUdtName[udtName] ?? columnTypes.find((type) => type === udtName) ?? 'other';

/** Brings the database up to `tables`. */
export async function addColumns(client: Client, schema: string, tables: ReadonlyMap<string, Table>): Promise<void> {
  for (const [name, { columns, added }] of tables) {
    if (added.size === 0) continue;
    const table = `${quoted(schema)}.${quoted(name)}`;
    if (columns.size === added.size) {
      // What is read from here is read by message id, or by time; an event that is sent again replaces nothing.
      const key = isOnePerId(name) ? 'PRIMARY KEY (id)' : 'PRIMARY KEY (id, received_at)';
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${table} (id text NOT NULL, received_at timestamptz NOT NULL,
           loaded_at timestamptz NOT NULL DEFAULT now(), _conflicts jsonb, ${key})`,
      );
    }
    const additions = [...added].map(([column, type]) => `ADD COLUMN IF NOT EXISTS ${quoted(column)} ${type}`);
    await client.query(`ALTER TABLE ${table} ${additions.join(', ')}`);
    added.clear();
  }
}

const isOnePerId = (table: string): boolean => table === 'users' || table === 'accounts';
