// The identifiers by which delivery keeps events in order (design §1): an event waits for every earlier unfinished one
// with which it shares a key.
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { deletedObjectId, deletedObjectTypeId, groupObjectTypeId, semanticEvent } from '../event/semantic-events.ts';
import { isObject } from '../lib/json.ts';
import type { Json } from '../lib/json.ts';

/**
 * The event's userId, anonymousId, previousId and email addresses; without any of these, the object it is about; without
 * that, nothing, and the event waits for nobody. Kinds of identifier share one space, because a previousId may be
 * either an anonymous id or a userId, and a userId may be an email address (which has no letter case).
 */
export function orderKeys(event: CanonicalEvent): readonly string[] {
  // The anonymousId of an Object Deleted is a filler that has nothing to do with anyone (spec §0.2).
  if (event.event !== undefined && semanticEvent(event.event) === 'Object Deleted') {
    return [objectKey(deletedObjectTypeId(event), deletedObjectId(event) ?? '')];
  }
  const keys: string[] = [];
  const add = (value: Json | undefined): void => {
    if (typeof value !== 'string' || value === '') return;
    const key = value.includes('@') ? value.toLowerCase() : value;
    if (!keys.includes(key)) keys.push(key);
  };
  add(event.userId);
  add(event.anonymousId);
  add(event.previousId);
  // The traits of a group call are the object's.
  if (event.type !== 'group') add(event.traits?.['email']);
  const contextTraits = event.context['traits'];
  if (isObject(contextTraits)) add(contextTraits['email']);
  if (keys.length === 0 && event.groupId !== undefined) {
    keys.push(objectKey(groupObjectTypeId(event.traits), event.groupId));
  }
  return keys;
}

/** No identifier holds a line feed in front, so objects and people never meet. */
const objectKey = (typeId: string, objectId: string): string => `\n${typeId}/${objectId}`;
