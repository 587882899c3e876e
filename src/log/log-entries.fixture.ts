// What the log's tests share: temporary folders and entries to store.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { EventLog, LogCount, LogEntry, LogRecord } from './event-log.ts';

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leat-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** 2026-01-01T00:00:00Z. */
export const newYear = Date.UTC(2026, 0, 1);

/** The n-th entry of a source, each a second after the one before. */
export function entry(n: number, changes: Partial<LogEntry> = {}): LogEntry {
  const messageId = changes.messageId ?? `message-${n}`;
  return {
    sourceId: 'source-a',
    messageId,
    receivedAt: newYear + n * 1000,
    personKey: `person-${n % 10}`,
    body: JSON.stringify({ type: 'track', event: `Event ${n}`, messageId }),
    ...changes,
  };
}

/** Entries `from` … `to - 1`. */
export function entries(from: number, to: number, changes: Partial<LogEntry> = {}): LogEntry[] {
  return Array.from({ length: to - from }, (_, i) => entry(from + i, changes));
}

/** Everything that a partition still holds. */
export async function readAll(log: Pick<EventLog, 'range' | 'read'>, partition = 0): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  const { start, end } = await log.range(partition);
  for (let at = start; at < end;) {
    const slice = await log.read(partition, at, 1000, 1_000_000);
    records.push(...slice.records);
    if (slice.next === at) throw new Error(`The read at ${at} brings nothing.`);
    at = slice.next;
  }
  return records;
}

/** Everything that the log still holds. */
export async function readEverything(log: Pick<EventLog, 'partitions' | 'range' | 'read'>): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  for (const partition of await log.partitions()) all.push(...(await readAll(log, partition)));
  return all;
}

/** Records hold exactly these entries, in this order within each partition. */
export function expectStored(records: readonly LogRecord[], stored: readonly LogEntry[], withSource = true): void {
  const fields = ({ sourceId, messageId, receivedAt, body }: LogEntry | LogRecord): unknown[] => [
    withSource ? sourceId : '',
    messageId,
    receivedAt,
    body,
  ];
  expect(records.map(fields)).toEqual(stored.map(fields));
  expect(new Set(records.map(({ partition, offset }) => `${partition}:${offset}`)).size).toBe(records.length);
}

/** What an engine counts of these records, per source and minute. */
export function countsOf(records: readonly LogRecord[]): readonly LogCount[] {
  const counts = new Map<string, LogCount>();
  for (const { sourceId, receivedAt } of records) {
    const minute = Math.floor(receivedAt / 60_000);
    const key = `${minute} ${sourceId}`;
    const accepted = (counts.get(key)?.accepted ?? 0) + 1;
    counts.set(key, { sourceId, minute, accepted, duplicates: 0 });
  }
  return [...counts.values()].sort((a, b) => a.minute - b.minute || a.sourceId.localeCompare(b.sourceId));
}
