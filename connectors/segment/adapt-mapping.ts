// Reads the package's mappings into Leat's language: the same directives, but there a plain string is always itself,
// while here "$.a" reads the event and "coalesce(…)" chooses.
import { isObject } from '../../src/lib/json.ts';
import type { Json } from '../../src/lib/json.ts';

/** Directives whose strings are paths or templates in both languages. */
const readsText: ReadonlySet<string> = new Set(['@path', '@template', '@liquid']);

/** Times that every event has in Segment's pipeline, and the nearest that it always has in Leat's. */
const times: Readonly<Record<string, string>> = {
  '$.sentAt': 'coalesce($.sentAt, $.timestamp)',
  '$.originalTimestamp': 'coalesce($.originalTimestamp, $.timestamp)',
};

export function adaptMapping(value: Json): Json {
  if (typeof value === 'string') return /^\$(?:\.|\[["'\d])|^coalesce\(/.test(value) ? { '@literal': value } : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(adaptMapping);
  if (!isObject(value)) return value;
  const path = value['@path'];
  const time = typeof path === 'string' ? times[path] : undefined;
  if (time !== undefined) return time;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (part === undefined || readsText.has(key)) return [key, part];
      // Its first element is a path as well.
      if (key === '@arrayPath' && Array.isArray(part)) {
        const [list, ...shape] = part as readonly Json[];
        return [key, [typeof list === 'string' ? list : adaptMapping(list ?? null), ...shape.map(adaptMapping)]];
      }
      return [key, adaptMapping(part)];
    }),
  );
}
