// What a Customer.io destination does with objects, such as companies, and with people's relationships to them.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.ts';
import { optionalObject } from '../payload-fields.ts';
import { knownPerson, objectIdentifiers, relationship } from './identifiers.ts';
import { defined, operationAction } from './operation-action.ts';
import {
  anonymousId,
  createdAt,
  knownPersonId,
  objectId,
  objectTypeId,
  personId,
  relationshipAttributes,
} from './operation-fields.ts';
import { unixSeconds, withUnixTimes } from './unix-times.ts';

const notAttributes: ReadonlySet<string> = new Set([
  'createdAt',
  'created_at',
  'objectTypeId',
  'object_type_id',
  'relationshipAttributes',
]);

const upsertObject = operationAction({
  slug: 'upsert_object',
  name: 'Create or update object',
  description: 'Sets attributes of an object, which is created when new, and relates a person to it.',
  fields: z.object({
    id: objectId,
    object_type_id: objectTypeId,
    custom_attributes: optionalObject.meta({ title: 'Attributes', description: 'The object’s attributes.' }),
    created_at: createdAt,
    user_id: personId.meta({ title: 'Person', description: 'Who is related to the object: id, email or cio_ id.' }),
    anonymous_id: anonymousId.meta({
      title: 'Anonymous ID',
      description: 'Who is related to the object while nobody knows who it is.',
    }),
    relationship_attributes: relationshipAttributes,
  }),
  defaultTrigger: 'type = "group"',
  defaultMapping: {
    id: '$.groupId',
    object_type_id: 'coalesce($.traits.object_type_id, $.traits.objectTypeId)',
    custom_attributes: '$.traits',
    created_at: 'coalesce($.traits.created_at, $.traits.createdAt)',
    user_id: '$.userId',
    anonymous_id: '$.anonymousId',
    relationship_attributes: '$.traits.relationshipAttributes',
  },
  operation(payload, { convertTimestamps }) {
    const convert = convertTimestamps ? withUnixTimes : (attributes: JsonObject): JsonObject => attributes;
    const { user_id, anonymous_id, created_at } = payload;
    const person = user_id === undefined ? anonymous_id !== undefined && { anonymous_id } : knownPerson(user_id);
    const attributes = Object.entries(payload.custom_attributes).filter(([name]) => !notAttributes.has(name));
    return defined({
      type: 'object',
      action: user_id === undefined && anonymous_id !== undefined ? 'identify_anonymous' : 'identify',
      identifiers: objectIdentifiers(payload.id, payload.object_type_id),
      attributes: defined({
        ...convert(Object.fromEntries(attributes)),
        created_at: created_at === undefined ? undefined : unixSeconds(created_at),
      }),
      cio_relationships: person ? [relationship(person, convert(payload.relationship_attributes))] : undefined,
    });
  },
});

/** Where delete events keep the object (Pipelines API facts, section 13). */
const objectMapping = {
  object_id: 'coalesce($.properties.objectId, $.groupId, $.context.groupId)',
  object_type_id: 'coalesce($.properties.objectTypeId, $.properties.object_type_id)',
};

const deleteObject = operationAction({
  slug: 'delete_object',
  name: 'Delete object',
  description: 'Deletes an object and everybody’s relationship to it.',
  fields: z.object({ object_id: objectId, object_type_id: objectTypeId }),
  defaultTrigger: 'event in ["Object Deleted", "Group Deleted"]',
  defaultMapping: objectMapping,
  operation: ({ object_id, object_type_id }) => ({
    type: 'object',
    action: 'delete',
    identifiers: objectIdentifiers(object_id, object_type_id),
  }),
});

const deleteRelationship = operationAction({
  slug: 'delete_relationship',
  name: 'Delete relationship',
  description: 'Ends a person’s relationship to an object.',
  fields: z.object({ person_id: knownPersonId, object_id: objectId, object_type_id: objectTypeId }),
  defaultTrigger: 'event = "Relationship Deleted"',
  defaultMapping: { person_id: '$.userId', ...objectMapping },
  operation: ({ person_id, object_id, object_type_id }) => ({
    type: 'person',
    action: 'delete_relationships',
    identifiers: knownPerson(person_id),
    cio_relationships: [relationship(objectIdentifiers(object_id, object_type_id), {})],
  }),
});

export const objectActions = [upsertObject, deleteObject, deleteRelationship];
