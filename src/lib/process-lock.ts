// One process per data folder, enforced by the operating system: the lock goes with the process, however it ends.
import path from 'node:path';
import { FaultError } from '../errors/errors.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Takes the folder for this process until the returned function is called; keep it, since a collected connection lets go.
 * @throws FaultError `store_unavailable` when another process holds it.
 */
export function lockFolder(folder: string): () => void {
  let db: ReturnType<typeof openSqlite> | undefined;
  try {
    // An open exclusive transaction is a file lock that dies with its process; nothing stale can stay behind.
    db = openSqlite(path.join(folder, 'lock.db'), { journal: 'DELETE', busyTimeoutMs: 250 });
    db.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    db?.close();
    throw new FaultError(
      'store_unavailable',
      `Another Leat process uses the data folder ${folder}. Stop it, or set LEAT_DATA_DIR to another folder.`,
      { cause },
    );
  }
  const held = db;
  return () => held.close();
}
