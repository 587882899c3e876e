// What an action of the workspace is: the fields its mapping fills, when it runs by default, and the command it makes.
// One file holds the actions of one kind of thing; workspace-kind.ts lists them all.
import { z } from 'zod';
import { parseTime } from '../../event/event-time.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { isObject } from '../../lib/json.ts';
import type { Command, Unusable } from '../commands.ts';

/** When the event happened. */
export interface Moment {
  /** As it stands in the event. */
  readonly text: string;
  /** ms since 1970. */
  readonly ms: number;
}

export interface WorkspaceAction {
  /** Stable name in the API and in stored actions. */
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** What its mapping fills; each field has a `title` and a `description`. For forms and docs: payloads are read by `toCommand`. */
  readonly fields: z.ZodObject;
  /** FQL. */
  readonly defaultTrigger: string;
  readonly defaultMapping: JsonObject;
  /** Makes a command of what the mapping made of an event, or says why it cannot be one. Never throws. */
  toCommand(payload: JsonObject, moment: Moment): Command | Unusable;
}

export const textField = (title: string, description: string) =>
  z.union([z.string(), z.number()]).optional().meta({ title, description });
export const objectField = (title: string, description: string) =>
  z.record(z.string(), z.unknown()).optional().meta({ title, description });
export const flagField = (title: string, description: string) => z.boolean().optional().meta({ title, description });
export const timeField = textField('Time', 'When it happened: ISO 8601, or a number since 1970.');

export const path = (text: string): JsonObject => ({ '@path': text });

/** A mapping that takes the first path whose value is neither missing nor null. */
export const coalesce = (...paths: readonly string[]): string => `coalesce(${paths.join(', ')})`;

/** A mapping that takes the first path whose value is neither missing nor null nor "". */
export function firstFilled(first: string, ...others: readonly string[]): JsonObject {
  const [next, ...rest] = others;
  if (next === undefined) return path(first);
  const branches: readonly (readonly [string, JsonObject])[] = [
    ['blank', path(first)],
    ['then', path(first)],
    ['else', firstFilled(next, ...rest)],
  ];
  return { '@if': Object.fromEntries(branches) };
}

/** The time a payload gives, or the event's own when it gives none that can be read. */
export function timeOf(value: Json | undefined, moment: Moment): number {
  if (value === undefined || value === null || value === moment.text) return moment.ms;
  const ms = parseTime(value);
  return Number.isNaN(ms) ? moment.ms : ms;
}

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});

export const objectOrNull = (value: Json | undefined): JsonObject | null => (isObject(value) ? value : null);

/** The trigger of track calls with one of these names. */
export const eventNamed = (...names: readonly string[]): string =>
  names.length === 1
    ? `type = "track" and event = "${names.join()}"`
    : `type = "track" and event in [${names.map((name) => `"${name}"`).join(', ')}]`;
