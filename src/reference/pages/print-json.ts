// JSON as people write it: what fits stands on one line, the rest is broken at its outermost brackets.
import type { Json } from '../../lib/json.ts';
import { isObject } from '../../lib/json.ts';

const lineWidth = 90;

export function printJson(value: Json, indent = ''): string {
  const oneLine = onOneLine(value);
  if (indent.length + oneLine.length <= lineWidth || !isNested(value)) return oneLine;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const members = isObject(value)
    ? present(value).map(([key, member]) => `${JSON.stringify(key)}: ${printJson(member, inner)}`)
    : (value as readonly Json[]).map((member) => printJson(member, inner));
  return `${open}\n${members.map((member) => inner + member).join(',\n')}\n${indent}${close}`;
}

const isNested = (value: Json): boolean => typeof value === 'object' && value !== null;

function onOneLine(value: Json): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.map(onOneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = present(value).map(([key, member]) => `${JSON.stringify(key)}: ${onOneLine(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

const present = (value: { readonly [key: string]: Json | undefined }): [string, Json][] =>
  Object.entries(value).filter((entry): entry is [string, Json] => entry[1] !== undefined);
