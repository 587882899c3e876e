// Where a destination begins: makes sure that it has a cursor in every partition.
import type { Destination } from '../control/model.ts';
import type { LogReader } from '../log/event-log.ts';
import type { DeliveryStore } from './delivery-store.ts';

export interface BeginOptions {
  readonly log: LogReader;
  readonly store: DeliveryStore;
  readonly partitions: Iterable<number>;
  /** Whether "now" is the end of the log, and not when the destination was made: it was disabled all the time. */
  readonly atEnd: boolean;
}

export async function beginDestination(
  { id, startFrom, createdAt }: Destination,
  { log, store, partitions, atEnd }: BeginOptions,
): Promise<void> {
  const stored = await store.load(id);
  const cursors: { partition: number; start: number }[] = [];
  for (const partition of partitions) {
    if (stored?.cursors.some((cursor) => cursor.partition === partition)) continue;
    const { start, end } = await log.range(partition);
    // A partition that appeared later holds nothing from before.
    const fromStart = stored !== null || startFrom === 'beginning';
    const now = atEnd ? end : await log.offsetAt(partition, createdAt);
    cursors.push({ partition, start: fromStart ? start : Math.min(now, end) });
  }
  if (cursors.length > 0) await store.begin(id, cursors);
}
