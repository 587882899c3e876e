// Which log a store belongs to, and up to which of the log's lives. So a log that was replaced is recognised however far
// it has grown.
//
// Every log has a seed of its own; a number made of it is kept in the header of each store that has a cursor in the log.
// That tells another log. An older copy of the same log has the same seed: it is told by its lives (log-catalog.ts).
// Each start binds the stores to the log's present life. A store that was last bound to a life which this log never had
// has read events of another copy; and one that was bound to an earlier life cannot have come further than that life
// did: when it has, the log was taken back to before and has gone on since without it.
//
// A catalog that was made anew does not know the lives before; of those nothing can be told.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { FaultError } from '../errors/errors.ts';
import { openSqlite, readFileNote, readFileTag, writeFileNote, writeFileTag } from '../lib/sqlite.ts';
import { LogCatalog } from '../log/sqlite/log-catalog.ts';
import type { LogLife } from '../log/sqlite/log-catalog.ts';

export interface BoundStore {
  readonly file: string;
  /** Where its readers of the log stand. */
  readonly cursors: readonly { readonly offset: number }[];
}

/** What a log says of itself. */
interface LogMarks {
  /** Made of its seed, never 0. */
  readonly tag: number;
  readonly lives: readonly LogLife[];
}

/** Under which a store keeps the mark of the life it is bound to. */
const lifeNote = 'log_life';

const remedy =
  'Restore the whole data folder from one backup; or, to go on with this log, move workspace.db and delivery.db (and their -wal and -shm files) away, and they are made anew.';

/**
 * Binds the stores to this log as it is now; ones without a mark too: new ones, and those of earlier versions. None is
 * marked when one is refused.
 * @throws FaultError `store_unavailable` naming a store that belongs to another log or copy of it, and the remedy.
 */
export function bindStores(logFolder: string, stores: readonly BoundStore[]): void {
  const marks = readLogMarks(logFolder);
  if (marks === null) return;
  const opened = stores.map((store) => ({ ...store, db: openSqlite(store.file, { synchronous: 'NORMAL' }) }));
  try {
    for (const { file, db, cursors } of opened) {
      const reached = Math.max(0, ...cursors.map(({ offset }) => offset));
      const problem = problemOf(marks, readFileTag(db), readFileNote(db, lifeNote), reached);
      if (problem !== null)
        throw new FaultError(
          'store_unavailable',
          `${path.basename(file)} belongs to another ${problem} in ${logFolder}: the log was replaced. ${remedy}`,
        );
    }
    const present = marks.lives.at(-1);
    for (const { db } of opened) {
      if (readFileTag(db) === 0) writeFileTag(db, marks.tag);
      if (present) writeFileNote(db, lifeNote, present.mark);
    }
  } finally {
    for (const { db } of opened) db.close();
  }
}

/** What the log is another of than the store's, or null. */
function problemOf({ tag, lives }: LogMarks, storeTag: number, bound: string | null, reached: number): string | null {
  if (storeTag !== 0 && storeTag !== tag) return 'event log than the one';
  if (bound === null) return null;
  const copy = 'copy of the event log than the one';
  const index = lives.findIndex(({ mark }) => mark === bound);
  const complete = lives[0]?.begins === 1;
  if (index < 0) return complete ? copy : null;
  const next = lives[index + 1];
  return next && reached > next.begins ? copy : null;
}

/** Null while the log has never been written. */
function readLogMarks(folder: string): LogMarks | null {
  const catalog = LogCatalog.openReader(folder);
  try {
    const seed = catalog?.readSeed() ?? null;
    if (catalog === null || seed === null) return null;
    const tag = createHash('sha256').update(seed).digest().readUInt32BE() & 0x7f_ff_ff_ff || 1;
    return { tag, lives: catalog.lives() };
  } finally {
    catalog?.close();
  }
}
