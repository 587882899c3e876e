// How deeply a JSON value is nested, found without recursing deeper than asked for.
import type { Json } from '../lib/json.ts';

/** Whether objects and arrays lie more than `limit` levels inside each other. */
export function isNestedDeeperThan(value: Json | undefined, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  for (const member of Array.isArray(value) ? value : Object.values(value))
    if (isNestedDeeperThan(member, limit - 1)) return true;
  return false;
}
