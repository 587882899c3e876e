// Turns what SQLite throws into the operator's error; everything else passes as it is.
import { FaultError } from '../../errors/errors.ts';

/**
 * Runs `work`.
 * @throws FaultError `store_unavailable` with SQLite's words when the database failed: disk full, file unreadable, I/O error.
 */
export function storeFault<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ERR_SQLITE_ERROR')) throw cause;
    throw new FaultError(
      'store_unavailable',
      `workspace.db: ${cause.message}. Check that the disk of the data folder has space and is writable.`,
      { cause },
    );
  }
}
