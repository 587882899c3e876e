// Where events differ from the catalogue of semantic events, summed up over many of them.
import { z } from 'zod';
import { checkProperties } from '../event/semantic/check-properties.ts';
import { recognise } from '../event/semantic/recognise.ts';
import type { LogRecord } from '../log/event-log.ts';
import { parseStoredEvent } from './stored-event.ts';

export const oddEventAnswer = z
  .object({
    sourceId: z.string(),
    name: z.string().meta({ description: 'The event’s name as it was sent.' }),
    semanticEvent: z.string().meta({ description: 'The semantic event it is taken for.' }),
    field: z.string().meta({ description: 'Path in the event; elements of lists are written as [].' }),
    message: z.string().meta({ description: 'What the catalogue has there and what is there instead.' }),
    events: z.int().meta({ description: 'How many of the events looked at.' }),
    lastMessageId: z.string(),
  })
  .meta({ id: 'OddEvent' });
type OddEvent = z.output<typeof oddEventAnswer>;

/** The oddities of `records`, newest first, each once with how many events have it; the most frequent first. */
export function countOddEvents(records: readonly LogRecord[]): OddEvent[] {
  const found = new Map<string, OddEvent>();
  for (const { sourceId, messageId, body } of records) {
    const event = parseStoredEvent(body);
    const name = event.event ?? '';
    const semanticEvent = recognise(name)?.event.name;
    if (semanticEvent === undefined) continue;
    // An event with many odd elements of a list has one oddity.
    const oddities = new Map(
      checkProperties(event).map(({ path, message }) => {
        const field = path.replaceAll(/\[\d+\]/g, '[]');
        return [JSON.stringify([sourceId, name, field, message]), { field, message }] as const;
      }),
    );
    for (const [key, oddity] of oddities) {
      const known = found.get(key);
      if (known) known.events++;
      else found.set(key, { sourceId, name, semanticEvent, ...oddity, events: 1, lastMessageId: messageId });
    }
  }
  return [...found.values()].toSorted((a, b) => b.events - a.events);
}
