// Everything the writer knows about its log, and how it comes to know it again at a start.
//
// Recovery. The file system says which segments exist, the catalog which of them are closed or removed:
//   removed in the catalog, file still there   the unlinking was cut short: it is finished
//   closed in the catalog, index whole         it joins the window
//   everything else                            its keys are read again; the newest is the open one, the others are
//                                              sealed again in the background (sealing twice changes nothing)
//   closed in the catalog, file missing        lost: readers are told of the gap, status() warns
// SQLite itself takes care of a torn transaction at the end of the open segment.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { FaultError } from '../../errors/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import { syncFolder } from '../../lib/sync-folder.ts';
import { openSqlite } from '../../lib/sqlite.ts';
import type { DedupWindow } from './dedup-window.ts';
import type { HashSeed } from './key-hash.ts';
import type { LogBoard } from './log-cells.ts';
import { LogCatalog } from './log-catalog.ts';
import type { ClosedSegment } from './log-catalog.ts';
import { OpenSegment } from './open-segment.ts';
import { draftEnding, filesOf, firstOf, indexPath, segmentPath } from './segment-file.ts';
import { SegmentIndex } from './segment-index.ts';
import { SegmentView } from './segment-view.ts';

export interface LogState {
  readonly folder: string;
  readonly seed: HashSeed;
  readonly clock: Clock;
  readonly catalog: LogCatalog;
  readonly lock: DatabaseSync;
  /** The segment that takes new events. */
  open: OpenSegment;
  /** Full segments waiting for their seal, oldest first. */
  closing: readonly OpenSegment[];
  /** Sealed segments that exist, oldest first, each with its index. */
  sealed: readonly ClosedSegment[];
  readonly window: DedupWindow;
  readonly board: LogBoard;
}

/** What a start finds. */
export interface RecoveredLog {
  readonly seed: HashSeed;
  readonly catalog: LogCatalog;
  readonly lock: DatabaseSync;
  readonly open: OpenSegment;
  readonly closing: readonly OpenSegment[];
  readonly sealed: readonly { readonly segment: ClosedSegment; readonly index: SegmentIndex }[];
  /** Whether a closed segment's file is missing. */
  readonly lost: boolean;
}

export function recoverLog(folder: string, now: number): RecoveredLog {
  mkdirSync(folder, { recursive: true });
  const lock = lockFolder(folder);
  try {
    return { ...recover(folder, now), lock };
  } catch (error) {
    lock.close();
    throw error;
  }
}

function recover(folder: string, now: number): Omit<RecoveredLog, 'lock'> {
  const names = readdirSync(folder);
  for (const name of names) if (name.includes(draftEnding)) rmSync(join(folder, name));
  let firsts = names
    .map(firstOf)
    .filter((first) => first !== null)
    .sort((a, b) => a - b);

  const catalog = LogCatalog.open(folder);
  const seed = catalog.seed(() => seedIn(folder, firsts));
  const known = new Map(catalog.segments().map((segment) => [segment.first, segment]));
  let lost = false;
  for (const segment of known.values()) {
    if (segment.removed !== null) removeFiles(folder, segment.first);
    else if (!firsts.includes(segment.first)) {
      catalog.markRemoved(segment.first, now);
      lost = true;
    }
  }
  firsts = firsts.filter((first) => (known.get(first)?.removed ?? null) === null);

  const sealed: { readonly segment: ClosedSegment; readonly index: SegmentIndex }[] = [];
  const unsealed: OpenSegment[] = [];
  for (const first of firsts) {
    const segment = known.get(first);
    const index = segment && SegmentIndex.open(indexPath(folder, first), seed, first);
    if (segment && index) sealed.push({ segment, index });
    else unsealed.push(OpenSegment.load(folder, first, seed, now));
  }
  // The newest segment stays open, unless the catalog already counts it among the closed.
  const newest = firsts.at(-1);
  const end = Math.max(1, ...[...known.values()].map((segment) => segment.next), ...unsealed.map((one) => one.end));
  const last = unsealed.at(-1);
  const resumed = last && last.first === newest && !known.has(last.first) ? unsealed.pop() : undefined;
  const open = resumed ?? OpenSegment.create(folder, end, seed, now);
  catalog.beginLife(open.end);
  return { seed, catalog, open, closing: unsealed, sealed, lost };
}

/** Unlinks a segment. A file that is still open elsewhere (Windows) is left for the next start. */
export function removeFiles(folder: string, first: number): void {
  for (const path of filesOf(folder, first)) {
    try {
      rmSync(path, { force: true });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code !== 'EBUSY' && code !== 'EPERM' && code !== 'EACCES') throw error;
    }
  }
  syncFolder(folder);
}

/** Two writers would give the same offsets twice. The lock ends with the process, however that ends. */
function lockFolder(folder: string): DatabaseSync {
  const lock = openSqlite(join(folder, 'lock.db'));
  try {
    // A process that is just ending gets a moment.
    lock.exec('PRAGMA busy_timeout = 1000');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw new FaultError('log_unavailable', `Another process writes the log in ${folder}. Stop it first.`, {
      cause: error,
    });
  }
}

function seedIn(folder: string, firsts: readonly number[]): HashSeed | null {
  for (const first of firsts) {
    const view = SegmentView.open(segmentPath(folder, first));
    try {
      const seed = view.meta('seed');
      if (seed) return seed;
    } finally {
      view.close();
    }
  }
  return null;
}
