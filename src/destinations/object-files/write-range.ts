// Writes a range of the log as files that count exactly once.
//
// Layout under the destination's folder or prefix, in UTC dates of receipt:
//   date=2026-03-01/<range>.ndjson.gz   (or .parquet)   the range's events of that day, in log order
//   _tests/date=2026-03-01/<range>.ndjson.gz            an event that a user sent as a test
//   _manifests/<range>.json                             written last: which files make up the range, and their digests
// A range's name is the same whenever it is offered again, so files of a try that was cut short are replaced by those of
// the next, and once the manifest is there nothing of the range is written any more. Whoever reads a file whose range
// has a manifest reads each event once. Not promised: a try that was cut short and repeated under another format leaves
// a file without a manifest behind.
import { createHash } from 'node:crypto';
import type { RangeIdentity, SendItem } from '../destination.ts';
import { delivered } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { encodeFile } from './encode-file.ts';
import type { FileFormat } from './encode-file.ts';
import type { ObjectStore } from './object-store.ts';

export interface FilePayload {
  readonly data: unknown;
}

export interface RangeManifest {
  readonly version: 1;
  readonly range: string;
  readonly partition: number;
  readonly first: number;
  readonly last: number;
  readonly events: number;
  readonly files: readonly {
    readonly path: string;
    readonly events: number;
    readonly bytes: number;
    readonly sha256: string;
  }[];
}

export async function writeRange(
  items: readonly SendItem<FilePayload>[],
  range: RangeIdentity | undefined,
  format: FileFormat,
  store: ObjectStore,
): Promise<readonly Outcome[]> {
  if (!range) throw new TypeError('Files are written in ranges only.');
  const outcomes = items.map(() => delivered);
  // What is no part of the data is kept apart from it: no manifest, and no folder that a reader of dates would open.
  const isTest = range.beside === 'test';
  const folder = isTest ? '_tests/' : '';
  const manifestPath = `_manifests/${range.id}.json`;
  if (await store.has(manifestPath)) return outcomes;
  const files: RangeManifest['files'][number][] = [];
  for (const [date, ofDay] of byDate(items)) {
    const { content, extension, contentType } = await encodeFile(ofDay, format);
    const path = `${folder}date=${date}/${range.id}.${extension}`;
    await store.put(path, content, contentType);
    const sha256 = createHash('sha256').update(content).digest('hex');
    files.push({ path, events: ofDay.length, bytes: content.length, sha256 });
  }
  if (isTest) return outcomes;
  const { id, partition, first, last } = range;
  const manifest: RangeManifest = { version: 1, range: id, partition, first, last, events: items.length, files };
  await store.put(manifestPath, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), 'application/json');
  return outcomes;
}

function byDate(items: readonly SendItem<FilePayload>[]): ReadonlyMap<string, readonly unknown[]> {
  const days = new Map<string, unknown[]>();
  for (const { payload, event } of items) {
    const date = event.receivedAt.slice(0, 10);
    const day = days.get(date);
    if (day) day.push(payload.data);
    else days.set(date, [payload.data]);
  }
  return days;
}
