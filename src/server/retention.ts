// Removes what the log need not keep, on a timer: whole segments that every reader has durably passed.
import type { LogKeeper } from '../log/event-log.ts';
import { sleep } from '../lib/sleep.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { RetentionHolder } from '../threads/thread-roles.ts';

export interface RetentionOptions {
  readonly keeper: LogKeeper;
  /** Everyone who reads the log. */
  readonly holders: readonly RetentionHolder[];
  readonly maxAgeMs: number;
  readonly maxBytes: number;
  readonly logger: Logger;
}

const everyMs = 60_000;

/** Runs until `signal` aborts. */
export async function keepRetention(options: RetentionOptions, signal: AbortSignal): Promise<void> {
  const { logger } = options;
  for (;;) {
    await sleep(everyMs, signal);
    if (signal.aborted) return;
    try {
      const { removedEvents, overrun } = await retainOnce(options);
      if (overrun > 0)
        logger.error(
          { removedEvents, overrun },
          'The log reached its size limit and lost events that a reader still needed. Raise LEAT_RETENTION_GB, or mend the reader that lags.',
        );
      else if (removedEvents > 0) logger.info({ removedEvents }, 'Old events were removed from the log.');
    } catch (error) {
      logger.error(
        { reason: error instanceof Error ? error.message : String(error) },
        'Retention could not run; trying again in a minute.',
      );
    }
  }
}

async function retainOnce({ keeper, holders, maxAgeMs, maxBytes }: RetentionOptions) {
  const lowest = new Map<number, number>();
  for (const holder of holders)
    for (const { partition, offset } of await holder.retentionFloor())
      lowest.set(partition, Math.min(offset, lowest.get(partition) ?? offset));
  const heldFrom = [...lowest].map(([partition, offset]) => ({ partition, offset }));
  return keeper.retain({ maxAgeMs, maxBytes, heldFrom });
}
