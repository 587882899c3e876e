// The thread that delivers to destinations and writes delivery.db.
import path from 'node:path';
import type { ControlSnapshot } from '../control/model.ts';
import { DeliveryService } from '../delivery/delivery-service.ts';
import type { DeliveryReport } from '../delivery/report.ts';
import { openSqliteDelivery } from '../delivery/sqlite/sqlite-delivery.ts';
import { systemClock } from '../lib/clock.ts';
import type { PressureCell } from '../lib/pressure.ts';
import type { LogCells } from '../log/sqlite/log-cells.ts';
import { SqliteLogReader } from '../log/sqlite/sqlite-log-reader.ts';
import { openDestinationKinds } from '../server/destination-kinds.ts';
import { createLogger } from '../telemetry/logger.ts';
import type { Logger } from '../telemetry/logger.ts';
import { runThread } from './run-thread.ts';
import type { Configurable, RetentionHolder } from './thread-roles.ts';

export interface DeliveryThreadData {
  readonly logFolder: string;
  readonly logCells: LogCells;
  readonly file: string;
  readonly pressure: PressureCell;
  readonly allowPrivateAddresses: boolean;
  readonly disabledHoldDays: number;
  readonly codeVersion: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

runThread(
  async (data: DeliveryThreadData) => {
    const logger = createLogger('delivery', data.logLevel);
    const log = new SqliteLogReader({ folder: data.logFolder, cells: data.logCells });
    const store = openSqliteDelivery(data.file);
    const kinds = await openDestinationKinds(path.dirname(data.file));
    const service = new DeliveryService({
      log,
      store,
      registry: kinds.registry,
      settings: data,
      pressure: data.pressure,
      clock: systemClock,
      report: (report) => tell(logger, report),
      // Ends the thread, and with it the process: its state is on disk, and a restart redoes what was not.
      failed: (error) => {
        throw error;
      },
    });
    let started = false;
    const configurable: Configurable = {
      configure: async (snapshot: ControlSnapshot) => {
        if (started) return service.reconfigure(snapshot);
        started = true;
        return service.start(snapshot);
      },
    };
    const holder: RetentionHolder = { retentionFloor: () => service.retentionFloor() };
    return {
      objects: { configurable, holder, control: service },
      close: async () => {
        await service.stop();
        await kinds.close();
        await store.close();
        await log.close();
      },
    };
  },
  { background: true },
);

function tell(logger: Logger, report: DeliveryReport): void {
  const { kind, ...fields } = report;
  if (kind === 'progress') return;
  if (kind === 'breaker closed') logger.info(fields, 'A destination works again; its backlog is being delivered.');
  else if (kind === 'breaker opened')
    logger.warn(fields, 'A destination as a whole is failing; its events wait in the log until it answers again.');
  else if (kind === 'retention gap')
    logger.error(
      fields,
      'Retention removed events before they could be delivered; they count as discarded(retention).',
    );
  else if (kind === 'unusable configuration')
    logger.error(
      fields,
      'The configuration of a destination cannot be used; its events wait in the log until it is changed.',
    );
  else logger.error(fields, 'Delivery waits for storage.');
}
