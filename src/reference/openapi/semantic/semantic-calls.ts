// All semantic events, in the order in which pages and Postman list them. The type holds them to the names of src/event.
import type { SemanticEvent } from '../../../event/semantic-events.ts';
import { deviceCreatedOrUpdated, deviceDeleted } from './device-events.ts';
import { objectDeleted, relationshipDeleted } from './object-events.ts';
import { userDeleted, userSuppressed, userUnsuppressed } from './people-events.ts';
import { geofenceTransition, reportContentEvent, reportDeliveryEvent } from './report-events.ts';
import type { SemanticCall } from './semantic-call.ts';

const byName: Readonly<Record<SemanticEvent, SemanticCall>> = {
  'Device Created or Updated': deviceCreatedOrUpdated,
  'Device Deleted': deviceDeleted,
  'User Deleted': userDeleted,
  'User Suppressed': userSuppressed,
  'User Unsuppressed': userUnsuppressed,
  'Relationship Deleted': relationshipDeleted,
  'Object Deleted': objectDeleted,
  'Report Delivery Event': reportDeliveryEvent,
  'Report Content Event': reportContentEvent,
  'Geofence Transition': geofenceTransition,
};

export const semanticCalls: readonly SemanticCall[] = Object.values(byName);

/** Name of the event's schema in the document. */
export const schemaNameOf = ({ name }: SemanticCall): string =>
  name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase()).replaceAll(' ', '');
