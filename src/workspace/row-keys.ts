// Keys of rows as text, for maps in memory. NUL cannot stand in an identifier (see `storable`), so it separates parts.
import { identifierKinds } from './identifiers.ts';
import type { Identifier, IdentifierKind, ObjectRef } from './identifiers.ts';

const kindDigits: Readonly<Record<IdentifierKind, string>> = { id: '0', email: '1', phone: '2', anonymous_id: '3' };

export const identifierKey = (kind: IdentifierKind, value: string): string => kindDigits[kind] + value;

export const parseIdentifierKey = (key: string): Identifier => ({
  kind: identifierKinds[key.charCodeAt(0) - 48] ?? 'id',
  value: key.slice(1),
});

export const objectKey = ({ typeId, objectId }: ObjectRef): string => `${typeId}\0${objectId}`;

export function parseObjectKey(key: string): ObjectRef {
  const end = key.indexOf('\0');
  return { typeId: key.slice(0, end), objectId: key.slice(end + 1) };
}

export const relationshipKey = (subject: number, object: number): string => `${subject}:${object}`;

export function parseRelationshipKey(key: string): { readonly subject: number; readonly object: number } {
  const end = key.indexOf(':');
  return { subject: Number(key.slice(0, end)), object: Number(key.slice(end + 1)) };
}

/** By what a repeated report of a geofence transition is recognised. */
export const transitionKey = (geosetId: string | null, transitionId: string): string =>
  JSON.stringify([geosetId, transitionId]);
