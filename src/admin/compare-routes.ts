// What would come out differently if an event were routed today.
import type { JsonObject } from '../lib/json.ts';
import type { RouteExplanation } from '../routing/explain-route.ts';

/** One sentence per difference; none when today's configuration makes the same of the event. */
export function compareRoutes(before: RouteExplanation, today: RouteExplanation): readonly string[] {
  const differences: string[] = [];
  if (before.matched !== today.matched)
    differences.push(today.matched ? 'Today it would be sent.' : `Today it would be filtered (${today.reason ?? ''}).`);
  const now = new Map(today.actions.map((action) => [action.id, action]));
  const known = new Set(before.actions.map(({ id }) => id));
  for (const { id, name, matched, payload } of before.actions) {
    const same = now.get(id);
    if (!matched) {
      if (same?.matched) differences.push(`Action "${same.name}" would run today.`);
    } else if (!same) differences.push(`Action "${name}" is no longer there.`);
    else if (!same.matched) differences.push(`Action "${name}" would not run today.`);
    else {
      const fields = changedFields(payload ?? {}, same.payload ?? {});
      if (fields.length > 0) differences.push(`Action "${name}" would map other values today: ${fields.join(', ')}.`);
    }
  }
  for (const { id, name, matched } of today.actions)
    if (matched && !known.has(id)) differences.push(`Action "${name}" is new, and would run today.`);
  return differences;
}

/** Names at the first level whose values differ. */
export function changedFields(before: JsonObject, today: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(today)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(today[name]));
}
