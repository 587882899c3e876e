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
      return `Identify${listed(event['traits'])}`;
    case 'group':
      return `Group ${text(event['groupId']) ?? ''}`.trim();
    case 'alias':
      return `Alias of ${text(event['previousId']) ?? 'somebody'}`;
    default:
      return text(event['type']) ?? 'Event';
  }
}

/** ": email, plan and 3 more" of the attributes that a call sets. */
function listed(traits: unknown): string {
  const names = typeof traits === 'object' && traits !== null ? Object.keys(traits) : [];
  if (names.length === 0) return ' a person';
  return `: ${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''}`;
}

/** userId, else the anonymous id; null for neither. */
export const eventSubject = (event: ShownEvent): string | null => text(event['userId']) ?? text(event['anonymousId']);
