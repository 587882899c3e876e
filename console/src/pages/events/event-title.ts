// What an event is called in a list, and whom it is about.
export interface ShownEvent {
  readonly [field: string]: unknown;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Name of the track, page or screen call, else what the type does. */
export function eventTitle(event: ShownEvent): string {
  const named = text(event['event']) ?? text(event['name']);
  if (named !== null) return named;
  switch (event['type']) {
    case 'identify':
      return 'Identify a person';
    case 'group':
      return `Group ${text(event['groupId']) ?? ''}`.trim();
    case 'alias':
      return `Alias of ${text(event['previousId']) ?? 'somebody'}`;
    default:
      return text(event['type']) ?? 'Event';
  }
}

/** userId, else the anonymous id; null for neither. */
export const eventSubject = (event: ShownEvent): string | null => text(event['userId']) ?? text(event['anonymousId']);
