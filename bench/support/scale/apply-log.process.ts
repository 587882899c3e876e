// A thread that applies a log to a workspace with the real processor, as fast as it can; ends when it has come to `end`.
import { parentPort as port, workerData } from 'node:worker_threads';
import type { Destination } from '../../../src/control/model.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { createPressureCell } from '../../../src/lib/pressure.ts';
import { sleep } from '../../../src/lib/sleep.ts';
import type { LogCells } from '../../../src/log/sqlite/log-cells.ts';
import { SqliteLogReader } from '../../../src/log/sqlite/sqlite-log-reader.ts';
import { WorkspaceProcessor } from '../../../src/workspace/processor.ts';
import { openSqliteWorkspace } from '../../../src/workspace/sqlite/open-sqlite-workspace.ts';
import { defaultWorkspaceSettings } from '../../../src/workspace/workspace-settings.ts';

export interface ApplyLogData {
  readonly logFolder: string;
  readonly cells: LogCells;
  readonly file: string;
  readonly actions: Destination;
  readonly end: number;
}

const { logFolder, cells, file, actions, end } = workerData as ApplyLogData;
const log = new SqliteLogReader({ folder: logFolder, cells });
const store = openSqliteWorkspace(file, { cacheKiB: 768 * 1024 });
const processor = new WorkspaceProcessor({
  log,
  store,
  actions,
  settings: defaultWorkspaceSettings,
  pressure: createPressureCell(),
  clock: systemClock,
  logger: { debug: () => {}, info: () => {}, warn: console.warn, error: console.error },
  batch: { events: 2000, bytes: 4 * 2 ** 20, lingerMs: 0 },
});
const stop = new AbortController();
const running = processor.run(stop.signal);
for (;;) {
  const [cursor] = (await store.position()).cursors;
  port?.postMessage(cursor?.offset ?? 0);
  if (cursor && cursor.offset >= end) break;
  await Promise.race([sleep(500), running]);
}
stop.abort();
await running;
await store.sync();
await store.close();
await log.close();
