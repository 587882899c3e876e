// Actions about objects and people's relationships to them.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.ts';
import { unusable } from '../commands.ts';
import { defaultObjectTypeId, parsePersonRef, parseText } from '../identifiers.ts';
import type { ObjectRef } from '../identifiers.ts';
import {
  coalesce,
  eventNamed,
  firstFilled,
  flagField,
  objectField,
  objectOf,
  objectOrNull,
  path,
  textField,
  timeField,
  timeOf,
} from './workspace-action.ts';
import type { WorkspaceAction } from './workspace-action.ts';

const typeField = textField('Object type id', 'A number as text; "1" when there is none.');

/** Where deletes keep the object (Pipelines API facts, section 13). */
const deletedObject = {
  object_id: firstFilled('$.properties.objectId', '$.groupId', '$.context.groupId'),
  object_type_id: path('$.properties.objectTypeId'),
};

const createOrUpdateObject: WorkspaceAction = {
  slug: 'create_or_update_object',
  name: 'Create or Update Object',
  description: 'Adds an object or updates its attributes, and relates the person to it.',
  fields: z.object({
    id: textField('Object id', 'Unique within its type.'),
    object_type_id: typeField,
    custom_attributes: objectField('Attributes', 'What is known about the object. Null and "" remove an attribute.'),
    created_at: textField('Created at', 'When the object came to be; kept in unix seconds.'),
    user_id: textField('Person', 'Id, email address or cio_ id of a person to relate to it.'),
    anonymous_id: textField('Anonymous id', 'Related to it when there is no person.'),
    relationship_attributes: objectField('Relationship attributes', 'Attributes of that relationship.'),
    timestamp: timeField,
    convert_timestamp: flagField('Convert times', 'Whether ISO 8601 times among the attributes become unix seconds.'),
  }),
  defaultTrigger: 'type = "group"',
  defaultMapping: {
    id: path('$.groupId'),
    object_type_id: coalesce('$.traits.object_type_id', '$.traits.objectTypeId'),
    custom_attributes: path('$.traits'),
    created_at: coalesce('$.traits.created_at', '$.traits.createdAt'),
    user_id: path('$.userId'),
    anonymous_id: path('$.anonymousId'),
    relationship_attributes: path('$.traits.relationshipAttributes'),
    timestamp: path('$.timestamp'),
    convert_timestamp: true,
  },
  toCommand(payload, moment) {
    const object = readObject(payload, 'id');
    if (!object) return noObject;
    return {
      kind: 'upsert_object',
      object,
      attributes: objectOf(payload['custom_attributes']),
      createdAt: payload['created_at'],
      person: parsePersonRef(payload['user_id']),
      anonymousId: parseText(payload['anonymous_id']),
      relationshipAttributes: objectOrNull(payload['relationship_attributes']),
      convertTimes: payload['convert_timestamp'] !== false,
      at: timeOf(payload['timestamp'], moment),
    };
  },
};

const deleteRelationship: WorkspaceAction = {
  slug: 'delete_relationship',
  name: 'Delete Relationship',
  description: 'Removes the relationship between a person and an object.',
  fields: z.object({
    person_id: textField('Person', 'Id, email address or cio_ id of the person.'),
    anonymous_id: textField('Anonymous id', 'Whose relationship it is when there is no person.'),
    object_id: textField('Object id', 'The object.'),
    object_type_id: typeField,
  }),
  defaultTrigger: eventNamed('Relationship Deleted'),
  defaultMapping: { person_id: path('$.userId'), anonymous_id: path('$.anonymousId'), ...deletedObject },
  toCommand(payload) {
    const object = readObject(payload, 'object_id');
    if (!object) return noObject;
    const person = parsePersonRef(payload['person_id']);
    return { kind: 'delete_relationship', person, anonymousId: parseText(payload['anonymous_id']), object };
  },
};

const deleteObject: WorkspaceAction = {
  slug: 'delete_object',
  name: 'Delete Object',
  description: 'Deletes an object with all relationships to it.',
  fields: z.object({
    object_id: textField('Object id', 'The object.'),
    object_type_id: typeField,
    timestamp: timeField,
  }),
  defaultTrigger: eventNamed('Object Deleted', 'Group Deleted'),
  defaultMapping: { ...deletedObject, timestamp: path('$.timestamp') },
  toCommand(payload, moment) {
    const object = readObject(payload, 'object_id');
    return object ? { kind: 'delete_object', object, at: timeOf(payload['timestamp'], moment) } : noObject;
  },
};

const noObject = unusable('invalid', 'the mapping gives no object id');

function readObject(payload: JsonObject, field: string): ObjectRef | null {
  const objectId = parseText(payload[field]);
  return objectId === null ? null : { objectId, typeId: parseText(payload['object_type_id']) ?? defaultObjectTypeId };
}

export const objectActions: readonly WorkspaceAction[] = [createOrUpdateObject, deleteRelationship, deleteObject];
