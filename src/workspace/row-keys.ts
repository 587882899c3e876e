// Keys of rows as text, for maps in memory. NUL cannot stand in an identifier (see `storable`), so it separates parts.
import type { ObjectRef } from './identifiers.ts';

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
