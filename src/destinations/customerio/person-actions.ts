// What a Customer.io destination does with people: create, update, merge, suppress, delete.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.ts';
import { optionalObject, optionalText } from '../payload-fields.ts';
import { knownPerson, objectIdentifiers, personIdentifiers, relationship } from './identifiers.ts';
import {
  anonymousId,
  createdAt,
  knownPersonId,
  needsPerson,
  needsPersonError,
  objectTypeId,
  personId,
  personOnly,
  relationshipAttributes,
  timestamp,
} from './operation-fields.ts';
import { defined, operationAction } from './operation-action.ts';
import { unixSeconds, withUnixTimes } from './unix-times.ts';

/** Traits that say where a relationship goes, or are sent under another name. */
const notAttributes: ReadonlySet<string> = new Set([
  'createdAt',
  'created_at',
  'objectId',
  'objectTypeId',
  'object_type_id',
  'relationshipAttributes',
]);

const withoutReserved = (traits: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(traits).filter(([name]) => !notAttributes.has(name)));

/** Whoever is merged away cannot be told by an anonymous id in this API, so both are known people. */
const mergePeople = operationAction({
  slug: 'merge_people',
  name: 'Merge people',
  description: 'Merges the secondary person into the primary one, who must exist, and deletes the secondary. For good.',
  fields: z.object({
    primary: knownPersonId.meta({ title: 'Primary', description: 'Who remains: an id, email address or cio_ id.' }),
    secondary: knownPersonId.meta({ title: 'Secondary', description: 'Who goes: an id, email address or cio_ id.' }),
  }),
  defaultTrigger: 'type = "alias"',
  defaultMapping: { primary: '$.userId', secondary: '$.previousId' },
  operation: ({ primary, secondary }) => ({
    type: 'person',
    action: 'merge',
    primary: knownPerson(primary),
    secondary: knownPerson(secondary),
  }),
});

const upsertPerson = operationAction({
  slug: 'upsert_person',
  name: 'Create or update person',
  description: 'Sets attributes of a person, who is created when new, and relates them to an object.',
  fields: z
    .object({
      id: personId,
      email: optionalText.meta({ title: 'Email', description: 'Identifies the person when there is no id.' }),
      anonymous_id: anonymousId.meta({
        title: 'Anonymous ID',
        description: 'Joins what was seen under this id to the person.',
      }),
      created_at: createdAt,
      group_id: optionalText.meta({ title: 'Object', description: 'Id of an object to relate the person to.' }),
      object_type_id: objectTypeId,
      custom_attributes: optionalObject.meta({ title: 'Attributes', description: 'The person’s attributes.' }),
      relationship_attributes: relationshipAttributes,
      timestamp,
    })
    .refine(needsPerson, needsPersonError),
  // Customer.io knows nobody by an anonymous id alone; traits of such calls come again with the known identify.
  defaultTrigger: 'type = "identify" and (exists(userId) or exists(traits.email))',
  defaultMapping: {
    id: 'coalesce($.userId, $.traits.email)',
    email: '$.traits.email',
    anonymous_id: '$.anonymousId',
    created_at: 'coalesce($.traits.created_at, $.traits.createdAt)',
    group_id: '$.traits.objectId',
    object_type_id: 'coalesce($.traits.object_type_id, $.traits.objectTypeId)',
    custom_attributes: '$.traits',
    relationship_attributes: '$.traits.relationshipAttributes',
    timestamp: '$.timestamp',
  },
  operation(payload, { convertTimestamps }) {
    const convert = convertTimestamps ? withUnixTimes : (attributes: JsonObject): JsonObject => attributes;
    const { id, email, anonymous_id, created_at, group_id } = payload;
    const identifiers = personIdentifiers({ id, email, anonymousId: anonymous_id });
    return defined({
      type: 'person',
      action: 'identify',
      identifiers,
      attributes: defined({
        ...convert(withoutReserved(payload.custom_attributes)),
        email,
        created_at: created_at === undefined ? undefined : unixSeconds(created_at),
        anonymous_id: identifiers && 'anonymous_id' in identifiers ? undefined : anonymous_id,
      }),
      cio_relationships:
        group_id === undefined
          ? undefined
          : [
              relationship(
                objectIdentifiers(group_id, payload.object_type_id),
                convert(payload.relationship_attributes),
              ),
            ],
      timestamp: payload.timestamp === undefined ? undefined : unixSeconds(payload.timestamp),
    });
  },
});

const onPerson = (slug: string, name: string, action: string, description: string, defaultTrigger: string) =>
  operationAction({
    slug,
    name,
    description,
    fields: personOnly,
    defaultTrigger,
    defaultMapping: { person_id: 'coalesce($.userId, $.traits.email)' },
    operation: ({ person_id }) => ({ type: 'person', action, identifiers: knownPerson(person_id) }),
  });

export const personActions = [
  upsertPerson,
  mergePeople,
  onPerson(
    'delete_person',
    'Delete person',
    'delete',
    'Deletes a person. A later update creates them anew.',
    'event in ["User Deleted", "Delete Person"]',
  ),
  onPerson(
    'suppress_person',
    'Suppress person',
    'suppress',
    'Deletes a person and keeps their identifiers from coming back.',
    'event = "User Suppressed"',
  ),
  onPerson(
    'unsuppress_person',
    'Unsuppress person',
    'unsuppress',
    'Lets a suppressed person’s identifiers come back.',
    'event = "User Unsuppressed"',
  ),
];
