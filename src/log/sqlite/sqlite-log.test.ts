import { eventLogContract } from '../event-log.contract.ts';
import { temporaryFolder } from '../log-entries.fixture.ts';
import { openSqliteLog } from './sqlite-log.ts';

eventLogContract('node:sqlite', () => {
  const folder = temporaryFolder();
  return {
    open: (options) => openSqliteLog({ folder, ...(options?.unitEvents && { segmentEvents: options.unitEvents }) }),
  };
});
