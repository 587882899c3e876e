// Which identifier a person or object goes by (Pipelines API facts, section 4.2).
import type { JsonObject } from '../../lib/json.ts';

/** Enough to tell an address from an id; whether it is a good one is for Customer.io to say. */
const emailPattern = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/;

export interface PersonIds {
  /** An id, an email address, or `cio_` and an id that Customer.io gave. */
  readonly id?: string | undefined;
  readonly email?: string | undefined;
  readonly anonymousId?: string | undefined;
}

/** The one identifier that is sent for a person; undefined when there is none. */
export function personIdentifiers({ id, email, anonymousId }: PersonIds): JsonObject | undefined {
  if (id !== undefined) return knownPerson(id);
  if (email !== undefined) return { email };
  return anonymousId === undefined ? undefined : { anonymous_id: anonymousId };
}

export function knownPerson(id: string): JsonObject {
  if (id.startsWith('cio_')) return { cio_id: id.slice('cio_'.length) };
  return emailPattern.test(id) ? { email: id } : { id };
}

/** One element of `cio_relationships`. */
export const relationship = (identifiers: JsonObject, attributes: JsonObject): JsonObject => ({
  identifiers,
  ...(Object.keys(attributes).length > 0 && { relationship_attributes: attributes }),
});

export const objectIdentifiers = (objectId: string, objectTypeId = '1'): JsonObject => ({
  object_type_id: objectTypeId,
  object_id: objectId,
});
