// Customer.io compares dates as Unix seconds, so ISO 8601 text becomes that (Pipelines API facts, section 4.4).
import { parseTime } from '../../event/event-time.ts';
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';

const isoDate = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
/** Objects nested deeper than this stay as they are. */
const maxDepth = 20;

export const unixSeconds = (ms: number): number => Math.floor(ms / 1000);

/** `attributes` with every ISO date in it, at any depth of objects but not in lists, as Unix seconds. */
export function withUnixTimes(attributes: JsonObject, depth = 1): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, value === undefined ? value : convert(value, depth)]),
  );
}

function convert(value: Json, depth: number): Json {
  if (typeof value === 'string' && isoDate.test(value)) {
    const at = parseTime(value);
    return Number.isNaN(at) ? value : unixSeconds(at);
  }
  return isObject(value) && depth < maxDepth ? withUnixTimes(value, depth + 1) : value;
}
