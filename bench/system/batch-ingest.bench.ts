// Events per second when clients send batches of 100.
import { memoryFinding } from '../support/bench.ts';
import type { Bench, Finding } from '../support/bench.ts';
import { pick, serverConditions } from '../support/bench-setting.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import { mixDescription } from '../support/calls.ts';
import { withLoadedServer } from '../support/loaded-server.ts';
import type { Measured } from '../support/loaded-server.ts';
import { median } from '../support/statistics.ts';
import { caughtUp } from '../support/workspace-lag.ts';

const eventsPerRequest = 100;

const run = (setting: BenchSetting): Promise<readonly Finding[]> =>
  withLoadedServer(async (loaded) => {
    const rounds: Measured[] = [];
    for (let round = 0; round < pick(setting, 3, 5); round++) {
      const duration = { seconds: pick(setting, 2, 5), warmUpSeconds: pick(setting, 1, 3) };
      rounds.push(
        await loaded.measure({ connections: 16, eventsPerRequest, people: 100_000, rate: null, ...duration }),
      );
      await caughtUp(loaded.server.control);
    }
    return [
      {
        name: 'events in batches of 100',
        value: median(rounds.map(({ perSecond }) => perSecond)),
        unit: 'events/s',
        target: { atLeast: 100_000 },
        detail: {
          cpuMicrosPerEvent: median(rounds.map(({ cpuMicrosPerEvent }) => cpuMicrosPerEvent)),
          batchP99Ms: median(rounds.map(({ report }) => report.latencyMs.p99)),
          rounds: rounds.map(({ perSecond }) => Math.round(perSecond)).join(' '),
          foreignCores: median(rounds.map(({ foreignCores }) => foreignCores)),
          failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
        },
        conditions: `16 connections, unique ids; ${mixDescription}; ${serverConditions}`,
      },
      memoryFinding(loaded.peakMemory()),
    ];
  });

export const batchIngest: Bench = { name: 'batch ingest', run };
