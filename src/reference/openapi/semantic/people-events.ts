// Semantic events that delete, suppress and free people.
import { field } from '../schema.ts';
import { needsUserOrEmail } from './semantic-call.ts';
import type { SemanticCall } from './semantic-call.ts';

const userId = field('string', 'The person’s id or email address. Without one, `traits.email` is read.');

export const userDeleted: SemanticCall = {
  name: 'User Deleted',
  group: 'People',
  text: 'Deletes a person with attributes, devices, relationships and activity. A later `identify` makes the person anew; use `User Suppressed` to keep them away. Also accepted as `Delete Person`.',
  needs: '`userId`',
  fields: { userId },
  demands: [needsUserOrEmail],
  first: {
    path: '/v1/identify',
    body: { userId: 'u3', traits: { plan: 'free' } },
    effects: [{ get: 'people/u3', has: { identifiers: { id: 'u3' } } }],
  },
  example: {
    name: 'user-deleted',
    summary: 'Delete a person',
    body: { userId: 'u3', event: 'User Deleted' },
    effects: [{ get: 'people/u3', status: 404 }],
  },
};

export const userSuppressed: SemanticCall = {
  name: 'User Suppressed',
  group: 'People',
  text: 'Deletes a person and keeps their identifiers out: later calls with them change nothing in the workspace until `User Unsuppressed` frees them. For requests to be forgotten.',
  needs: '`userId`',
  fields: { userId },
  demands: [needsUserOrEmail],
  first: {
    path: '/v1/identify',
    body: { userId: 'u4', traits: { plan: 'free' } },
    effects: [{ get: 'people/u4', has: { identifiers: { id: 'u4' } } }],
  },
  example: {
    name: 'user-suppressed',
    summary: 'Delete and suppress a person',
    body: { userId: 'u4', event: 'User Suppressed' },
    effects: [
      { get: 'people/u4', status: 404 },
      { get: 'suppressions', has: { items: [{ kind: 'id', value: 'u4' }] } },
    ],
  },
};

export const userUnsuppressed: SemanticCall = {
  name: 'User Unsuppressed',
  group: 'People',
  text: 'Frees the identifiers of a suppressed person. What was deleted does not come back; the next `identify` makes the person anew.',
  needs: '`userId`',
  fields: { userId },
  demands: [needsUserOrEmail],
  example: {
    name: 'user-unsuppressed',
    summary: 'Free a suppressed person',
    body: { userId: 'u4', event: 'User Unsuppressed' },
    effects: [{ get: 'suppressions', exactly: { items: [] } }],
  },
};
