// Semantic events that remove relationships and objects.
import { field } from '../schema.ts';
import { needsObject, needsUser, objectFields, objectTypeIsPlain } from './semantic-call.ts';
import type { SemanticCall } from './semantic-call.ts';

export const relationshipDeleted: SemanticCall = {
  name: 'Relationship Deleted',
  group: 'Objects',
  text: 'Ends the relationship between a person and an object. Both stay.',
  needs: '`userId`, `properties.objectId`',
  fields: { userId: field('string', 'The person’s id or email address.'), ...objectFields },
  demands: [needsUser, needsObject, objectTypeIsPlain],
  first: {
    path: '/v1/group',
    body: { userId: 'u1', groupId: 'initech', traits: { name: 'Initech' } },
    effects: [{ get: 'people/u1', has: { relationships: [{ objectId: 'initech' }] } }],
  },
  example: {
    name: 'relationship-deleted',
    summary: 'Remove a relationship',
    body: { userId: 'u1', event: 'Relationship Deleted', properties: { objectId: 'initech', objectTypeId: '1' } },
    effects: [{ get: 'objects/1/initech', exactly: { people: { items: [] } } }],
  },
};

export const objectDeleted: SemanticCall = {
  name: 'Object Deleted',
  group: 'Objects',
  text: 'Deletes an object and all its relationships. No person is needed; clients that insist on one may put anything into `anonymousId`, it is not used. Also accepted as `Group Deleted`.',
  needs: '`properties.objectId`',
  fields: { anonymousId: field('string', 'Not used.'), ...objectFields },
  demands: [needsObject, objectTypeIsPlain],
  example: {
    name: 'object-deleted',
    summary: 'Delete an object',
    body: { anonymousId: 'n/a', event: 'Object Deleted', properties: { objectId: 'initech', objectTypeId: '1' } },
    effects: [{ get: 'objects/1/initech', status: 404 }],
  },
};
