// Reads all rows of a kind in key order.
import type { DatabaseSync } from 'node:sqlite';
import { identifierKinds } from '../identifiers.ts';
import type { ScannedRows } from '../workspace-store.ts';
import { fromChunk } from './effect-chunks.ts';
import {
  activityColumns,
  contentColumns,
  deviceColumns,
  identifierColumns,
  linkColumns,
  metricColumns,
  objectColumns,
  objectTypeColumns,
  personColumns,
  profileColumns,
  relationshipColumns,
  toActivity,
  toContent,
  toDevice,
  toIdentifier,
  toLink,
  toMetric,
  toObject,
  toObjectType,
  toPerson,
  toProfile,
  toRelationship,
  toTransition,
  transitionColumns,
} from './row-codec.ts';
import type { Columns } from './row-codec.ts';

interface Scan<Row> {
  readonly sql: string;
  /** One stored row may hold several. */
  readonly read: (row: Columns) => readonly Row[];
}

const scan = <Row>(columns: string, from: string, order: string, read: (row: Columns) => Row): Scan<Row> => ({
  sql: `SELECT ${columns} FROM ${from} ORDER BY ${order}`,
  read: (row) => [read(row)],
});

const scans: { readonly [Kind in keyof ScannedRows]: Scan<ScannedRows[Kind]> } = {
  identifiers: scan(identifierColumns, 'identifier', 'kind, value', (row) =>
    toIdentifier(identifierKinds[Number(row[0])] ?? 'id', String(row[1]), row, 2),
  ),
  people: scan(personColumns, 'person', 'number', (row) => toPerson(row)),
  profiles: scan(profileColumns, 'profile', 'person', toProfile),
  devices: scan(deviceColumns, 'device', 'token', toDevice),
  objects: scan(objectColumns, 'object', 'type_id, object_id', toObject),
  objectTypes: scan(objectTypeColumns, 'object_type', 'type_id', toObjectType),
  relationships: scan(relationshipColumns, 'relationship', 'subject, object', toRelationship),
  links: scan(linkColumns, 'link', 'child', toLink),
  transitions: scan(transitionColumns, 'transition', 'key', toTransition),
  activities: scan(activityColumns, 'activity JOIN source ON source.number = source', 'activity.number', toActivity),
  metrics: scan(metricColumns, 'metric', 'number', toMetric),
  contents: scan(contentColumns, 'content', 'number', toContent),
  effects: {
    sql: 'SELECT partition, effects FROM effect ORDER BY partition, first',
    read: (row) => fromChunk(Number(row[0]), String(row[1])),
  },
  ledger: scan('minute, source_id, outcome, events', 'ledger', 'minute, source_id, outcome', (row) => ({
    minute: Number(row[0]),
    sourceId: String(row[1]),
    outcome: String(row[2]),
    events: Number(row[3]),
  })),
};

export async function* scanRows<Kind extends keyof ScannedRows>(
  db: DatabaseSync,
  kind: Kind,
): AsyncGenerator<ScannedRows[Kind]> {
  const statement = db.prepare(scans[kind].sql);
  statement.setReturnArrays(true);
  for (const row of statement.iterate()) yield* scans[kind].read(row as unknown as Columns);
}
