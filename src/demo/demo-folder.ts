// The demo's folder: a new temporary one, or one that the user names, which must be empty or a demo's already. The
// server's data folder is one inside it, beside what the demo's file destination writes.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError } from '../errors/errors.ts';

/** What the folder holds, so that a later run goes on where this one ended. */
export interface DemoRecord {
  readonly seed: number;
  readonly days: number;
  /** The end of the backfilled days, ms since 1970. */
  readonly until: number;
  /** Whether all of them have been sent; otherwise they are sent again, and duplicates go nowhere. */
  readonly complete: boolean;
}

export interface DemoFolder {
  readonly path: string;
  /** Data folder of the server. */
  readonly data: string;
  /** Where the file destination writes; a destination may not write into the data folder. */
  readonly archive: string;
  /** Null in a folder that no demo has been configured in. */
  readonly record: DemoRecord | null;
  write(record: DemoRecord): void;
  remove(): void;
}

const recordName = 'demo.json';

/** @throws InputError `bad_setting` for a folder with something else in it: a demo's traffic belongs to no real data. */
export function openDemoFolder(given: string | undefined): DemoFolder {
  const folder = given === undefined ? mkdtempSync(path.join(tmpdir(), 'leat-demo-')) : path.resolve(given);
  const archive = path.join(folder, 'archive');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, recordName);
  const record = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as DemoRecord) : null;
  if (record === null && readdirSync(folder).length > 0)
    throw new InputError(
      'bad_setting',
      `${folder} holds something that is no finished demo. Give --data-dir an empty or a new folder.`,
    );
  mkdirSync(archive, { recursive: true });
  return {
    path: folder,
    data: path.join(folder, 'data'),
    archive,
    record,
    write: (next) => writeFileSync(file, `${JSON.stringify(next)}\n`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
