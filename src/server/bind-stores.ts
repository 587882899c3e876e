// Which log a store belongs to. Every log has a seed of its own; a number made of it is kept in the header of each store
// that has a cursor in the log. So a log that was replaced by another is recognised however far that one has grown.
//
// It does not recognise an older copy of the same log that has grown past the cursors since.
import { createHash } from 'node:crypto';
import path from 'node:path';
import { FaultError } from '../errors/errors.ts';
import { openSqlite, readFileTag, writeFileTag } from '../lib/sqlite.ts';
import { LogCatalog } from '../log/sqlite/log-catalog.ts';

/**
 * Marks the stores that have no mark yet as this log's: new ones, and those of earlier versions. None is marked when one
 * is refused.
 * @throws FaultError `store_unavailable` naming a store that belongs to another log, and the remedy.
 */
export function bindStores(logFolder: string, stores: readonly string[]): void {
  const tag = readLogTag(logFolder);
  if (tag === null) return;
  const opened = stores.map((file) => ({ file, db: openSqlite(file, { synchronous: 'NORMAL' }) }));
  try {
    const found = opened.map((store) => ({ ...store, tag: readFileTag(store.db) }));
    const foreign = found.find((store) => store.tag !== 0 && store.tag !== tag);
    if (foreign)
      throw new FaultError(
        'store_unavailable',
        `${path.basename(foreign.file)} belongs to another event log than the one in ${logFolder}: the log was replaced. Restore the whole data folder from one backup; or, to go on with this log, move workspace.db and delivery.db (and their -wal and -shm files) away, and they are made anew.`,
      );
    for (const store of found) if (store.tag === 0) writeFileTag(store.db, tag);
  } finally {
    for (const { db } of opened) db.close();
  }
}

/** The log's number, never 0; null while it has never been written. */
function readLogTag(folder: string): number | null {
  const catalog = LogCatalog.openReader(folder);
  try {
    const seed = catalog?.readSeed() ?? null;
    return seed === null ? null : createHash('sha256').update(seed).digest().readUInt32BE() & 0x7f_ff_ff_ff || 1;
  } finally {
    catalog?.close();
  }
}
