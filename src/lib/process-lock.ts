// One process per data folder, enforced by the operating system: the lock goes with the process, however it ends.
import path from 'node:path';
import { FaultError } from '../errors/errors.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Takes the folder for this process until the returned function is called; keep it, since a collected connection lets go.
 * `holder` answers the id of the process that is known to hold it, or null.
 * @throws FaultError `store_unavailable` when another process holds it.
 */
export function lockFolder(folder: string, holder: () => number | null = () => null): () => void {
  let db: ReturnType<typeof openSqlite> | undefined;
  try {
    // An open exclusive transaction is a file lock that dies with its process; nothing stale can stay behind.
    db = openSqlite(path.join(folder, 'lock.db'), { journal: 'DELETE', busyTimeoutMs: 250 });
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db?.close();
    const pid = holder();
    throw new FaultError(
      'store_unavailable',
      `Another Leat process${pid === null ? '' : ` (pid ${pid})`} uses the data folder ${folder}. Stop it, or set LEAT_DATA_DIR to another folder.`,
      { cause },
    );
  }
  const held = db;
  return () => held.close();
}
