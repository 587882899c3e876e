// Before anything is served: the stores must belong to the log. A cursor past the log's end means that the log was lost
// or replaced, and new events would be taken for old ones.
import type { DeliveryReader } from '../delivery/delivery-reader.ts';
import { FaultError } from '../errors/errors.ts';
import type { LogReader } from '../log/event-log.ts';
import type { WorkspaceReader } from '../workspace/workspace-reader.ts';

export interface CheckedStores {
  readonly log: Pick<LogReader, 'partitions' | 'range'>;
  readonly workspace: Pick<WorkspaceReader, 'cursors'>;
  readonly delivery: Pick<DeliveryReader, 'states'>;
}

/** @throws FaultError `store_unavailable` naming the store, both offsets and the remedy. */
export async function checkStores({ log, workspace, delivery }: CheckedStores): Promise<void> {
  const cursors = [
    ...(await workspace.cursors()).map((cursor) => ({ ...cursor, file: 'workspace.db' })),
    ...(await delivery.states()).flatMap((state) =>
      state.cursors.map((cursor) => ({ ...cursor, file: 'delivery.db' })),
    ),
  ];
  for (const partition of await log.partitions()) {
    const { end } = await log.range(partition);
    const ahead = cursors.find((cursor) => cursor.partition === partition && cursor.offset > end);
    if (ahead)
      throw new FaultError(
        'store_unavailable',
        `${ahead.file} has come to offset ${ahead.offset}, but the event log ends at ${end}: the log was lost or replaced by an older copy. Restore the whole data folder from one backup; or, to go on with this log, move workspace.db and delivery.db (and their -wal and -shm files) away, and they are made anew.`,
      );
  }
}
