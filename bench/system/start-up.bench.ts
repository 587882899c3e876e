// How long a start takes: on a data folder that exists, and after a kill -9 with the log full and the workspace behind.
import type { Bench, Finding } from '../support/bench.ts';
import { pick } from '../support/bench-setting.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import { withLoadedServer } from '../support/loaded-server.ts';
import { caughtUp } from '../support/workspace-lag.ts';

const run = (setting: BenchSetting): Promise<readonly Finding[]> =>
  withLoadedServer(
    async ({ server, measure }) => {
      const events = pick(setting, 300_000, 20_000_000);
      const cleanStarts: number[] = [];
      for (let start = 0; start < 3; start++) {
        await server.stop();
        cleanStarts.push(await server.start());
      }
      let stored = 0;
      while (stored < events) {
        const slice = { connections: 16, eventsPerRequest: 100, people: 100_000, rate: null };
        stored += (await measure({ ...slice, seconds: pick(setting, 1, 10), warmUpSeconds: 0 })).report.eventsInAll;
      }
      const { lag } = (await server.control.status()).workspace;
      await server.kill();
      const afterKillMs = await server.start();
      const caughtUpFrom = performance.now();
      await caughtUp(server.control);
      const conditions = 'from spawning the process to a 200 of /readyz, the start of Node itself included';
      return [
        {
          name: 'start on a small data folder, slowest of 3',
          value: Math.max(...cleanStarts) / 1000,
          unit: 's',
          target: { atMost: 1.5 },
          detail: {},
          conditions,
        },
        {
          name: `start after kill -9 at ${(stored / 1e6).toFixed(1)} M events`,
          value: afterKillMs / 1000,
          unit: 's',
          target: { atMost: 5 },
          detail: { storedEvents: stored, lagAtKill: lag, catchUpSeconds: (performance.now() - caughtUpFrom) / 1000 },
          conditions,
        },
      ];
    },
    { readyWithinMs: 120_000 },
  );

export const startUp: Bench = { name: 'start-up', run };
