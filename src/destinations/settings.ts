// Settings of a destination: checked against its kind, blanked before anyone sees them, and put together again after.
//
// Which values are secret is read off the kind's JSON schema, where secret() leaves `secret: true`; the same schema
// makes the form. Blanked values keep their place, so a form can be sent back as it was shown.
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import { isObject } from '../lib/json.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { nearest } from '../lib/nearest.ts';
import { deliverySettings } from './destination.ts';
import type { DeliverySettings, DestinationKind } from './destination.ts';
import { faultInWords } from './schema-words.ts';

/** Stands for a secret that is set. Sent back, it keeps the value that is stored. */
export const blank = '••••••••';

export interface ParsedSettings {
  /** The kind's own, with defaults filled in. */
  readonly settings: JsonObject;
  readonly delivery: DeliverySettings;
}

/** Checks settings as stored; throws InputError `invalid_request` that names every field at fault, and is of the first. */
export function parseSettings(kind: DestinationKind, raw: JsonObject): ParsedSettings {
  const { delivery = {}, ...own } = raw;
  const parsed = schemaOf(kind).safeParse({ settings: own, delivery });
  // The schema of a kind is made of JSON types.
  if (parsed.success) return { settings: parsed.data.settings as JsonObject, delivery: parsed.data.delivery };
  throw faultySettings(parsed.error.issues.map((issue) => toFault(issue, raw)));
}

/** Checks settings as a user sends them: as {@link parseSettings} does, and for names that the kind does not know. */
export function checkSettings(kind: DestinationKind, sent: JsonObject): void {
  const { properties = {} } = settingsJsonSchema(kind);
  const known = Object.keys(properties as JsonObject);
  const { delivery = {}, ...own } = sent;
  const { error } = schemaOf(kind).safeParse({ settings: own, delivery });
  const faults = (error?.issues ?? []).map((issue) => toFault(issue, sent));
  for (const name of Object.keys(sent)) {
    if (known.includes(name)) continue;
    const hint = `did you mean ${nearest(name, known)}? It has ${known.join(', ')}`;
    faults.push([`settings.${name}`, `is no setting of ${kind.name}; ${hint}`]);
  }
  if (faults.length > 0) throw faultySettings(faults);
}

type Fault = readonly [field: string, problem: string];

const schemaOf = (kind: DestinationKind) => z.object({ settings: kind.settings, delivery: deliverySettings });

function toFault(issue: z.core.$ZodIssue, raw: JsonObject): Fault {
  const path = issue.path[0] === 'delivery' ? issue.path : issue.path.slice(1);
  const value = path.reduce<Json | undefined>((at, name) => partOf(at, String(name)), raw);
  return [['settings', ...path].join('.'), faultInWords(issue, value)];
}

const faultySettings = (faults: readonly Fault[]): InputError =>
  new InputError('invalid_request', faults.map(([field, problem]) => `${field} ${problem}`).join('; '), faults[0]?.[0]);

/** JSON schema (draft 2020-12) of all settings a destination of this kind can have, as sent: defaults are optional. */
export function settingsJsonSchema(kind: DestinationKind): JsonObject {
  return toJsonSchema(kind.settings.extend({ delivery: deliverySettings.optional() }));
}

/** JSON schema of a zod schema as its input is written; `title`, `description` and `secret` are carried over. */
export function toJsonSchema(schema: z.ZodType): JsonObject {
  // Unrepresentable parts (a check in code) stay out of the schema; parseSettings still makes them.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest as JsonObject;
}

/** A copy in which every secret that is set is {@link blank}. */
export function redactSettings(kind: DestinationKind, settings: JsonObject): JsonObject {
  return mapSecrets(settingsJsonSchema(kind), settings, () => blank) as JsonObject;
}

/** `incoming` with every secret that is {@link blank} replaced by the stored one, or left out where none is stored. */
export function restoreSecrets(kind: DestinationKind, incoming: JsonObject, stored: JsonObject): JsonObject {
  const restore = (value: Json, path: readonly string[]): Json | undefined =>
    value === blank ? path.reduce<Json | undefined>(partOf, stored) : value;
  return mapSecrets(settingsJsonSchema(kind), incoming, restore) as JsonObject;
}

function partOf(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(name)];
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The secrets that are set, as text, longest first. */
export function secretValues(kind: DestinationKind, settings: JsonObject): readonly string[] {
  const found: string[] = [];
  mapSecrets(settingsJsonSchema(kind), settings, (value) => {
    if (typeof value === 'string' && value !== '') found.push(value);
    return value;
  });
  return found.sort((a, b) => b.length - a.length);
}

/** Rebuilds `value` with `change` applied to every part whose schema says `secret`. */
function mapSecrets(
  schema: Json | undefined,
  value: Json,
  change: (value: Json, path: readonly string[]) => Json | undefined,
  path: readonly string[] = [],
): Json | undefined {
  if (!isObject(schema)) return value;
  if (schema['secret'] === true && value !== null) return change(value, path);
  if (Array.isArray(value)) {
    return value.map(
      (item: Json, index) => mapSecrets(schema['items'], item, change, [...path, String(index)]) ?? null,
    );
  }
  if (!isObject(value)) return value;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const parts: [string, Json][] = [];
  for (const [name, part] of Object.entries(value)) {
    if (part === undefined) continue;
    const partSchema = Object.hasOwn(properties, name) ? properties[name] : schema['additionalProperties'];
    const changed = mapSecrets(partSchema, part, change, [...path, name]);
    if (changed !== undefined) parts.push([name, changed]);
  }
  return Object.fromEntries(parts);
}
