// Tables of fields, from schemas: path, type, what it is, default and limit.
import { isObject } from '../../lib/json.ts';
import type { Schema, SchemaType } from '../openapi/schema.ts';

interface Row {
  readonly path: string;
  readonly type: string;
  readonly text: string;
}

/** A Markdown table of the schema's fields, nested ones by their path. */
export function fieldTable(properties: Readonly<Record<string, Schema>>): string {
  const rows = rowsOf(properties, '').map(({ path, type, text }) => `| \`${path}\` | ${type} | ${text} |`);
  return ['| Field | Type | What it is |', '| --- | --- | --- |', ...rows].join('\n');
}

function rowsOf(properties: Readonly<Record<string, Schema>>, prefix: string): readonly Row[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = prefix + name;
    const own: Row = { path, type: typeText(schema), text: fieldText(schema) };
    return [own, ...rowsOf(schema.properties ?? {}, `${path}.`)];
  });
}

function typeText(schema: Schema): string {
  if (schema.readOnly) return 'set by Leat';
  if (schema.anyOf?.some(({ $ref }) => $ref?.endsWith('/Context'))) return '[context](context.md)';
  if (schema.items !== undefined && !isObject(schema.items.anyOf))
    return schema.items.anyOf ? 'array of calls' : 'array';
  if (schema.format === 'date-time') return 'time';
  const types: readonly SchemaType[] = schema.type === undefined ? [] : [schema.type].flat();
  return types.filter((type) => type !== 'null').join(' or ') || 'any';
}

function fieldText(schema: Schema): string {
  const parts = [schema.description ?? ''];
  if (schema['x-default'] !== undefined) parts.push(`Default: ${schema['x-default']}.`);
  if (schema.maxLength !== undefined) parts.push(`Limit: ${schema.maxLength} characters.`);
  if (schema['x-limit'] !== undefined) parts.push(`Limit: ${schema['x-limit']}.`);
  return parts.join(' ').trim();
}
