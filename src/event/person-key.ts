// By whom an event is kept in order where a log has several partitions.
import type { CanonicalEvent } from './canonical-event.ts';
import { deletedObjectId, deletedObjectTypeId, groupObjectTypeId, semanticEvent } from './semantic-events.ts';

/**
 * The key that events of one person share: userId, else the email trait, else anonymousId, else the object they are
 * about, else the messageId. Addresses are in lower case, because `userId` may be one and they are not case-sensitive.
 */
export function personKey(event: CanonicalEvent): string {
  const { userId, anonymousId, groupId, traits } = event;
  if (userId !== undefined) return userId.includes('@') ? userId.toLowerCase() : userId;
  const email = traits?.['email'];
  if (typeof email === 'string' && email !== '') return email.toLowerCase();
  // Its anonymousId is a filler that has nothing to do with anyone.
  if (event.event !== undefined && semanticEvent(event.event) === 'Object Deleted')
    return `${deletedObjectTypeId(event)}/${deletedObjectId(event) ?? ''}`;
  if (anonymousId !== undefined) return anonymousId;
  if (groupId !== undefined) return `${groupObjectTypeId(traits)}/${groupId}`;
  return event.messageId;
}
