// Names that users gave to object types of the workspace.
import type { StatementSync } from 'node:sqlite';
import type { ObjectTypeName } from '../control-store.ts';

type Sql = (text: string) => StatementSync;

export const readObjectTypeNames = (sql: Sql): readonly ObjectTypeName[] =>
  sql('SELECT type_id, name FROM object_type_name ORDER BY type_id')
    .all()
    .map((row) => ({ typeId: String(row['type_id']), name: String(row['name']) }));

/** Puts the name in place, null none, and answers the one before. */
export function writeObjectTypeName(sql: Sql, typeId: string, name: string | null): string | null {
  const before = sql('SELECT name FROM object_type_name WHERE type_id = ?').get(typeId)?.['name'];
  if (name === null) sql('DELETE FROM object_type_name WHERE type_id = ?').run(typeId);
  else sql('INSERT OR REPLACE INTO object_type_name VALUES (?, ?)').run(typeId, name);
  return typeof before === 'string' ? before : null;
}
