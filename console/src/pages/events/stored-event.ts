// A stored event as the control API lists it, and as a row.
import type { EventRow } from './event-rows.tsx';
import { eventSubject, eventTitle } from './event-title.ts';
import type { ShownEvent } from './event-title.ts';

export interface StoredEvent {
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: string;
  readonly partition: number;
  readonly offset: number;
  readonly event: ShownEvent;
}

export const toStoredRow = (stored: StoredEvent): EventRow => ({
  key: `${stored.partition}.${stored.offset}`,
  at: stored.receivedAt,
  type: String(stored.event['type']),
  title: eventTitle(stored.event),
  subject: eventSubject(stored.event),
  sourceId: stored.sourceId,
  messageId: stored.messageId,
  detail: stored.event,
});
