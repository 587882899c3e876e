// Reads a value at a path inside an event, looking only at what the event itself holds.
import type { Json, JsonObject } from '../lib/json.ts';

export type Read = (root: JsonObject) => Json | undefined;

/** Names that every object or list answers to without holding them; these are looked up as own fields only. */
const inheritedNames: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  ...Object.getOwnPropertyNames(Array.prototype),
]);

/** The value of field `name` of `value`: undefined unless `value` is an object or a list that holds it. */
function field(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (inheritedNames.has(name) && (Array.isArray(value) || !Object.hasOwn(value, name))) return undefined;
  return (value as JsonObject)[name];
}

/** A reader of `path`; list elements are addressed by their index as text. An empty path reads the root. */
export function compilePath(path: readonly string[]): Read {
  if (path.some((name) => inheritedNames.has(name))) return (root) => path.reduce<Json | undefined>(field, root);
  const [a, b, c] = path;
  if (a === undefined) return (root) => root;
  if (path.length === 1) return readTopField(a);
  if (b !== undefined && path.length === 2) {
    const top = readTopField(a);
    return (root) => step(top(root), b);
  }
  if (b !== undefined && c !== undefined && path.length === 3) {
    const top = readTopField(a);
    return (root) => step(step(top(root), b), c);
  }
  return (root) => {
    let value: Json | undefined = root;
    for (const name of path) value = step(value, name);
    return value;
  };
}

/** The fields that triggers and mappings read most get a reader of their own, which the engine can optimise. */
function readTopField(name: string): Read {
  switch (name) {
    case 'type':
      return (root) => root['type'];
    case 'event':
      return (root) => root['event'];
    case 'properties':
      return (root) => root['properties'];
    case 'traits':
      return (root) => root['traits'];
    case 'context':
      return (root) => root['context'];
    case 'userId':
      return (root) => root['userId'];
    default:
      return (root) => root[name];
  }
}

const step = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null ? (value as JsonObject)[name] : undefined;
