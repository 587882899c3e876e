// Which events a list or a live tail shows.
import { z } from 'zod';
import { eventTypes } from '../event/canonical-event.ts';
import type { EventType } from '../event/canonical-event.ts';
import type { LogRecord } from '../log/event-log.ts';
import { parseStoredEvent } from './stored-event.ts';

export interface EventFilter {
  readonly source?: string | undefined;
  readonly type?: EventType | undefined;
  /** Name of a track, page or screen call. */
  readonly name?: string | undefined;
  /** userId or anonymousId, exactly. */
  readonly user?: string | undefined;
}

/** The filter as query parameters. */
export const filterParameters = {
  source: z.string().max(200).optional().meta({ description: 'Only of this source, by id.' }),
  type: z.enum(eventTypes).optional().meta({ description: 'Only of this type.' }),
  name: z.string().max(500).optional().meta({ description: 'Only with this event, page or screen name.' }),
  user: z.string().max(500).optional().meta({ description: 'Only with this userId or anonymousId.' }),
};

export function matchesFilter(filter: EventFilter, record: LogRecord): boolean {
  if (filter.source !== undefined && record.sourceId !== filter.source) return false;
  if (filter.type === undefined && filter.name === undefined && filter.user === undefined) return true;
  // Bodies are as JSON.stringify writes them: without the wanted text one needs no parsing, which is nearly all the cost.
  const { body } = record;
  const wanted = [filter.type, filter.name, filter.user];
  if (wanted.some((text) => text !== undefined && !body.includes(JSON.stringify(text)))) return false;
  const { type, event, name, userId, anonymousId } = parseStoredEvent(body);
  return (
    (filter.type === undefined || type === filter.type) &&
    (filter.name === undefined || event === filter.name || name === filter.name) &&
    (filter.user === undefined || userId === filter.user || anonymousId === filter.user)
  );
}
