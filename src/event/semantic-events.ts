// The track calls that mean more than an event (Pipelines API facts, section 6): their names, the older names they also
// go by, the values they may carry, and where they keep what they need. Data and look-ups only; call-rules.ts checks.
import { isObject } from '../lib/json.ts';
import type { Json, JsonObject } from '../lib/json.ts';

export const semanticEvents = [
  'Device Created or Updated',
  'Device Deleted',
  'User Deleted',
  'User Suppressed',
  'User Unsuppressed',
  'Relationship Deleted',
  'Object Deleted',
  'Report Delivery Event',
  'Report Content Event',
  'Geofence Transition',
] as const;
export type SemanticEvent = (typeof semanticEvents)[number];

/** Older names and what they are accepted as. The stored event keeps the name that was sent. */
export const semanticAliases: ReadonlyMap<string, SemanticEvent> = new Map([
  ['Delete Person', 'User Deleted'],
  ['Group Deleted', 'Object Deleted'],
]);

/** Take effect without landing as custom events too. */
export const effectOnlyEvents: ReadonlySet<SemanticEvent> = new Set<SemanticEvent>([
  'User Deleted',
  'User Suppressed',
  'User Unsuppressed',
  'Relationship Deleted',
  'Object Deleted',
  'Report Delivery Event',
  'Report Content Event',
]);

/** Values of `properties.metric` of Report Delivery Event. */
export const deliveryMetrics = [
  'bounced',
  'clicked',
  'converted',
  'deferred',
  'delivered',
  'dropped',
  'opened',
  'spammed',
] as const;
/** Values of `properties.actionType` (also sent as `activityType`) of Report Content Event. */
export const contentActions = ['viewed_content', 'clicked_content'] as const;
/** Values of `properties.transition` of Geofence Transition. */
export const geofenceTransitions = ['enter', 'exit'] as const;
/** Values of `context.device.type` of Device Created or Updated. */
export const deviceTypes = ['ios', 'android', 'web'] as const;

const byName = new Map<string, SemanticEvent>([
  ...semanticEvents.map((name) => [name, name] as const),
  ...semanticAliases,
]);

/** Which semantic event a track call of this name is; null for a custom event. */
export const semanticEvent = (name: string): SemanticEvent | null => byName.get(name) ?? null;

/** The parts of a call in which semantic events keep what they need. */
export interface SemanticCall {
  readonly groupId?: string | undefined;
  readonly properties?: JsonObject | undefined;
  readonly context: JsonObject;
}

/** Device token: `context.device.token`, else `properties.device.token`, else `properties.token`. */
export function deviceToken({ context, properties }: SemanticCall): string | null {
  return (
    text(member(context['device'], 'token')) ??
    text(member(properties?.['device'], 'token')) ??
    text(properties?.['token'])
  );
}

/** Device type, looked for beside the token. */
export function deviceType({ context, properties }: SemanticCall): Json | undefined {
  return member(context['device'], 'type') ?? member(properties?.['device'], 'type');
}

/** Object id of a delete: `properties.objectId`, else `groupId`, else `context.groupId`. Numbers become text. */
export function deletedObjectId({ context, properties, groupId }: SemanticCall): string | null {
  return text(properties?.['objectId']) ?? groupId ?? text(context['groupId']);
}

/** Object type of a delete: `properties.objectTypeId`, else `"1"`. */
export function deletedObjectTypeId({ properties }: SemanticCall): string {
  return text(properties?.['objectTypeId']) ?? defaultObjectTypeId;
}

/** Object type of a group call: `traits.object_type_id`, else `traits.objectTypeId`, else `"1"`. */
export function groupObjectTypeId(traits: JsonObject | undefined): string {
  return text(traits?.['object_type_id']) ?? text(traits?.['objectTypeId']) ?? defaultObjectTypeId;
}

const defaultObjectTypeId = '1';

const member = (value: Json | undefined, key: string): Json | undefined => (isObject(value) ? value[key] : undefined);

/** A non-empty string or a number as text, else null. */
function text(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}
