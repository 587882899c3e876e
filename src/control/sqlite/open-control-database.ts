// Opens control.db: what users configure, and what ingest reports. One file, one writing thread, full synchronisation.
import type { Clock } from '../../lib/clock.ts';
import { openSqlite } from '../../lib/sqlite.ts';
import { SqliteAccountStore } from './sqlite-account-store.ts';
import { migrate } from './schema.ts';
import { SqliteControlStore } from './sqlite-control-store.ts';
import { SqliteIntakeStore } from './sqlite-intake-store.ts';
import type { IntakeLimits } from './sqlite-intake-store.ts';
import { storeFault } from './store-fault.ts';

export interface ControlDatabase {
  readonly control: SqliteControlStore;
  readonly accounts: SqliteAccountStore;
  readonly intake: SqliteIntakeStore;
  /** Commits what is waiting, answers those who wait for a change, closes the file. */
  close(): Promise<void>;
}

/**
 * Opens, or makes, the database at `path`.
 * @throws FaultError `store_unavailable` when it cannot be opened or a newer version wrote it.
 */
export function openControlDatabase(
  path: string,
  options: { readonly clock: Clock; readonly limits?: Partial<IntakeLimits> },
): ControlDatabase {
  const db = storeFault(() => openSqlite(path, { synchronous: 'FULL' }));
  try {
    storeFault(() => migrate(db));
    const control = new SqliteControlStore(db, options.clock);
    const accounts = new SqliteAccountStore(db, options.clock);
    const intake = new SqliteIntakeStore(db, options.limits);
    return {
      control,
      accounts,
      intake,
      close: async () => {
        control.close();
        accounts.close();
        intake.close();
        db.close();
      },
    };
  } catch (error) {
    db.close();
    throw error;
  }
}
