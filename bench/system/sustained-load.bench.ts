// Whether the workspace keeps up: single events offered at a fixed rate for a while, its lag sampled all along.
// Lag in seconds is the events not yet applied divided by the rate at which they come.
import { memoryFinding } from '../support/bench.ts';
import type { Bench, Finding } from '../support/bench.ts';
import { pick, serverConditions } from '../support/bench-setting.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import { mixDescription } from '../support/calls.ts';
import { withLoadedServer } from '../support/loaded-server.ts';
import { median, percentile } from '../support/statistics.ts';
import { watchLag } from '../support/workspace-lag.ts';
import type { LagSample } from '../support/workspace-lag.ts';

const rate = 12_000;
/** In which V8 compiles beside the load, and the workspace falls behind. */
const coldMs = 5000;

const seconds = ({ events }: LagSample): number => events / rate;

const run = (setting: BenchSetting): Promise<readonly Finding[]> =>
  withLoadedServer(async ({ server, measure, peakMemory }) => {
    const watch = watchLag(server.control, 100);
    const duration = { seconds: pick(setting, 8, 60), warmUpSeconds: 2 };
    const measured = await measure({ connections: 64, eventsPerRequest: 1, people: 100_000, rate, ...duration });
    const samples = await watch.stop();
    const lag = samples.map(seconds);
    const steady = samples.filter(({ atMs }) => atMs >= coldMs).map(seconds);
    const conditions = `${rate} events/s offered for ${duration.seconds} s on 64 connections; ${mixDescription}; ${serverConditions}`;
    return [
      {
        name: 'rate taken',
        value: measured.perSecond,
        unit: 'events/s',
        // The generator's clock and the window's edges cost a few events.
        target: { atLeast: rate * 0.995 },
        detail: {
          cpuMicrosPerEvent: measured.cpuMicrosPerEvent,
          p50Ms: measured.report.latencyMs.p50,
          p99Ms: measured.report.latencyMs.p99,
          foreignCores: measured.foreignCores,
          failures: measured.failures,
        },
        conditions,
      },
      {
        name: 'workspace lag, most',
        value: percentile(lag, 1),
        unit: 's',
        target: { atMost: 1 },
        detail: { median: median(lag), p99: percentile(lag, 0.99), samples: lag.length },
        conditions,
      },
      {
        name: `workspace lag, most, after the first ${coldMs / 1000} s of the process`,
        value: percentile(steady, 1),
        unit: 's',
        target: { atMost: 1 },
        detail: { p99: percentile(steady, 0.99), samples: steady.length },
        conditions,
      },
      memoryFinding(peakMemory()),
    ];
  });

export const sustainedLoad: Bench = { name: 'sustained load', run };
