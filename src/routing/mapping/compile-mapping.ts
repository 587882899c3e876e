// Turns a mapping into a closure. What each directive means is said in expression.ts.
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { compilePath } from '../path.ts';
import { kebabCase, snakeCase, titleCase } from '../../lib/word-case.ts';
import { templateParts } from './directives.ts';
import type { CaseOperator, Expression, MappingPath } from './expression.ts';
import { parseMappingPath, PathSyntaxError } from './mapping-path.ts';
import { parseMapping } from './parse-mapping.ts';
import type { MappingOptions } from './parse-mapping.ts';
import { tryJson } from './try-json.ts';

/** Levels of an event's value that @flatten and @excludeWhenNull go down; what lies deeper stays as it is. */
const maxDepth = 100;

/** What a compiled expression reads: the event, or inside @arrayPath an element and inside @transform what apply made. */
type Evaluate = (root: Json | undefined) => Json | undefined;

/**
 * Compiles a mapping. The result shares the event's objects, so neither may be changed afterwards. It is undefined only
 * when the whole mapping is one directive that finds nothing. Never throws on any event.
 * Throws InputError naming the path inside the mapping when the mapping itself is wrong.
 */
export function compileMapping(mapping: Json, options: MappingOptions = {}): (event: JsonObject) => Json | undefined {
  return compileExpression(parseMapping(mapping, options));
}

export function compileExpression(expression: Expression): Evaluate {
  switch (expression.kind) {
    case 'constant': {
      const { value } = expression;
      return () => value;
    }
    case 'path':
      return compileRead(expression.path);
    case 'computedPath':
      return compileComputedPath(compileExpression(expression.path));
    case 'object':
      return compileObject(expression.fields);
    case 'list':
      return compileList(expression.items.map(compileExpression));
    case 'coalesce':
      return compileCoalesce(expression.options.map(compileExpression));
    case 'template':
      return compileTemplate(expression.parts);
    case 'computedTemplate':
      return compileComputedTemplate(compileExpression(expression.template));
    case 'if':
      return compileIf(expression);
    case 'each':
      return compileEach(expression);
    case 'case':
      return onText(compileExpression(expression.value), caseChanges[expression.operator]);
    case 'replace':
      return compileReplace(expression);
    case 'flatten':
      return compileFlatten(expression);
    case 'json':
      return compileJson(expression);
    case 'merge':
      return compileMerge(expression);
    case 'transform': {
      const apply = compileExpression(expression.apply);
      const mapping = compileExpression(expression.mapping);
      return (root) => mapping(apply(root));
    }
    case 'excludeWhenNull': {
      const value = compileExpression(expression.value);
      return (root) => withoutNulls(value(root));
    }
    case 'liquid': {
      const { render } = expression;
      return (root) => (isObject(root) ? render(root) : undefined);
    }
    default:
      return expression satisfies never;
  }
}

function compileRead({ keys }: MappingPath): Evaluate {
  if (keys.length === 0) return (root) => root;
  const read = compilePath(keys);
  return (root) => (typeof root === 'object' && root !== null ? read(root as JsonObject) : undefined);
}

function compileComputedPath(path: Evaluate): Evaluate {
  return (root) => {
    const text = path(root);
    const parsed = typeof text === 'string' ? tryPath(text) : undefined;
    return parsed && compileRead(parsed)(root);
  };
}

function compileObject(fields: readonly (readonly [string, Expression])[]): Evaluate {
  const names = fields.map(([name]) => name);
  const values = fields.map(([, value]) => compileExpression(value));
  return (root) => {
    const result: Record<string, Json> = {};
    for (let at = 0; at < names.length; at++) {
      const name = names[at];
      const value = values[at]?.(root);
      if (name !== undefined && value !== undefined) result[name] = value;
    }
    return result;
  };
}

function compileList(items: readonly Evaluate[]): Evaluate {
  return (root) => items.map((item) => item(root)).filter((value) => value !== undefined);
}

function compileCoalesce(options: readonly Evaluate[]): Evaluate {
  return (root) => {
    for (const option of options) {
      const value = option(root);
      if (value !== undefined && value !== null) return value;
    }
    return undefined;
  };
}

function compileTemplate(parts: readonly (string | MappingPath)[]): Evaluate {
  const pieces = parts.map((part) => (typeof part === 'string' ? part : compileRead(part)));
  return (root) => {
    let text = '';
    for (const piece of pieces) text += typeof piece === 'string' ? piece : toText(piece(root));
    return text;
  };
}

function compileComputedTemplate(template: Evaluate): Evaluate {
  return (root) => {
    const text = template(root);
    if (typeof text !== 'string') return undefined;
    return compileTemplate(templateParts(text, (path) => tryPath(path) ?? { text: path, keys: [path] }))(root);
  };
}

function compileIf(expression: Extract<Expression, { kind: 'if' }>): Evaluate {
  const subject = compileExpression(expression.subject);
  const whenPresent = expression.present && compileExpression(expression.present);
  const whenAbsent = expression.absent && compileExpression(expression.absent);
  const orBlank = expression.test === 'blank';
  return (root) => {
    const value = subject(root);
    const present = value !== undefined && value !== null && !(orBlank && value === '');
    return present ? whenPresent?.(root) : whenAbsent?.(root);
  };
}

function compileEach(expression: Extract<Expression, { kind: 'each' }>): Evaluate {
  const list = compileExpression(expression.list);
  const shape = expression.shape && compileExpression(expression.shape);
  if (!shape) return list;
  return (root) => {
    const value = list(root);
    if (typeof value !== 'object' || value === null) return value;
    const items: readonly Json[] = Array.isArray(value) ? (value as readonly Json[]) : [value];
    return items.map(shape).filter((item) => item !== undefined);
  };
}

const caseChanges: Readonly<Record<CaseOperator, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  snake: snakeCase,
  kebab: kebabCase,
  title: titleCase,
};

function compileReplace(expression: Extract<Expression, { kind: 'replace' }>): Evaluate {
  const flags = `u${expression.global ? 'g' : ''}${expression.ignoreCase ? 'i' : ''}`;
  const steps = expression.replacements.map(({ pattern, replacement }) => ({
    pattern: new RegExp(RegExp.escape(pattern), flags),
    replacement,
  }));
  const value = compileExpression(expression.value);
  const asText: Evaluate = (root) => {
    const found = value(root);
    return typeof found === 'number' || typeof found === 'boolean' ? String(found) : found;
  };
  return onText(asText, (text) =>
    steps.reduce((result, { pattern, replacement }) => result.replace(pattern, () => replacement), text),
  );
}

function compileFlatten(expression: Extract<Expression, { kind: 'flatten' }>): Evaluate {
  const value = compileExpression(expression.value);
  const { separator, keepLists } = expression;
  return (root) => {
    const found = value(root);
    if (typeof found !== 'object' || found === null || (keepLists && Array.isArray(found))) return found;
    const entries: [string, Json][] = [];
    const walk = (node: JsonObject, prefix: string, depth: number): void => {
      for (const [key, child] of Object.entries(node)) {
        const name = prefix === '' ? key : `${prefix}${separator}${key}`;
        const nested = typeof child === 'object' && child !== null && !(keepLists && Array.isArray(child));
        if (nested && depth < maxDepth) walk(child as JsonObject, name, depth + 1);
        else if (child !== undefined) entries.push([name, child]);
      }
    };
    walk(found as JsonObject, '', 1);
    return Object.fromEntries(entries);
  };
}

function compileJson(expression: Extract<Expression, { kind: 'json' }>): Evaluate {
  const read = compileExpression(expression.value);
  if (expression.mode === 'encode')
    return (root) => {
      const found = read(root);
      return found === undefined ? undefined : JSON.stringify(found);
    };
  return (root) => {
    const found = read(root);
    if (typeof found !== 'string') return found;
    const value = tryJson(found);
    return value === undefined ? found : value;
  };
}

function compileMerge(expression: Extract<Expression, { kind: 'merge' }>): Evaluate {
  const objects = expression.objects.map(compileExpression);
  if (expression.firstWins) objects.reverse();
  return (root) => {
    let result: JsonObject = {};
    for (const object of objects) {
      const value = object(root);
      if (value !== undefined && isObject(value)) result = { ...result, ...value };
    }
    return result;
  };
}

function onText(value: Evaluate, change: (text: string) => string): Evaluate {
  return (root) => {
    const found = value(root);
    return typeof found === 'string' ? change(found) : found;
  };
}

function withoutNulls(value: Json | undefined, depth = 1): Json | undefined {
  if (value === null || value === undefined) return undefined;
  if (!isObject(value) || depth > maxDepth) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, child]) => {
      const kept = withoutNulls(child, depth + 1);
      return kept === undefined ? [] : [[key, kept]];
    }),
  );
}

function toText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A path that came from an event: what cannot be read as one finds nothing. */
function tryPath(text: string): MappingPath | undefined {
  try {
    return parseMappingPath(text);
  } catch (error) {
    if (error instanceof PathSyntaxError) return undefined;
    throw error;
  }
}
