// Subscription preferences: one attribute, `cio_subscription_preferences`, that can be written whole or a part at a time
// under a dotted name (`cio_subscription_preferences.topics.topic_1`).
//
// Every write is kept under its own name, with its time. Writing a whole replaces the older writes to its parts, and a
// part older than the whole above it is not taken. Removing a part also takes it out of the older wholes above it, now or
// when they arrive late: a person who opted out by a part must not be opted in again by the whole beneath. What is left,
// laid over one another from the whole to the parts, is the value; so it is the same in whatever order the writes arrive.
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Attributes, WriteResult } from './attributes.ts';

export const preferencesName = 'cio_subscription_preferences';
const root = preferencesName;

export const isPreference = (name: string): boolean => name === root || name.startsWith(`${root}.`);

/** Writes a preference or, with null, removes it; nulls inside a value remove too. */
export function writePreference(
  attributes: Attributes,
  name: string,
  value: Json,
  at: number,
  log: number,
): WriteResult {
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const above = attributes.writtenAt(name.slice(0, dot), log);
    if (above !== null && at < above) return 'older';
  }
  const result =
    value === null
      ? attributes.remove(name, at, log)
      : attributes.set(name, withoutRemoved(attributes, name, value, at, log), at, log);
  if (result === 'older') return result;
  let replaced = value === null && takeOut(attributes, name, log);
  for (const below of namesBelow(attributes, name)) {
    const written = attributes.writtenAt(below, log);
    if (written !== null && written > at) continue;
    attributes.drop(below);
    replaced = true;
  }
  return replaced ? 'changed' : result;
}

/** The value as it is to be stored: without nulls, and without the parts that were removed later than it was written. */
function withoutRemoved(attributes: Attributes, name: string, value: Json, at: number, log: number): Json {
  let stored = withoutNulls(value);
  for (const below of namesBelow(attributes, name)) {
    const removed = attributes.removal(below) && attributes.writtenAt(below, log);
    if (typeof removed === 'number' && removed >= at) stored = withoutPart(stored, pathBelow(name, below));
  }
  return stored;
}

/** Takes a removed part out of the wholes above it. Answers whether it was there. */
function takeOut(attributes: Attributes, name: string, log: number): boolean {
  let found = false;
  for (let dot = name.indexOf('.'); dot > 0; dot = name.indexOf('.', dot + 1)) {
    const above = name.slice(0, dot);
    const written = attributes.get(above);
    if (!written) continue;
    const rest = withoutPart(written.value, pathBelow(above, name));
    if (attributes.set(above, rest, written.at, log) === 'changed') found = true;
  }
  return found;
}

const pathBelow = (above: string, below: string): readonly string[] => below.slice(above.length + 1).split('.');

function withoutNulls(value: Json): Json {
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  return Object.fromEntries<Json | undefined>(kept.map(([name, part]) => [name, withoutNulls(part ?? null)]));
}

/** The value without the part at `path`. */
function withoutPart(whole: Json, path: readonly string[]): Json {
  const [name, ...rest] = path;
  if (name === undefined || !isObject(whole) || !Object.hasOwn(whole, name)) return whole;
  return Object.fromEntries<Json | undefined>(
    Object.entries(whole).flatMap(([key, part]): [string, Json | undefined][] => {
      if (key !== name) return [[key, part]];
      return rest.length === 0 || part === undefined ? [] : [[key, withoutPart(part, rest)]];
    }),
  );
}

function namesBelow(attributes: Attributes, name: string): readonly string[] {
  const names = [...attributes.entries(), ...attributes.removals()].map(([below]) => below);
  return names.filter((below) => below.startsWith(`${name}.`));
}

/** Whether any preference is set. */
export function hasPreferences(attributes: Attributes): boolean {
  for (const [name] of attributes.entries()) if (isPreference(name)) return true;
  return false;
}

/** The preferences as one value with the time of its latest write; null when there are none. */
export function composePreferences(attributes: Attributes): { readonly value: Json; readonly at: number } | null {
  const writes = [...attributes.entries()].filter(([name]) => isPreference(name));
  writes.sort(([a], [b]) => a.split('.').length - b.split('.').length || (a < b ? -1 : 1));
  const [first] = writes;
  if (!first) return null;
  let whole: Json = {};
  let latest = first[1].at;
  for (const [name, { value, at }] of writes) {
    whole = withPart(whole, name === root ? [] : name.slice(root.length + 1).split('.'), value);
    latest = Math.max(latest, at);
  }
  return { value: whole, at: latest };
}

/** The value with the part at `path` set; what is in the way and no object gives way. */
function withPart(whole: Json, path: readonly string[], part: Json): Json {
  const [name, ...rest] = path;
  if (name === undefined) return part;
  const before: JsonObject = isObject(whole) ? whole : {};
  const child = Object.hasOwn(before, name) ? (before[name] ?? {}) : {};
  return Object.fromEntries<Json | undefined>([...Object.entries(before), [name, withPart(child, rest, part)]]);
}
