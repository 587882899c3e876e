// Turns ISO 8601 times among attributes into unix seconds, as the workspace stores them (Pipelines API facts, 4.4).
import { parseTime } from '../../event/event-time.ts';
import { isObject } from '../../lib/json.ts';
import type { Json } from '../../lib/json.ts';

const isoPattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/**
 * The value with its ISO times as unix seconds: a text that is one, and those inside objects; lists stay as they are,
 * and so do dates that do not exist.
 */
export function withUnixTimes(value: Json): Json {
  if (typeof value === 'string') return toUnixSeconds(value) ?? value;
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, child === undefined ? null : withUnixTimes(child)]);
  return Object.fromEntries(entries) as Json;
}

function toUnixSeconds(text: string): number | null {
  // Nearly all texts are seen not to be times by these two characters.
  if (text.length < 10 || text.length > 35 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return null;
  return isoPattern.test(text) ? readableSeconds(text) : null;
}

/** Unix seconds of any time that clients send (ISO, seconds or milliseconds); null when it cannot be read as one. */
export function readableSeconds(value: Json): number | null {
  const ms = parseTime(value);
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}
