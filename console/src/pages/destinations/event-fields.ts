// Which fields the latest events have, with values seen there: what editors suggest.
import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { latestEventsQuery } from './destination-queries.ts';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

export interface EventField {
  /** As triggers write it; mappings put `$.` in front. */
  readonly path: string;
  /** Some texts and numbers seen there, each once. */
  readonly values: readonly string[];
}

const usual = ['type', 'event', 'userId', 'anonymousId', 'messageId', 'timestamp', 'name', 'groupId'];
const maxDepth = 4;
const maxFields = 400;
const maxValues = 20;

export function useEventFields(): readonly EventField[] {
  const { data } = useQuery(latestEventsQuery);
  return useMemo(() => fieldsOf(data?.items.map(({ event }) => event) ?? []), [data]);
}

function fieldsOf(events: readonly JsonObject[]): readonly EventField[] {
  const found = new Map<string, Set<string>>(usual.map((path) => [path, new Set()]));
  const visit = (value: Json | undefined, path: string, depth: number): void => {
    if (isObject(value)) {
      if (path !== '') found.set(path, found.get(path) ?? new Set());
      if (depth === maxDepth) return;
      for (const [name, part] of Object.entries(value))
        if (found.size < maxFields && name !== '_leat')
          visit(part, path === '' ? name : `${path}.${printPart(name)}`, depth + 1);
      return;
    }
    const values = found.get(path) ?? new Set();
    found.set(path, values);
    if ((typeof value === 'string' || typeof value === 'number') && values.size < maxValues)
      values.add(String(value).slice(0, 80));
  };
  for (const event of events) visit(event, '', 0);
  return [...found].map(([path, values]) => ({ path, values: [...values] }));
}

const printPart = (name: string): string => (/^[\w$-]+$/.test(name) ? name : JSON.stringify(name));

/** "track Order Completed", "identify". */
export function eventTitle(event: JsonObject): string {
  const name = typeof event['event'] === 'string' ? event['event'] : event['name'];
  return [event['type'], name].filter((part) => typeof part === 'string').join(' ');
}
