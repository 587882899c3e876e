// Finding and making the rows of objects and their types.
import { longerThan } from '../identifiers.ts';
import type { ObjectRef } from '../identifiers.ts';
import type { ObjectRow } from '../workspace-rows.ts';
import { keepMs } from '../workspace-settings.ts';
import { Attributes } from './attributes.ts';
import type { EventContext } from './event-context.ts';
import { objectKey } from '../row-keys.ts';

/** The object if it exists. */
export function liveObject(context: EventContext, ref: ObjectRef): ObjectRow | null {
  const row = context.set.objects.get(objectKey(ref));
  return row?.goneAt === null ? row : null;
}

/** The object, made bare when there is none, its type too; null when its ids are too long. */
export function ensureObject(context: EventContext, ref: ObjectRef): ObjectRow | null {
  const { set } = context;
  const limit = context.settings.limits.otherIdBytes;
  if (longerThan(ref.objectId, limit) || longerThan(ref.typeId, limit)) {
    context.note(`object id or object type id over ${limit} bytes`);
    return null;
  }
  const before = set.objects.get(objectKey(ref));
  if (before?.goneAt === null) return before;
  const remembered = before?.goneLog !== null && before?.goneLog !== undefined && context.log - before.goneLog < keepMs;
  const object: ObjectRow = {
    typeId: ref.typeId,
    objectId: ref.objectId,
    number: set.newObject(),
    floorAt: remembered ? before.goneAt : null,
    createdAt: context.event.receivedAt,
    updatedAt: context.event.receivedAt,
    attributes: Attributes.empty(),
    goneAt: null,
    goneLog: null,
  };
  set.objects.put(objectKey(ref), object);
  const type = set.objectTypes.get(ref.typeId);
  set.objectTypes.put(ref.typeId, { typeId: ref.typeId, objects: (type?.objects ?? 0) + 1 });
  context.changed(`object ${ref.typeId}/${ref.objectId} created`);
  return object;
}
