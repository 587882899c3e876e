// Fills the data folder of a server that is not running: the log through its writer, the workspace through its processor
// on another thread, both at full speed and at the same time.
import { Worker } from 'node:worker_threads';
import type { Destination } from '../../../src/control/model.ts';
import { createLogCells } from '../../../src/log/sqlite/log-cells.ts';
import { openDataFolder } from '../../../src/server/data-folder.ts';
import type { ApplyLogData } from './apply-log.process.ts';
import type { TrafficOptions } from './shop-traffic.ts';
import { writeLog } from './write-log.ts';

export interface Progress {
  readonly written: number;
  readonly applied: number;
}

export interface Filling {
  readonly root: string;
  /** The workspace as the folder's server has it. */
  readonly workspace: Destination;
  readonly traffic: TrafficOptions;
  readonly progress: (progress: Progress) => void;
}

/** The log of the folder must be empty. Resolves when every event is stored and applied. */
export async function fillDataFolder({ root, workspace, traffic, progress }: Filling): Promise<void> {
  const folder = openDataFolder(root);
  const cells = createLogCells();
  const done = { written: 0, applied: 0 };
  const worker = new Worker(new URL('apply-log.process.ts', import.meta.url), {
    workerData: {
      logFolder: folder.log,
      cells,
      file: folder.workspace,
      actions: workspace,
      end: 1 + traffic.events,
    } satisfies ApplyLogData,
  });
  worker.on('message', (offset: number) => {
    done.applied = offset - 1;
    progress(done);
  });
  const applied = new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => resolve());
  });
  const writing = writeLog(folder.log, cells, traffic, (written) => {
    done.written = written;
  });
  await Promise.all([writing, applied]);
  if (done.applied < traffic.events)
    throw new Error(`The workspace stopped at ${done.applied} of ${traffic.events} events.`);
}
