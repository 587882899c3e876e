// Fields that several Customer.io actions share.
import { z } from 'zod';
import { optionalObject, optionalText, optionalTime, requiredText } from '../payload-fields.ts';

export const personId = optionalText.meta({
  title: 'Person',
  description: 'The person’s id, email address, or cio_ and the id that Customer.io gave.',
});
export const knownPersonId = requiredText.meta({
  title: 'Person',
  description: 'The person’s id, email address, or cio_ and the id that Customer.io gave.',
});
export const anonymousId = optionalText.meta({
  title: 'Anonymous ID',
  description: 'Stands for the person until they are known.',
});
export const objectId = requiredText.meta({ title: 'Object', description: 'The object’s id within its type.' });
export const objectTypeId = optionalText.meta({
  title: 'Object type',
  description: 'Number of the object’s type; 1 when left out.',
});
export const relationshipAttributes = optionalObject.meta({
  title: 'Relationship attributes',
  description: 'Attributes of the relationship between person and object.',
});
export const timestamp = optionalTime.meta({ title: 'Time', description: 'When it happened; sent as Unix seconds.' });
export const createdAt = optionalTime.meta({
  title: 'Created at',
  description: 'When the person or object came to be; sent as Unix seconds.',
});

/** Fields of an action on one known person. */
export const personOnly = z.object({ person_id: knownPersonId });

/** Refuses a payload that says nothing of who it is about. */
export const needsPerson = (payload: {
  readonly id?: string | undefined;
  readonly email?: string | undefined;
  readonly anonymous_id?: string | undefined;
}): boolean => (payload.id ?? payload.email ?? payload.anonymous_id) !== undefined;
export const needsPersonError = { path: ['id'], error: 'is missing, and so is an anonymous ID' };
