// Relationships between people, or anonymous streams, and objects.
//
// A person's relationships may still stand under subjects that were merged into them or joined them. They are gathered
// into one row under the person when they are next touched; until then readers gather them the same way. Attributes of
// one relationship merge like any: the last writer wins.
import type { DeleteRelationship } from '../commands.ts';
import { defaultObjectTypeId, parseText } from '../identifiers.ts';
import type { ObjectRef } from '../identifiers.ts';
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { RelationshipRow } from '../workspace-rows.ts';
import { keepMs } from '../workspace-settings.ts';
import { applyAttribute } from './apply-attributes.ts';
import { Attributes } from './attributes.ts';
import type { CommandOutcome, EventContext } from './event-context.ts';
import { ensureObject, liveObject } from './object-rows.ts';
import { checkRef, personRow, resolveIdentifier, resolvePerson, suppressed, visitorStream } from './resolve.ts';
import { relationshipKey } from '../row-keys.ts';

/** Relates a subject to an object, which is made when it is not there, and writes the relationship's attributes. */
export function relate(
  context: EventContext,
  subject: number,
  ref: ObjectRef,
  given: JsonObject | null,
  at: number,
): void {
  const object = ensureObject(context, ref);
  if (!object) return;
  const before = gather(context, subject, object.number);
  const attributes = before?.copy() ?? Attributes.empty();
  attributes.expire(context.log);
  const label = `relationship ${ref.typeId}/${ref.objectId}`;
  if (!before) context.changed(label);
  for (const name of Object.keys(given ?? {})) {
    const value = given?.[name];
    if (value !== undefined)
      applyAttribute(context, attributes, name, value, { label: `${label} attribute`, at, floorAt: null });
  }
  const row: RelationshipRow = { subject, object: object.number, attributes, log: context.log };
  context.set.relationships.put(relationshipKey(subject, object.number), row);
}

/**
 * The attributes of a relationship, from wherever they stand; null when there is none. What stood under other subjects
 * is removed, so the caller puts the row.
 */
function gather(context: EventContext, subject: number, object: number): Attributes | null {
  const { set } = context;
  const own = set.relationship(subject, object);
  // An anonymous stream has no links, and what is related to it expires.
  const person = set.isLive(subject) ? personRow(context, subject) : null;
  if (!person) return own && context.log - own.log < keepMs ? own.attributes : null;
  if (!person.related) return own?.attributes ?? null;

  const bounds = relatedSubjects(context, subject);
  let gathered: Attributes | null = own?.attributes.copy() ?? null;
  for (const row of set.relationshipsOf(
    [...bounds.keys()].sort((a, b) => a - b),
    object,
  )) {
    if (row.log > (bounds.get(row.subject) ?? 0)) {
      gathered ??= Attributes.empty();
      gathered.merge(row.attributes, context.log);
    }
    set.relationships.put(relationshipKey(row.subject, object), null);
  }
  return gathered;
}

/**
 * The subjects whose relationships are the person's, each with the log time after which they count. Who gathers takes
 * the lower number first, so that of two writes of one time the same one stays whoever looks.
 */
function relatedSubjects(context: EventContext, person: number): ReadonlyMap<number, number> {
  const bounds = new Map<number, number>();
  const walk = (parent: number, fromLog: number): void => {
    for (const link of context.set.linksOf(parent)) {
      const bound = Math.max(fromLog, link.fromLog);
      bounds.set(link.child, bound);
      walk(link.child, bound);
    }
  };
  walk(person, 0);
  return bounds;
}

export function deleteRelationship(context: EventContext, command: DeleteRelationship): CommandOutcome {
  const subject = subjectOf(context, command);
  if (typeof subject === 'string') return subject;
  const object = liveObject(context, command.object);
  if (subject === null || !object || !unrelate(context, subject, object.number)) {
    context.note('there is no such relationship');
    return 'delivered';
  }
  context.changed(`relationship ${command.object.typeId}/${command.object.objectId} deleted`);
  return 'delivered';
}

/** Removes a relationship; whether there was one. */
function unrelate(context: EventContext, subject: number, object: number): boolean {
  if (gather(context, subject, object) === null) return false;
  context.set.relationships.put(relationshipKey(subject, object), null);
  return true;
}

/** Whose relationship is meant; nobody is made for it. */
function subjectOf(context: EventContext, command: DeleteRelationship): number | null | CommandOutcome {
  if (command.person) {
    const unfit = checkRef(context, command.person);
    if (unfit) return unfit;
    const found = resolvePerson(context, command.person);
    if (found.kind === 'suppressed') return suppressed(context, command.person);
    if (found.kind === 'none') return null;
    context.person = found.number;
    return found.number;
  }
  const { anonymousId } = command;
  if (anonymousId === null) return null;
  const found = resolveIdentifier(context, 'anonymous_id', anonymousId);
  if (found.kind === 'none') return visitorStream(context, anonymousId);
  context.person = found.number;
  if (found.kind === 'person') return found.number;
  context.note(`anonymous id ${anonymousId} is suppressed`);
  return 'suppressed';
}

/** Applies `cio_relationships` of an identify call. */
export function relatePerson(context: EventContext, person: number, given: Json, at: number): void {
  const list = readRelationships(given);
  if (!list) return context.note('cio_relationships: not a list of relationships to add or remove');
  for (const { ref, attributes } of list.entries) {
    if (!ref) context.note('cio_relationships: an entry without identifiers.object_id');
    else if (list.adds) relate(context, person, ref, attributes, at);
    else removeOne(context, person, ref);
  }
}

function removeOne(context: EventContext, person: number, ref: ObjectRef): void {
  const object = liveObject(context, ref);
  if (object && unrelate(context, person, object.number))
    context.changed(`relationship ${ref.typeId}/${ref.objectId} deleted`);
  else context.note(`relationship ${ref.typeId}/${ref.objectId}: there is none`);
}

export interface GivenRelationships {
  /** Otherwise it removes. */
  readonly adds: boolean;
  readonly entries: readonly { readonly ref: ObjectRef | null; readonly attributes: JsonObject | null }[];
}

/**
 * Reads `cio_relationships`: {action, relationships: [{identifiers, relationship_attributes}]} or just the list, which
 * adds (Pipelines API facts, 4.4). Null when it is neither.
 */
export function readRelationships(given: Json): GivenRelationships | null {
  const list = isObject(given) ? given['relationships'] : given;
  const action = isObject(given) ? (given['action'] ?? 'add_relationships') : 'add_relationships';
  if (!Array.isArray(list) || (action !== 'add_relationships' && action !== 'remove_relationships')) return null;
  const entries = (list as readonly Json[]).map((item) => {
    const attributes = isObject(item) ? item['relationship_attributes'] : undefined;
    return { ref: readObjectRef(item), attributes: isObject(attributes) ? attributes : null };
  });
  return { adds: action === 'add_relationships', entries };
}

function readObjectRef(item: Json): ObjectRef | null {
  const identifiers = isObject(item) ? item['identifiers'] : undefined;
  if (!isObject(identifiers)) return null;
  const objectId = parseText(identifiers['object_id']);
  return objectId === null
    ? null
    : { objectId, typeId: parseText(identifiers['object_type_id']) ?? defaultObjectTypeId };
}
