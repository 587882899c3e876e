// How the server is doing: the log, how far behind each of its readers is, the disk, the engines.
import { statfs } from 'node:fs/promises';
import { workspaceDestinationId } from '../control/first-source.ts';
import type { AdminDeps } from './admin-deps.ts';
import { isoTime, isoTimeOrNull } from './api-schema.ts';
import { readDeliveryNews } from './destination-answer.ts';
import { showLastTest } from './destination-test-answer.ts';
import { showPace } from './pace-answer.ts';

interface Cursor {
  readonly partition: number;
  readonly offset: number;
}

/** As the log counts LEAT_RETENTION_GB. */
const bytesPerGb = 1024 ** 3;

export async function readStatus(deps: AdminDeps, startedAt: number) {
  const { control, workspace, log, settings, clock } = deps;
  const [{ destinations, version: configVersion }, { states, paces, tests }, cursors, disk] = await Promise.all([
    control.snapshot(),
    readDeliveryNews(deps),
    workspace.cursors(),
    diskOf(settings.LEAT_DATA_DIR),
  ]);
  // After the cursors, so that no lag comes out below zero.
  const status = await log.status();
  const lag = (of: readonly Cursor[]): number =>
    status.partitions.reduce((sum, { partition, start, end }) => {
      const cursor = of.find((one) => one.partition === partition);
      return sum + Math.max(0, end - Math.max(start, cursor?.offset ?? start));
    }, 0);
  return {
    version: deps.version,
    region: settings.LEAT_REGION,
    startedAt: isoTime(startedAt),
    uptimeMs: clock.now() - startedAt,
    configVersion,
    regionHosts: settings.LEAT_REGION_HOSTS,
    publicUrl: settings.LEAT_PUBLIC_URL,
    retention: {
      days: settings.LEAT_RETENTION_DAYS,
      bytes: settings.LEAT_RETENTION_GB * bytesPerGb,
      disabledHoldDays: settings.LEAT_DISABLED_HOLD_DAYS,
    },
    privateDestinations: settings.LEAT_PRIVATE_DESTINATIONS,
    memoryBytes: process.memoryUsage.rss(),
    disk,
    log: { ...status, dedup: { ...status.dedup, since: isoTime(status.dedup.since) } },
    workspace: { lag: lag(cursors), cursors },
    destinations: destinations
      .filter(({ id }) => id !== workspaceDestinationId)
      .map(({ id, name, kind, enabled }) => {
        const state = states.find(({ destinationId }) => destinationId === id);
        return {
          id,
          name,
          kind,
          enabled,
          // Before delivery has begun it nothing waits for it.
          lag: state ? lag(state.cursors) : 0,
          parked: state?.parked ?? 0,
          deadLetters: state?.deadLetters ?? 0,
          breaker: state?.breaker ?? ('closed' as const),
          breakerReason: state?.breakerReason ?? null,
          nextProbeAt: isoTimeOrNull(state?.nextProbeAt ?? null),
          lastSuccessAt: isoTimeOrNull(state?.lastSuccessAt ?? null),
          lastError: state?.lastError ?? null,
          lastErrorAt: isoTimeOrNull(state?.lastErrorAt ?? null),
          pace: showPace(paces.find(({ destinationId }) => destinationId === id)),
          lastTest: showLastTest(tests, id),
        };
      }),
  };
}

/** Space where the embedded engines keep their files; null when the folder is not there, as without embedded engines. */
async function diskOf(folder: string): Promise<{ freeBytes: number; totalBytes: number } | null> {
  try {
    const { bavail, blocks, bsize } = await statfs(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
