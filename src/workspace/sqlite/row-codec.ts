// Rows from the columns of SQLite, given as arrays in the order of the column lists here.
import type { SQLOutputValue } from 'node:sqlite';
import type { IdentifierKind } from '../identifiers.ts';
import { Attributes } from '../reducer/attributes.ts';
import type {
  ActivityRow,
  ContentRow,
  DeviceRow,
  IdentifierRow,
  LinkRow,
  MetricRow,
  ObjectRow,
  ObjectTypeRow,
  PersonRow,
  ProfileRow,
  RelationshipRow,
  TransitionRow,
} from '../workspace-rows.ts';
import { activityTypes, personStates } from './schema.ts';

/** A row as an array; a missing column is a fault of the statement. */
export type Columns = readonly SQLOutputValue[];

const text = (value: SQLOutputValue | undefined): string => String(value);
const textOrNull = (value: SQLOutputValue | undefined): string | null =>
  value === null || value === undefined ? null : String(value);
const number = (value: SQLOutputValue | undefined): number => Number(value);
const numberOrNull = (value: SQLOutputValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value);

export const identifierColumns = 'kind, value, owner, related, seen_day';
/** `at`: index of the first of the columns after kind and value. */
export function toIdentifier(kind: IdentifierKind, value: string, row: Columns, at: number): IdentifierRow {
  const owner = number(row[at]);
  return {
    kind,
    value,
    owner: owner > 0 ? owner : null,
    stream: owner < 0 ? -owner : null,
    related: row[at + 1] === 1,
    seenDay: number(row[at + 2]),
  };
}

export const personColumns =
  'number, state, parent, related, floor_at, id, email, phone, created_at, gone_at, gone_log';
/** `at`: index of the first of the columns. */
export function toPerson(row: Columns, at = 0): PersonRow {
  return {
    number: number(row[at]),
    state: personStates[number(row[at + 1])] ?? 'live',
    parent: numberOrNull(row[at + 2]),
    related: row[at + 3] === 1,
    floorAt: numberOrNull(row[at + 4]),
    id: textOrNull(row[at + 5]),
    email: textOrNull(row[at + 6]),
    phone: textOrNull(row[at + 7]),
    createdAt: number(row[at + 8]),
    goneAt: numberOrNull(row[at + 9]),
    goneLog: numberOrNull(row[at + 10]),
  };
}

export const profileColumns = 'person, attributes, removals, updated_at';
export const toProfile = (row: Columns): ProfileRow => ({
  person: number(row[0]),
  attributes: Attributes.decode(textOrNull(row[1]), textOrNull(row[2])),
  updatedAt: number(row[3]),
});

export const deviceColumns = 'token, person, owned_at, platform, app_identifier, last_used_at, attributes, removals';
export const toDevice = (row: Columns): DeviceRow => ({
  token: text(row[0]),
  person: number(row[1]),
  ownedAt: number(row[2]),
  platform: textOrNull(row[3]),
  appIdentifier: textOrNull(row[4]),
  lastUsedAt: number(row[5]),
  attributes: Attributes.decode(textOrNull(row[6]), textOrNull(row[7])),
});

export const objectColumns =
  'number, type_id, object_id, floor_at, created_at, updated_at, gone_at, gone_log, attributes, removals';
export const toObject = (row: Columns): ObjectRow => ({
  number: number(row[0]),
  typeId: text(row[1]),
  objectId: text(row[2]),
  floorAt: numberOrNull(row[3]),
  createdAt: number(row[4]),
  updatedAt: number(row[5]),
  goneAt: numberOrNull(row[6]),
  goneLog: numberOrNull(row[7]),
  attributes: Attributes.decode(textOrNull(row[8]), textOrNull(row[9])),
});

export const objectTypeColumns = 'type_id, objects';
export const toObjectType = (row: Columns): ObjectTypeRow => ({ typeId: text(row[0]), objects: number(row[1]) });

export const relationshipColumns = 'subject, object, log, attributes, removals';
export const toRelationship = (row: Columns): RelationshipRow => ({
  subject: number(row[0]),
  object: number(row[1]),
  log: number(row[2]),
  attributes: Attributes.decode(textOrNull(row[3]), textOrNull(row[4])),
});

export const linkColumns = 'child, parent, from_at, from_log, related, until';
export const toLink = (row: Columns): LinkRow => ({
  child: number(row[0]),
  parent: number(row[1]),
  fromAt: number(row[2]),
  fromLog: number(row[3]),
  related: row[4] === 1,
  until: number(row[5]),
});

export const transitionColumns = 'key, log';
export const toTransition = (row: Columns): TransitionRow => ({ key: text(row[0]), log: number(row[1]) });

/** Of `activity JOIN source`. */
export const activityColumns =
  'activity.subject, activity.at, activity.number, type, name, source.id, message_id, received_at, coalesce(log, received_at), properties';
export const toActivity = (row: Columns): ActivityRow => ({
  subject: number(row[0]),
  at: number(row[1]),
  number: number(row[2]),
  type: activityTypes[number(row[3])] ?? 'track',
  name: text(row[4]),
  sourceId: text(row[5]),
  messageId: text(row[6]),
  receivedAt: number(row[7]),
  log: number(row[8]),
  properties: text(row[9]),
});

export const metricColumns = 'number, delivery_id, metric, at, recipient, reason, href, action_name, action_value';
export const toMetric = (row: Columns): MetricRow => ({
  number: number(row[0]),
  deliveryId: text(row[1]),
  metric: text(row[2]),
  at: number(row[3]),
  recipient: textOrNull(row[4]),
  reason: textOrNull(row[5]),
  href: textOrNull(row[6]),
  actionName: textOrNull(row[7]),
  actionValue: textOrNull(row[8]),
});

export const contentColumns =
  'number, content_id, template_id, content_type, action_type, action_name, action_value, at, subject';
export const toContent = (row: Columns): ContentRow => ({
  number: number(row[0]),
  contentId: text(row[1]),
  templateId: text(row[2]),
  contentType: textOrNull(row[3]),
  actionType: text(row[4]),
  actionName: textOrNull(row[5]),
  actionValue: textOrNull(row[6]),
  at: number(row[7]),
  subject: number(row[8]),
});
