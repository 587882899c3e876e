// How much of a bare HTTP server's rate is left when every event is durable and de-duplicated before its answer.
// Both servers get the same requests by turns of a second, for the cores of a shared machine change their speed by a factor
// of two from one few seconds to the next. Each turn of Leat is set against the mean of the bare server's turns before and
// after it; the figure is the median of these ratios.
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

interface Turns {
  /** One more than of Leat: each of Leat's lies between two of them. */
  readonly bare: readonly Measured[];
  readonly leat: readonly Measured[];
}

async function takeTurns(loaded: LoadedServer, setting: BenchSetting): Promise<Turns> {
  const bareServer = await openBareServer();
  const job = { connections: 64, eventsPerRequest: 1, people: 100_000, rate: null };
  const duration = { seconds: 1, warmUpSeconds: 0.2 };
  const turns = { bare: [] as Measured[], leat: [] as Measured[] };
  const yardstick = { ...job, key: loaded.server.writeKey, port: bareServer.port };
  try {
    // Both get their code compiled and their people known before anything counts.
    const heating = { seconds: pick(setting, 4, 10), warmUpSeconds: 0 };
    await measureLoad(loaded.generator, bareServer.pid, { ...yardstick, ...heating });
    await loaded.measure({ ...job, ...heating });
    await caughtUp(loaded.server.control);
    const bareTurn = async (): Promise<unknown> =>
      turns.bare.push(await measureLoad(loaded.generator, bareServer.pid, { ...yardstick, ...duration }));
    await bareTurn();
    for (let turn = 0; turn < pick(setting, 5, 40); turn++) {
      turns.leat.push(await loaded.measure({ ...job, ...duration }));
      // Catching up is background work; it must not run into the bare server's turn.
      await caughtUp(loaded.server.control);
      await bareTurn();
    }
  } finally {
    bareServer.close();
  }
  return turns;
}

const run = (setting: BenchSetting): Promise<readonly Finding[]> =>
  withLoadedServer(async (loaded) => {
    const { bare, leat } = await takeTurns(loaded, setting);
    const middle = (figure: (measured: Measured) => number, of: readonly Measured[]): number => median(of.map(figure));
    const rate = (turn: number): number => bare[turn]!.perSecond;
    const ratios = leat.map(({ perSecond }, turn) => (2 * perSecond) / (rate(turn) + rate(turn + 1)));
    return [
      {
        name: 'rate, of a bare node:http server',
        value: median(ratios),
        unit: '×',
        target: { atLeast: 0.6 },
        detail: {
          leatPerSecond: middle(({ perSecond }) => perSecond, leat),
          barePerSecond: middle(({ perSecond }) => perSecond, bare),
          leatCpuMicrosPerEvent: middle(({ cpuMicrosPerEvent }) => cpuMicrosPerEvent, leat),
          bareCpuMicrosPerEvent: middle(({ cpuMicrosPerEvent }) => cpuMicrosPerEvent, bare),
          leatP99Ms: middle(({ report }) => report.latencyMs.p99, leat),
          ratios: ratios.map((ratio) => ratio.toFixed(2)).join(' '),
          foreignCores: middle(({ foreignCores }) => foreignCores, [...bare, ...leat]),
          failures: leat.reduce((sum, { failures }) => sum + failures, 0),
        },
        conditions: `64 connections, unique ids; ${mixDescription}; ${serverConditions}`,
      },
      memoryFinding(loaded.peakMemory()),
    ];
  });

export const singleEventIngest: Bench = { name: 'single-event ingest', run };
