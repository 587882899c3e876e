// Rows of ingest's reports in control.db as plain data. The casts stand at this boundary: the tables are STRICT and
// only this folder writes them.
import type { StatementSync } from 'node:sqlite';
import type { SourceActivity, StoredRejection, UnknownKey } from '../intake-store.ts';
import type { Row } from './rows.ts';

export const toStoredRejection = (row: Row): StoredRejection => ({
  id: row['id'] as number,
  sourceId: row['source_id'] === '' ? null : (row['source_id'] as string),
  at: row['at'] as number,
  reason: row['reason'] as string,
  message: row['message'] as string,
  field: row['field'] as string | null,
  route: row['route'] as string,
  size: row['size'] as number,
  sample: row['sample'] as string,
  client: row['client'] as string,
  ip: row['ip'] as string,
  keyPrefix: row['key_prefix'] as string | null,
  strict: row['strict'] === 1,
  messageId: row['message_id'] as string | null,
});

export const toUnknownKey = (row: Row): UnknownKey => ({
  keyPrefix: row['key_prefix'] as string,
  reason: row['reason'] as string,
  ip: row['ip'] as string,
  client: row['client'] as string,
  count: row['count'] as number,
  firstAt: row['first_at'] as number,
  lastAt: row['last_at'] as number,
  message: row['message'] as string,
});

export const toSourceActivity = (row: Row): SourceActivity => ({
  sourceId: row['source_id'] as string,
  lastAcceptedAt: row['last_accepted_at'] as number | null,
  lastLibrary: row['last_library'] as string | null,
  lastMessageId: row['last_message_id'] as string | null,
  lastRejectedAt: row['last_rejected_at'] as number | null,
  accepted: row['accepted'] as number,
  rejected: row['rejected'] as number,
  overRateAt: row['over_rate_at'] as number | null,
  peakRate: row['peak_rate'] as number,
});

const tablesOfSource = [
  'repeat',
  'rejection',
  'rejection_count',
  'rejection_minute',
  'rejection_usage',
  'source_activity',
] as const;

/** All that is on record of a source's calls goes with it. */
export function forgetIntake(sql: (text: string) => StatementSync, sourceId: string): void {
  for (const table of tablesOfSource) sql(`DELETE FROM ${table} WHERE source_id = ?`).run(sourceId);
}
