// Whether a dead and a slow destination hold up the others: eight webhooks, of which in one run two are bad (one refuses
// connections, one answers after 5 s) and in the other none; the delay from receipt to arrival at the other six.
//
// Pairs of runs alternate, each on a fresh server, so that what else the machine does falls on both alike.
import { deadPort } from '../../test/support/webhook-receiver.ts';
import type { Bench, Finding } from '../support/bench.ts';
import { pick } from '../support/bench-setting.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import { openDelayReceivers } from '../support/delay-receivers.ts';
import type { DelayReceivers, DelayReport } from '../support/delay-receivers.ts';
import { withLoadedServer } from '../support/loaded-server.ts';
import { median } from '../support/statistics.ts';

const rate = 200;
const warmUpSeconds = 3;
const watched = ['a', 'b', 'c', 'd', 'e', 'f'];

interface Run extends DelayReport {
  readonly cpuMicrosPerEvent: number;
  readonly failures: number;
  readonly foreignCores: number;
}

function measure(bad: boolean, seconds: number, receivers: DelayReceivers): Promise<Run> {
  return withLoadedServer(async ({ server, measure: load }) => {
    const dead = `http://127.0.0.1:${await deadPort()}/`;
    for (const name of watched) await server.control.createWebhook(name, receivers.url(name));
    await server.control.createWebhook('seventh', bad ? dead : receivers.url('seventh'));
    await server.control.createWebhook('eighth', receivers.url(bad ? 'slow' : 'eighth'));
    const job = { connections: 4, eventsPerRequest: 1, people: 10_000, rate };
    await load({ ...job, seconds: warmUpSeconds, warmUpSeconds: 0 });
    await receivers.clear();
    const { cpuMicrosPerEvent, failures, foreignCores } = await load({ ...job, seconds, warmUpSeconds: 0 });
    return { ...(await receivers.report(watched)), cpuMicrosPerEvent, failures, foreignCores };
  });
}

const run = async (setting: BenchSetting): Promise<readonly Finding[]> => {
  const seconds = pick(setting, 5, 15);
  const pairs = pick(setting, 2, 5);
  const receivers = await openDelayReceivers();
  const healthy: Run[] = [];
  const troubled: Run[] = [];
  try {
    for (let pair = 0; pair < pairs; pair++) {
      // Neither kind of run always comes first.
      for (const bad of pair % 2 === 0 ? [false, true] : [true, false])
        (bad ? troubled : healthy).push(await measure(bad, seconds, receivers));
    }
  } finally {
    receivers.close();
  }
  const ratios = healthy.map(({ p99 }, pair) => (troubled[pair]?.p99 ?? Number.NaN) / p99);
  const all = [...healthy, ...troubled];
  return [
    {
      name: 'p99 delay of six healthy destinations beside a dead and a slow one, to that without them',
      value: median(ratios),
      unit: '×',
      target: { atMost: 1.5 },
      detail: {
        ratios: ratios.map((ratio) => ratio.toFixed(2)).join(' '),
        healthyP99Ms: median(healthy.map(({ p99 }) => p99)),
        troubledP99Ms: median(troubled.map(({ p99 }) => p99)),
        healthyP50Ms: median(healthy.map(({ p50 }) => p50)),
        troubledP50Ms: median(troubled.map(({ p50 }) => p50)),
        worstOfSixP99Ms: median(troubled.map(({ worstP99 }) => worstP99)),
        healthyCpuMicros: median(healthy.map(({ cpuMicrosPerEvent }) => cpuMicrosPerEvent)),
        troubledCpuMicros: median(troubled.map(({ cpuMicrosPerEvent }) => cpuMicrosPerEvent)),
        eventsPerRun: median(all.map(({ events }) => events)),
        failures: Math.max(...all.map(({ failures }) => failures)),
        foreignCores: median(all.map(({ foreignCores }) => foreignCores)),
      },
      conditions: `${rate} events/s, so ${8 * rate} single POSTs/s offered; eight webhooks, in the one run all healthy, in the other one refuses connections and one answers after 5 s; median of ${pairs} alternating pairs of ${seconds} s; from receipt (before the log’s fsync) to arrival, ms; load generator and receivers on the same cores`,
    },
  ];
};

export const isolation: Bench = { name: 'isolation', run };
