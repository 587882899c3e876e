// Objects: added and updated by group calls, made bare when something is related to one that is not there, deleted.
//
// An object gets a new number each time it is created, and relationships belong to the number: so a delete changes one
// row, and the relationships of what was deleted lead nowhere until the sweep removes them.
import type { DeleteObject, UpsertObject } from '../commands.ts';
import type { ObjectRow } from '../workspace-rows.ts';
import { keepMs } from '../workspace-settings.ts';
import { anonymousTarget, personFor } from './resolve.ts';
import { applyAttribute } from './apply-attributes.ts';
import { Attributes } from './attributes.ts';
import type { CommandOutcome, EventContext } from './event-context.ts';
import { withUnixTimes } from './iso-times.ts';
import { relate } from './relationships.ts';
import { readControls, readCreatedAt } from './reserved-traits.ts';
import { ensureObject, liveObject } from './object-rows.ts';
import { objectKey } from '../row-keys.ts';

/** Traits of a group call that are not attributes of the object. */
const reservedNames: ReadonlySet<string> = new Set([
  'objectTypeId',
  'object_type_id',
  'object_id',
  'cio_object_id',
  'relationshipAttributes',
  'created_at',
  'createdAt',
  '_timestamp',
  '_update',
]);

export function upsertObject(context: EventContext, command: UpsertObject): CommandOutcome {
  const { set } = context;
  const { updateOnly, at } = readControls(context, command);
  if (updateOnly && !liveObject(context, command.object)) {
    context.note('Failed Attribute Change: _update is set and there is no such object');
    return 'object_missing';
  }
  const object = ensureObject(context, command.object);
  if (!object) return 'too_long';

  const attributes = object.attributes.copy();
  attributes.expire(context.log);
  const write = { label: 'object attribute', at, floorAt: object.floorAt };
  const createdAt = readCreatedAt(context, command);
  if (createdAt !== undefined) applyAttribute(context, attributes, 'created_at', createdAt, write);
  for (const name of Object.keys(command.attributes)) {
    const given = command.attributes[name];
    if (given === undefined || reservedNames.has(name)) continue;
    applyAttribute(context, attributes, name, command.convertTimes ? withUnixTimes(given) : given, write);
  }
  set.objects.put(objectKey(object), { ...object, attributes, updatedAt: context.event.receivedAt });

  const subject = relatedSubject(context, command);
  if (subject !== null) relate(context, subject, command.object, command.relationshipAttributes, at);
  return 'delivered';
}

/** Who is to be related to the object: the person, the person of the anonymous id, or its stream. */
function relatedSubject(context: EventContext, command: UpsertObject): number | null {
  if (command.person) {
    const person = personFor(context, command.person, command.at);
    return typeof person === 'string' ? null : person;
  }
  if (command.anonymousId === null) return null;
  const target = anonymousTarget(context, command.anonymousId);
  if (target?.kind === 'person') {
    context.person = target.number;
    return target.number;
  }
  if (target?.kind === 'suppressed') context.note(`anonymous id ${command.anonymousId} is suppressed`);
  if (target?.kind !== 'stream') return null;
  // Whoever it joins later has to look for relationships under the stream.
  if (!target.row.related)
    context.set.identifiers.put('anonymous_id', target.row.value, { ...target.row, related: true });
  return target.stream;
}

export function deleteObject(context: EventContext, command: DeleteObject): CommandOutcome {
  const { set } = context;
  const object = liveObject(context, command.object);
  if (!object) {
    context.note('there is no such object');
    return 'delivered';
  }
  const gone: ObjectRow = {
    ...object,
    attributes: Attributes.empty(),
    goneAt: context.effectiveAt(command.at),
    goneLog: context.log,
  };
  set.objects.put(objectKey(object), gone);
  const type = set.objectTypes.get(object.typeId);
  if (type) set.objectTypes.put(object.typeId, { ...type, objects: type.objects - 1 });
  const { number } = object;
  set.garbage.push({ kind: 'object', number, due: 0 }, { kind: 'object', number, due: context.log + keepMs });
  context.changed(`object ${object.typeId}/${object.objectId} deleted`);
  return 'delivered';
}
