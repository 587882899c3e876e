// A parked event taken back in hand together with its body.
import type { ParkedEvent } from './delivery-store.ts';
import { Entry } from './entry.ts';
import { toFeedEvent } from './event-feed.ts';

export function restoreEntry(parked: ParkedEvent, body: string): Entry {
  const event = toFeedEvent({ ...parked, body });
  const entry = new Entry(event, event);
  entry.parking = 'stored';
  entry.settled = { ...parked.settled };
  if (!event.event) entry.finish = { outcome: 'failed', reason: 'The stored event cannot be read.' };
  return entry;
}
