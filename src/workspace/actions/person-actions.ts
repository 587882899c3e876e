// Actions about people: create or update, delete, suppress, unsuppress, merge.
import { z } from 'zod';
import type { JsonObject } from '../../lib/json.ts';
import { notForUs, unusable } from '../commands.ts';
import type { Unusable } from '../commands.ts';
import { defaultObjectTypeId, parsePersonRef, parseText } from '../identifiers.ts';
import type { PersonRef } from '../identifiers.ts';
import {
  coalesce,
  eventNamed,
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

const personField = textField('Person', 'Id, email address or cio_ id of the person.');

const createOrUpdatePerson: WorkspaceAction = {
  slug: 'create_or_update_person',
  name: 'Create or Update Person',
  description: 'Adds a person or updates their attributes, and joins anonymous activity to them.',
  fields: z.object({
    id: textField('Person', 'Id, email address or cio_ id of the person. Without one, nothing is done.'),
    anonymous_id: textField('Anonymous id', 'Its activity of the last 30 days becomes the person’s.'),
    email: textField('Email address', 'The person’s address.'),
    created_at: textField('Created at', 'When the person came to be; kept in unix seconds.'),
    group_id: textField('Object id', 'An object to relate the person to.'),
    object_type_id: textField('Object type id', 'Type of that object; "1" when there is none.'),
    relationship_attributes: objectField('Relationship attributes', 'Attributes of that relationship.'),
    custom_attributes: objectField('Attributes', 'What is known about the person. Null and "" remove an attribute.'),
    timestamp: timeField,
    convert_timestamp: flagField('Convert times', 'Whether ISO 8601 times among the attributes become unix seconds.'),
  }),
  defaultTrigger: 'type = "identify"',
  defaultMapping: {
    id: coalesce('$.userId', '$.traits.email'),
    anonymous_id: path('$.anonymousId'),
    email: path('$.traits.email'),
    created_at: coalesce('$.traits.created_at', '$.traits.createdAt'),
    group_id: path('$.traits.objectId'),
    object_type_id: coalesce('$.traits.objectTypeId', '$.traits.object_type_id'),
    relationship_attributes: path('$.traits.relationshipAttributes'),
    custom_attributes: path('$.traits'),
    timestamp: path('$.timestamp'),
    convert_timestamp: true,
  },
  toCommand(payload, moment) {
    const person = parsePersonRef(payload['id']);
    // An id that is only the email trait, and no address: nobody can be known by it.
    if (person?.kind === 'id' && payload['id'] === payload['email'])
      return unusable('invalid', 'the email address is not one, and there is no userId');
    const objectId = parseText(payload['group_id']);
    const typeId = parseText(payload['object_type_id']) ?? defaultObjectTypeId;
    return {
      kind: 'upsert_person',
      person,
      anonymousId: parseText(payload['anonymous_id']),
      email: payload['email'],
      createdAt: payload['created_at'],
      attributes: objectOf(payload['custom_attributes']),
      object: objectId === null ? null : { typeId, objectId },
      relationshipAttributes: objectOrNull(payload['relationship_attributes']),
      convertTimes: payload['convert_timestamp'] !== false,
      at: timeOf(payload['timestamp'], moment),
    };
  },
};

/** An action that is only about which person, and when. */
function personAction(
  kind: 'delete_person' | 'suppress_person' | 'unsuppress_person',
  name: string,
  description: string,
  trigger: string,
): WorkspaceAction {
  return {
    slug: kind,
    name,
    description,
    fields: z.object({ person_id: personField, timestamp: timeField }),
    defaultTrigger: trigger,
    defaultMapping: { person_id: coalesce('$.userId', '$.traits.email'), timestamp: path('$.timestamp') },
    toCommand(payload, moment) {
      const person = readPerson(payload, 'person_id');
      return person.kind === 'unusable' ? person : { kind, person, at: timeOf(payload['timestamp'], moment) };
    },
  };
}

const mergePeople: WorkspaceAction = {
  slug: 'merge_people',
  name: 'Merge People',
  description:
    'Merges one person, or an anonymous id, into another. The one that remains is created when it does not exist.',
  fields: z.object({
    primary: textField('Person that remains', 'Id, email address or cio_ id.'),
    secondary: textField('Person that is merged', 'Id, email address, cio_ id or anonymous id.'),
    timestamp: timeField,
  }),
  defaultTrigger: 'type = "alias"',
  defaultMapping: {
    primary: path('$.userId'),
    secondary: path('$.previousId'),
    timestamp: path('$.timestamp'),
  },
  toCommand(payload, moment) {
    const primary = readPerson(payload, 'primary');
    if (primary.kind === 'unusable') return primary;
    const secondary = readPerson(payload, 'secondary');
    if (secondary.kind === 'unusable') return secondary;
    return { kind: 'merge_people', primary, secondary, at: timeOf(payload['timestamp'], moment) };
  },
};

/** The person a payload must name. */
function readPerson(payload: JsonObject, field: string): PersonRef | Unusable {
  return parsePersonRef(payload[field]) ?? notForUs(`the mapping gives no ${field}`);
}

export const personActions: readonly WorkspaceAction[] = [
  createOrUpdatePerson,
  personAction(
    'delete_person',
    'Delete Person',
    'Deletes a person with everything kept about them. A later call may create them again.',
    eventNamed('User Deleted', 'Delete Person'),
  ),
  personAction(
    'suppress_person',
    'Suppress Person',
    'Deletes a person and ignores all of their identifiers until they are unsuppressed.',
    eventNamed('User Suppressed'),
  ),
  personAction(
    'unsuppress_person',
    'Unsuppress Person',
    'Frees the identifiers of a suppressed person. What was deleted does not come back.',
    eventNamed('User Unsuppressed'),
  ),
  mergePeople,
];
