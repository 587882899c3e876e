// What each call needs to be taken (Pipelines API facts, sections 1.6, 1.7 and 6). Names the path that is missing, and
// for enumerations the values allowed. Limits of the workspace are not checked here: other destinations have others.
import type { Json, JsonObject } from '../lib/json.ts';
import type { CanonicalEvent } from './canonical-event.ts';
import type { Findings } from './findings.ts';
import {
  contentActions,
  deletedObjectId,
  deliveryMetrics,
  deviceToken,
  deviceType,
  deviceTypes,
  geofenceTransitions,
  semanticEvent,
} from './semantic-events.ts';
import type { SemanticEvent } from './semantic-events.ts';

/** Adds a fault for everything that the call needs and lacks. */
export function checkCall(event: CanonicalEvent, findings: Findings): void {
  switch (event.type) {
    case 'identify':
      if (!hasPerson(event) && !hasEmail(event))
        findings.fault('missing_field', 'userId', 'An identify call needs userId, anonymousId or traits.email.');
      return;
    case 'track':
      return checkTrack(event, findings);
    case 'page':
    case 'screen':
      if (!hasPerson(event))
        findings.fault('missing_field', 'userId', `A ${event.type} call needs userId or anonymousId.`);
      return;
    case 'group':
      if (event.groupId === undefined) findings.fault('missing_field', 'groupId', 'A group call needs groupId.');
      return checkObjectType(event.traits, 'traits', findings);
    case 'alias':
      if (event.userId === undefined)
        findings.fault('missing_field', 'userId', 'An alias call needs userId, the person that remains.');
      if (event.previousId === undefined)
        findings.fault('missing_field', 'previousId', 'An alias call needs previousId, the identifier that is merged.');
  }
}

const hasPerson = (event: CanonicalEvent): boolean => event.userId !== undefined || event.anonymousId !== undefined;

function hasEmail(event: CanonicalEvent): boolean {
  const email = event.traits?.['email'];
  return typeof email === 'string' && email !== '';
}

function checkTrack(event: CanonicalEvent, findings: Findings): void {
  if (event.event === undefined) {
    findings.fault('missing_field', 'event', 'A track call needs event, the name of what happened.');
    if (!hasPerson(event) && event.groupId === undefined) personMissing(findings);
    return;
  }
  const semantic = semanticEvent(event.event);
  if (semantic !== null) semanticRules[semantic](event, findings);
  else if (!hasPerson(event) && event.groupId === undefined) personMissing(findings);
}

const personMissing = (findings: Findings): void =>
  findings.fault('missing_field', 'userId', 'A track call needs userId, anonymousId or groupId.');

type Rule = (event: CanonicalEvent, findings: Findings) => void;

const semanticRules: Readonly<Record<SemanticEvent, Rule>> = {
  'Device Created or Updated': (event, findings) => {
    needUser(event, findings);
    needToken(event, findings);
    oneOf(deviceType(event), deviceTypes, 'context.device.type', findings);
  },
  'Device Deleted': (event, findings) => {
    needUser(event, findings);
    needToken(event, findings);
  },
  'User Deleted': needUserOrEmail,
  'User Suppressed': needUserOrEmail,
  'User Unsuppressed': needUserOrEmail,
  'Relationship Deleted': (event, findings) => {
    needUser(event, findings);
    needObject(event, findings);
  },
  // The documented anonymousId of this one is never used, so it is not asked for.
  'Object Deleted': needObject,
  'Report Delivery Event': (event, findings) => {
    needProperty(event, 'deliveryId', findings);
    if (needProperty(event, 'metric', findings))
      oneOf(event.properties?.['metric'], deliveryMetrics, 'properties.metric', findings);
  },
  'Report Content Event': (event, findings) => {
    if (!hasPerson(event))
      findings.fault('missing_field', 'anonymousId', 'Report Content Event needs anonymousId or userId.');
    const field = isAbsent(event.properties?.['actionType']) ? 'activityType' : 'actionType';
    if (isAbsent(event.properties?.[field]))
      findings.fault(
        'missing_field',
        'properties.actionType',
        `Report Content Event needs properties.actionType: ${list(contentActions)}.`,
      );
    else oneOf(event.properties?.[field], contentActions, `properties.${field}`, findings);
    // Documented as optional, but without them there is no content to report on.
    if (isAbsent(event.properties?.['contentId']) || isAbsent(event.properties?.['templateId']))
      findings.note(
        'no_effect',
        'properties.contentId',
        'Report Content Event has no effect without properties.contentId and properties.templateId.',
      );
  },
  'Geofence Transition': (event, findings) => {
    needUser(event, findings);
    needProperty(event, 'geofenceId', findings);
    if (needProperty(event, 'transition', findings))
      oneOf(event.properties?.['transition'], geofenceTransitions, 'properties.transition', findings);
  },
};

function needUser(event: CanonicalEvent, findings: Findings): void {
  if (event.userId === undefined) findings.fault('missing_field', 'userId', `${event.event} needs userId.`);
}

function needUserOrEmail(event: CanonicalEvent, findings: Findings): void {
  if (event.userId === undefined && !hasEmail(event))
    findings.fault('missing_field', 'userId', `${event.event} needs userId, an id or an email address.`);
}

function needToken(event: CanonicalEvent, findings: Findings): void {
  if (deviceToken(event) === null)
    findings.fault(
      'missing_field',
      'context.device.token',
      `${event.event} needs the device token in context.device.token.`,
    );
}

function needObject(event: CanonicalEvent, findings: Findings): void {
  if (deletedObjectId(event) === null)
    findings.fault('missing_field', 'properties.objectId', `${event.event} needs properties.objectId.`);
  checkObjectType(event.properties, 'properties', findings);
}

function needProperty(event: CanonicalEvent, name: string, findings: Findings): boolean {
  const found = !isAbsent(event.properties?.[name]);
  if (!found) findings.fault('missing_field', `properties.${name}`, `${event.event} needs properties.${name}.`);
  return found;
}

function checkObjectType(holder: JsonObject | undefined, path: string, findings: Findings): void {
  for (const name of ['objectTypeId', 'object_type_id']) {
    const value = holder?.[name];
    if (value === undefined || value === null || typeof value === 'string' || typeof value === 'number') continue;
    findings.fault('wrong_type', `${path}.${name}`, `${path}.${name} is a string or an integer, such as "1".`);
  }
}

function oneOf(value: Json | undefined, allowed: readonly string[], field: string, findings: Findings): void {
  if (isAbsent(value) || (typeof value === 'string' && allowed.includes(value))) return;
  findings.fault('invalid_value', field, `${field} is one of ${list(allowed)}.`);
}

const list = (values: readonly string[]): string => values.join(', ');

/** Null and empty text count as absent, as everywhere in the API; so does an object where a plain value belongs. */
const isAbsent = (value: Json | undefined): boolean => value === undefined || value === '' || typeof value === 'object';
