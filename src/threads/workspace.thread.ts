// The thread that applies the log to the workspace and writes workspace.db.
import { workspaceDestinationId } from '../control/first-source.ts';
import type { ControlSnapshot } from '../control/model.ts';
import { FaultError, InputError } from '../errors/errors.ts';
import { systemClock } from '../lib/clock.ts';
import type { PressureCell } from '../lib/pressure.ts';
import type { LogCells } from '../log/sqlite/log-cells.ts';
import { SqliteLogReader } from '../log/sqlite/sqlite-log-reader.ts';
import { createLogger } from '../telemetry/logger.ts';
import { WorkspaceProcessor } from '../workspace/processor.ts';
import { openSqliteWorkspace } from '../workspace/sqlite/open-sqlite-workspace.ts';
import { defaultWorkspaceSettings } from '../workspace/workspace-settings.ts';
import { runThread } from './run-thread.ts';
import type { Configurable, RetentionHolder } from './thread-roles.ts';

export interface WorkspaceThreadData {
  readonly logFolder: string;
  readonly logCells: LogCells;
  readonly file: string;
  readonly pressure: PressureCell;
  readonly phoneIdentifier: boolean;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

runThread(
  async (data: WorkspaceThreadData) => {
    const logger = createLogger('workspace', data.logLevel);
    const log = new SqliteLogReader({ folder: data.logFolder, cells: data.logCells });
    const store = openSqliteWorkspace(data.file);
    const stopping = new AbortController();
    let processor: WorkspaceProcessor | null = null;
    let running: Promise<void> = Promise.resolve();

    const configurable: Configurable = {
      configure: async (snapshot: ControlSnapshot) => {
        const actions = snapshot.destinations.find(({ id }) => id === workspaceDestinationId);
        if (!actions) throw new FaultError('internal', 'The configuration has no workspace destination.');
        if (processor) return useActions(processor, actions);
        processor = new WorkspaceProcessor({
          log,
          store,
          actions,
          settings: { ...defaultWorkspaceSettings, phoneIdentifier: data.phoneIdentifier },
          pressure: data.pressure,
          clock: systemClock,
          logger,
        });
        running = processor.run(stopping.signal);
        // Ends the thread, and with it the process: a restart goes on from the last commit.
        running.catch((error: unknown) => {
          throw error;
        });
      },
    };

    /** Actions are checked when they are saved; ones that cannot be compiled all the same leave the last good ones in force. */
    function useActions(working: WorkspaceProcessor, actions: ControlSnapshot['destinations'][number]): void {
      try {
        working.setActions(actions);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        logger.error(
          { reason: error.message },
          'The new actions of the workspace cannot be used; the ones before stay in force.',
        );
      }
    }

    const holder: RetentionHolder = {
      retentionFloor: async () => {
        if (!processor) throw new FaultError('store_unavailable', 'The workspace has not started yet.');
        return processor.retentionFloor();
      },
    };
    return {
      objects: { configurable, holder },
      close: async () => {
        stopping.abort();
        await running;
        await store.close();
        await log.close();
      },
    };
  },
  { background: true },
);
