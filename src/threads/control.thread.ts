// The thread that writes control.db: what users configure, who may sign in, and what ingest rejected.
import { openControlDatabase } from '../control/sqlite/open-control-database.ts';
import { systemClock } from '../lib/clock.ts';
import { runThread } from './run-thread.ts';

export interface ControlThreadData {
  readonly file: string;
}

runThread(async ({ file }: ControlThreadData) => {
  const database = openControlDatabase(file, { clock: systemClock });
  const { control, accounts, intake } = database;
  return { objects: { control, accounts, intake }, close: () => database.close() };
});
