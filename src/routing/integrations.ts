// The `integrations` object of a call: which destinations the caller wants it to reach (Pipelines API facts, 8.6).
import type { Json, JsonObject } from '../lib/json.ts';

/**
 * Whether `integrations` lets a call through to a destination known under `names` (letter case counts; earlier names
 * are asked first). False under a name, or under `All` without a word under a name, keeps it away; anything else, such
 * as true or an object of options, lets it through.
 */
export function integrationsAllow(integrations: JsonObject | undefined, names: readonly string[]): boolean {
  return integrations === undefined || integrationsVerdict(integrations, names).allowed;
}

/** The verdict and the entry that decided it; `by` is undefined when no entry speaks of the destination. */
export function integrationsVerdict(
  integrations: JsonObject,
  names: readonly string[],
): { readonly allowed: boolean; readonly by: string | undefined } {
  for (const name of names) {
    const entry = ownEntry(integrations, name);
    if (entry !== undefined && entry !== null) return { allowed: entry !== false, by: name };
  }
  const all = ownEntry(integrations, 'All');
  return all === undefined || all === null ? unmentioned : { allowed: all !== false, by: 'All' };
}

const unmentioned = { allowed: true, by: undefined };

const ownEntry = (integrations: JsonObject, name: string): Json | undefined =>
  Object.hasOwn(integrations, name) ? integrations[name] : undefined;
