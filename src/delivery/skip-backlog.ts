// Has one destination skip what waits for it: everything up to the present end of the log, the events it has parked, and
// the dead letters that were put back in line.
// Its lane must be closed, so that nobody else moves its cursor.
//
// Slice by slice: each moves the cursor and books what it passed in one commit, so after a crash the destination stands
// somewhere on the way, its ledger balanced, and can be told again.
import { setImmediate } from 'node:timers/promises';
import type { LogReader } from '../log/event-log.ts';
import { emptyCommit } from './delivery-store.ts';
import type { ActionCount, DeliveryStore, DestinationCommit, OutcomeCount, ParkedEvent } from './delivery-store.ts';
import type { Reporter } from './report.ts';

export interface SkipOptions {
  readonly log: LogReader;
  readonly store: DeliveryStore;
  readonly report: Reporter;
}

/** What one commit skips at most: the thread has other destinations to serve in between. */
const defaultSlice = { events: 200_000, parked: 1000 };

/** Answers how many events were skipped; they are so durably. The destination must have begun. */
export async function skipBacklog(
  destinationId: string,
  { log, store, report }: SkipOptions,
  slice = defaultSlice,
): Promise<number> {
  const stored = await store.load(destinationId);
  if (!stored) return 0;
  const { condition } = stored;
  let skipped = 0;
  const commit = async (change: Partial<DestinationCommit> & Pick<DestinationCommit, 'counts'>): Promise<void> => {
    await store.commit([{ ...emptyCommit, ...change, destinationId, condition }]);
    for (const { outcome, reason, events } of change.counts) {
      report({ kind: 'progress', destinationId, outcome, events });
      if (reason === 'skipped') skipped += events;
    }
    await setImmediate();
  };

  for (let from = 0; from < stored.parked.length; from += slice.parked)
    await commit(skipParked(stored.parked.slice(from, from + slice.parked)));

  for (;;) {
    const requeued = await store.takeRequeued(destinationId, slice.parked);
    if (requeued.length === 0) break;
    await commit(skipParked(requeued));
  }

  for (const { partition, offset, reached } of stored.cursors) {
    const { start, end } = await log.range(partition);
    let from = offset;
    // What retention took meanwhile is no user's choice.
    const kept = Math.min(Math.max(from, start), end);
    for (const [to, reason] of [[kept, 'retention'] as const, [end, 'skipped'] as const]) {
      while (from < to) {
        // A range that was begun is skipped whole: the rest of it under another name would double what is there.
        const next = Math.min(to, Math.max(from + slice.events, reached));
        const counts = (await log.countMinutes(partition, from, next)).map(
          ({ sourceId, minute, accepted }): OutcomeCount => ({
            sourceId,
            minute,
            outcome: 'discarded',
            reason,
            events: accepted,
          }),
        );
        await commit({
          cursors: [{ partition, offset: next, reached: next }],
          counts,
          gaps: [{ partition, from, to: next, reason }],
        });
        from = next;
      }
    }
  }
  await store.durableCursors();
  return skipped;
}

function skipParked(
  parked: readonly ParkedEvent[],
): Pick<DestinationCommit, 'counts' | 'actionCounts' | 'unparked' | 'gaps'> {
  return {
    counts: parked.map(({ sourceId, receivedAt }) => ({
      sourceId,
      minute: Math.floor(receivedAt / 60_000),
      outcome: 'discarded',
      reason: 'skipped',
      events: 1,
    })),
    // Some of its actions may have been carried out.
    actionCounts: parked.flatMap(({ receivedAt, settled }) =>
      Object.entries(settled).map(([actionId, outcome]): ActionCount => ({
        actionId,
        minute: Math.floor(receivedAt / 60_000),
        outcome,
        events: 1,
      })),
    ),
    unparked: parked.map(({ partition, offset }) => ({ partition, offset })),
    gaps: parked.map(({ partition, offset }) => ({ partition, from: offset, to: offset + 1, reason: 'skipped' })),
  };
}
