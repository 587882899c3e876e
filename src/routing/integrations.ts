// The `integrations` object of a call: which destinations the caller wants it to reach (Pipelines API facts, 8.6).
import type { JsonObject } from '../lib/json.ts';

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
  for (const name of [...names, 'All']) {
    const entry = Object.hasOwn(integrations, name) ? integrations[name] : undefined;
    if (entry !== undefined && entry !== null) return { allowed: entry !== false, by: name };
  }
  return { allowed: true, by: undefined };
}
