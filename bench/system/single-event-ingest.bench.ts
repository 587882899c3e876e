// How much of a bare HTTP server's rate is left when every event is durable and de-duplicated before its answer.
// Both servers get the same requests by turns within the same minutes; the figure is the median of the pairs' ratios.
import { openBareServer } from '../support/bare-server.ts';
import { memoryFinding } from '../support/bench.ts';
import type { Bench, Finding } from '../support/bench.ts';
import { pick, serverConditions } from '../support/bench-setting.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import { mixDescription } from '../support/calls.ts';
import { measureLoad, withLoadedServer } from '../support/loaded-server.ts';
import type { LoadedServer, Measured } from '../support/loaded-server.ts';
import { median } from '../support/statistics.ts';
import { caughtUp } from '../support/workspace-lag.ts';

interface Pair {
  readonly bare: Measured;
  readonly leat: Measured;
}

async function measurePairs(loaded: LoadedServer, setting: BenchSetting): Promise<readonly Pair[]> {
  const bareServer = await openBareServer();
  const job = { connections: 64, eventsPerRequest: 1, people: 100_000, rate: null };
  const duration = { seconds: pick(setting, 1.5, 5), warmUpSeconds: pick(setting, 0.5, 1) };
  const pairs: Pair[] = [];
  const yardstick = { ...job, key: loaded.server.writeKey, port: bareServer.port };
  try {
    // Both get their code compiled and their people known before anything counts.
    const heating = { seconds: pick(setting, 4, 10), warmUpSeconds: 0 };
    await measureLoad(loaded.generator, bareServer.pid, { ...yardstick, ...heating });
    await loaded.measure({ ...job, ...heating });
    await caughtUp(loaded.server.control);
    for (let pair = 0; pair < pick(setting, 5, 9); pair++) {
      const bare = await measureLoad(loaded.generator, bareServer.pid, { ...yardstick, ...duration });
      const leat = await loaded.measure({ ...job, ...duration });
      pairs.push({ bare, leat });
      // Catching up is background work; it must not run into the bare server's turn.
      await caughtUp(loaded.server.control);
    }
  } finally {
    bareServer.close();
  }
  return pairs;
}

const run = (setting: BenchSetting): Promise<readonly Finding[]> =>
  withLoadedServer(async (loaded) => {
    const pairs = await measurePairs(loaded, setting);
    const middle = (figure: (pair: Pair) => number): number => median(pairs.map(figure));
    const ratio = ({ bare, leat }: Pair): number => leat.perSecond / bare.perSecond;
    return [
      {
        name: 'rate, of a bare node:http server',
        value: middle(ratio),
        unit: '×',
        target: { atLeast: 0.6 },
        detail: {
          leatPerSecond: middle(({ leat }) => leat.perSecond),
          barePerSecond: middle(({ bare }) => bare.perSecond),
          leatCpuMicrosPerEvent: middle(({ leat }) => leat.cpuMicrosPerEvent),
          bareCpuMicrosPerEvent: middle(({ bare }) => bare.cpuMicrosPerEvent),
          leatP99Ms: middle(({ leat }) => leat.report.latencyMs.p99),
          ratios: pairs.map((pair) => ratio(pair).toFixed(2)).join(' '),
          foreignCores: middle(({ bare, leat }) => (bare.foreignCores + leat.foreignCores) / 2),
          failures: pairs.reduce((sum, { leat }) => sum + leat.failures, 0),
        },
        conditions: `64 connections, unique ids; ${mixDescription}; ${serverConditions}`,
      },
      memoryFinding(loaded.peakMemory()),
    ];
  });

export const singleEventIngest: Bench = { name: 'single-event ingest', run };
