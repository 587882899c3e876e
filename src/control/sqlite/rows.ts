// Rows of control.db as the model's plain data, and back (`from…` in column order). The casts stand at this boundary: the tables are STRICT and only this
// folder writes them.
import type { SQLInputValue } from 'node:sqlite';
import type { ApiToken, Destination, Source, SourceKey } from '../model.ts';

export type Row = Record<string, unknown>;

export const toSource = (row: Row): Source => ({
  id: row['id'] as string,
  name: row['name'] as string,
  kind: row['kind'] as Source['kind'],
  family: row['family'] as Source['family'],
  enabled: row['enabled'] === 1,
  strict: row['strict'] === 1,
  createdAt: row['created_at'] as number,
});

export const fromSource = (source: Source): SQLInputValue[] => [
  source.id,
  source.name,
  source.kind,
  source.family,
  Number(source.enabled),
  Number(source.strict),
  source.createdAt,
];

export const toSourceKey = (row: Row): SourceKey => ({
  id: row['id'] as string,
  sourceId: row['source_id'] as string,
  key: row['key'] as string,
  class: row['class'] as SourceKey['class'],
  region: row['region'] as SourceKey['region'],
  createdAt: row['created_at'] as number,
  revokedAt: row['revoked_at'] as number | null,
});

export const fromSourceKey = (key: SourceKey): SQLInputValue[] => [
  key.id,
  key.sourceId,
  key.key,
  key.class,
  key.region,
  key.createdAt,
  key.revokedAt,
];

export const toDestination = (row: Row): Destination => ({
  id: row['id'] as string,
  name: row['name'] as string,
  kind: row['kind'] as string,
  enabled: row['enabled'] === 1,
  settings: JSON.parse(row['settings'] as string) as Destination['settings'],
  sourceIds: row['source_ids'] === null ? null : (JSON.parse(row['source_ids'] as string) as readonly string[]),
  actions: JSON.parse(row['actions'] as string) as Destination['actions'],
  version: row['version'] as number,
  createdAt: row['created_at'] as number,
  startFrom: row['start_from'] as Destination['startFrom'],
});

export const fromDestination = (destination: Destination): SQLInputValue[] => [
  destination.id,
  destination.name,
  destination.kind,
  Number(destination.enabled),
  JSON.stringify(destination.settings),
  destination.sourceIds === null ? null : JSON.stringify(destination.sourceIds),
  JSON.stringify(destination.actions),
  destination.version,
  destination.createdAt,
  destination.startFrom,
];

export const toApiToken = (row: Row): ApiToken => ({
  id: row['id'] as string,
  name: row['name'] as string,
  role: row['role'] as ApiToken['role'],
  createdAt: row['created_at'] as number,
});
