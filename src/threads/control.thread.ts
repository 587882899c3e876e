// The thread that writes control.db: what users configure, who may sign in, and what ingest rejected.
import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { openControlDatabase } from '../control/sqlite/open-control-database.ts';
import { systemClock } from '../lib/clock.ts';
import { expose } from '../lib/rpc.ts';
import { runThread } from './run-thread.ts';

export interface ControlThreadData {
  readonly file: string;
}

export interface ControlThreadPorts {
  /** Its other end is ingest's: it closes that before this thread is stopped. */
  readonly intake: MessagePort;
}

runThread(async ({ file }: ControlThreadData) => {
  const database = openControlDatabase(file, { clock: systemClock });
  const { control, accounts, intake } = database;
  expose((workerData as ControlThreadPorts).intake, { intake });
  return { objects: { control, accounts, intake }, close: () => database.close() };
});
