// Makes good what the counters of the sources missed. They are handed to the store once a second, so a process that was
// killed takes the last of them along; the log has counted every stored event.
import type { IntakeStore } from '../control/intake-store.ts';
import type { LogReader } from '../log/event-log.ts';

export interface Recounted {
  readonly log: Pick<LogReader, 'partitions' | 'range' | 'countBetween'>;
  readonly intake: Pick<IntakeStore, 'listActivity' | 'recordActivity'>;
  readonly sourceIds: readonly string[];
}

/** Raises `accepted` of each source to what the log has counted. To be done before the first call is taken. */
export async function recountSources({ log, intake, sourceIds }: Recounted): Promise<void> {
  const logged = new Map<string, number>();
  for (const partition of await log.partitions()) {
    const { end } = await log.range(partition);
    for (const { sourceId, events } of await log.countBetween(partition, 0, end))
      logged.set(sourceId, (logged.get(sourceId) ?? 0) + events);
  }
  const counted = new Map((await intake.listActivity()).map(({ sourceId, accepted }) => [sourceId, accepted]));
  const missing = sourceIds
    .map((sourceId) => ({
      ...nothingElse,
      sourceId,
      accepted: (logged.get(sourceId) ?? 0) - (counted.get(sourceId) ?? 0),
    }))
    .filter(({ accepted }) => accepted > 0);
  if (missing.length > 0) await intake.recordActivity(missing);
}

const nothingElse = {
  lastAcceptedAt: null,
  lastLibrary: null,
  lastMessageId: null,
  lastRejectedAt: null,
  rejected: 0,
  overRateAt: null,
  peakRate: 0,
} as const;
