// Events as a Parquet file. Every file has the same columns, whatever its events hold, so that a whole folder reads as
// one table: ids, names and times as columns of their own, the open-ended parts as JSON, what is left over in `rest`.
import { parquetWriteBuffer } from 'hyparquet-writer';
import { parseTime } from '../../event/event-time.ts';
import { isObject } from '../../lib/json.ts';
import type { JsonObject } from '../../lib/json.ts';

type ColumnType = 'STRING' | 'TIMESTAMP' | 'JSON';

/** Column name, field of the event, type. */
const columns: readonly (readonly [string, string, ColumnType])[] = [
  ['message_id', 'messageId', 'STRING'],
  ['type', 'type', 'STRING'],
  ['event', 'event', 'STRING'],
  ['name', 'name', 'STRING'],
  ['user_id', 'userId', 'STRING'],
  ['anonymous_id', 'anonymousId', 'STRING'],
  ['previous_id', 'previousId', 'STRING'],
  ['group_id', 'groupId', 'STRING'],
  ['timestamp', 'timestamp', 'TIMESTAMP'],
  ['received_at', 'receivedAt', 'TIMESTAMP'],
  ['properties', 'properties', 'JSON'],
  ['traits', 'traits', 'JSON'],
  ['context', 'context', 'JSON'],
];
const taken = new Set(columns.map(([, field]) => field));

/** Values that do not fit their column go to `rest` as they are, so nothing is lost. */
export function encodeParquet(rows: readonly unknown[]): Uint8Array {
  const data = columns.map((): unknown[] => []);
  const rest: unknown[] = [];
  for (const row of rows) {
    const object: JsonObject = isObject(row) ? row : { value: row as JsonObject };
    const left: [string, unknown][] = Object.entries(object).filter(([field]) => !taken.has(field));
    for (const [index, [, field, type]] of columns.entries()) {
      const value = object[field];
      const cell = value === undefined || value === null ? null : toCell(value, type);
      if (cell === null && value !== undefined && value !== null) left.push([field, value]);
      data[index]?.push(cell);
    }
    rest.push(left.length === 0 ? null : Object.fromEntries(left));
  }
  const described = columns.map(([name, , type], index) => ({ name, type, data: data[index] ?? [], nullable: true }));
  const columnData = [...described, { name: 'rest', type: 'JSON' as const, data: rest, nullable: true }];
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function toCell(value: unknown, type: ColumnType): unknown {
  if (type === 'JSON') return value;
  if (type === 'STRING') return typeof value === 'string' ? value : null;
  const at = typeof value === 'string' ? parseTime(value) : NaN;
  return Number.isNaN(at) ? null : new Date(at);
}
