// What an operand's value is: paths and the functions of the trigger language (their rules are in trigger.ts).
import type { Json, JsonObject } from '../../lib/json.ts';
import { compilePath } from '../path.ts';
import type { Read } from '../path.ts';
import { kebabCase, snakeCase, titleCase } from '../../lib/word-case.ts';
import type { Operand, TransformFunction } from './trigger.ts';

export type TypeName = 'string' | 'number' | 'bool' | 'list' | 'object' | 'null';

export function typeName(value: Json | undefined): TypeName {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'list';
  const type = typeof value;
  return type === 'boolean' ? 'bool' : type === 'string' || type === 'number' ? type : 'object';
}

/** A reader of the operand's value in an event; a missing value is undefined or null. */
export function compileOperand(operand: Operand): Read {
  if (operand.kind === 'path') return compilePath(operand.path);
  const read = compileOperand(operand.argument);
  const apply = functions[operand.name];
  return (event: JsonObject) => apply(read(event));
}

const functions: Readonly<Record<TransformFunction, (value: Json | undefined) => Json>> = {
  length: (value) => {
    if (typeof value === 'string') return Buffer.byteLength(value);
    if (Array.isArray(value)) return value.length;
    return value === null || value === undefined ? 0 : null;
  },
  lowercase: ofText((text) => text.toLowerCase()),
  uppercase: ofText((text) => text.toUpperCase()),
  snakecase: ofText(snakeCase),
  kebabcase: ofText(kebabCase),
  titlecase: ofText(titleCase),
  typeof: typeName,
  bool: (value) => {
    if (value === null || value === undefined || value === false || value === 0 || value === '' || value === '0')
      return false;
    if (typeof value === 'string') return value.toLowerCase() !== 'false';
    return !(Array.isArray(value) && value.length === 0);
  },
  string: (value) =>
    typeof value === 'string' ? value : value === null || value === undefined ? null : JSON.stringify(value),
  number: (value) => {
    if (typeof value === 'number') return value;
    return typeof value === 'string' && jsonNumber.test(value) ? Number(value) : null;
  },
};

const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function ofText(change: (text: string) => string): (value: Json | undefined) => Json {
  return (value) => (typeof value === 'string' ? change(value) : null);
}
