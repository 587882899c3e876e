// The thread that answers questions about the log, the workspace and delivery, from read-only connections: so that the
// HTTP thread never waits for a database, and a slow question delays no writer.
import { openSqliteDeliveryReader } from '../delivery/sqlite/sqlite-delivery-reader.ts';
import type { LogCells } from '../log/sqlite/log-cells.ts';
import { SqliteLogReader } from '../log/sqlite/sqlite-log-reader.ts';
import { openSqliteWorkspaceReader } from '../workspace/sqlite/sqlite-workspace-reader.ts';
import { runThread } from './run-thread.ts';

export interface QueryThreadData {
  readonly logFolder: string;
  readonly logCells: LogCells;
  readonly workspaceFile: string;
  readonly deliveryFile: string;
}

runThread(async ({ logFolder, logCells, workspaceFile, deliveryFile }: QueryThreadData) => {
  const log = new SqliteLogReader({ folder: logFolder, cells: logCells });
  const workspace = openSqliteWorkspaceReader(workspaceFile);
  const delivery = openSqliteDeliveryReader(deliveryFile);
  return {
    objects: { log, workspace, delivery },
    close: async () => {
      await log.close();
      await workspace.close();
      await delivery.close();
    },
  };
});
