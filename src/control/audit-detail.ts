// What the audit log says about a change: which fields, from what to what, and never a secret.
import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../lib/json.ts';
import type { Action } from './model.ts';

/**
 * The fields whose value differs, each with its old and new value. Of `settings` only the names of what changed are
 * told, because any of them may be a secret and only the destination's kind knows which.
 */
export function changedFields(before: object, after: object): Record<string, Json> {
  const detail: Record<string, Json> = {};
  const [old, now] = [before as JsonObject, after as JsonObject];
  for (const name of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (name === 'version' || isDeepStrictEqual(old[name], now[name])) continue;
    if (name === 'settings') {
      detail[name] = Object.keys(changedFields(toObject(old[name]), toObject(now[name])));
    } else {
      detail[name] = { from: old[name] ?? null, to: now[name] ?? null };
    }
  }
  return detail;
}

/** An action without its mapping, which may hold literals that are secrets. */
export const actionDetail = ({ id, kind, name, enabled, trigger }: Action): JsonObject => ({
  id,
  kind,
  name,
  enabled,
  trigger,
});

const toObject = (value: Json | undefined): object => (typeof value === 'object' && value !== null ? value : {});
