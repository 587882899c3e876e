// Recognises semantic events by name.
import { snakeCase } from '../../lib/word-case.ts';
import { commerceEvents } from './commerce-events.ts';
import { engagementEvents } from './engagement-events.ts';
import { mobileEvents } from './mobile-events.ts';
import type { SemanticEvent } from './semantic-event.ts';
import { videoEvents } from './video-events.ts';

/** Every semantic event, group by group. */
export const semanticEvents: readonly SemanticEvent[] = [
  ...commerceEvents,
  ...engagementEvents,
  ...mobileEvents,
  ...videoEvents,
];

export interface Recognised {
  readonly event: SemanticEvent;
  /**
   * `name`: the event's own name. `alias`: another name in use for it. `spelling`: one of those in other capitals or
   * word separators (`order_completed`), which tools do not take for the event.
   */
  readonly by: 'name' | 'alias' | 'spelling';
}

/** Exact names first; a spelling never hides a name. */
const recognised: ReadonlyMap<string, Recognised> = new Map([
  ...semanticEvents.flatMap((event) =>
    event.aliases.map((alias): [string, Recognised] => [alias, { event, by: 'alias' }]),
  ),
  ...semanticEvents.map((event): [string, Recognised] => [event.name, { event, by: 'name' }]),
]);
const spellings: ReadonlyMap<string, SemanticEvent> = new Map(
  [...recognised].map(([name, { event }]) => [snakeCase(name), event]),
);

/** The semantic event that `eventName` stands for; undefined for a name of the sender's own. */
export function recognise(eventName: string): Recognised | undefined {
  const known = recognised.get(eventName);
  if (known) return known;
  const event = spellings.get(snakeCase(eventName));
  return event && { event, by: 'spelling' };
}
