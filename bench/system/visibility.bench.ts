// How long after its 200 a call shows in the workspace, while 2,000 events/s run beside it.
//
// A probe identifies a person nobody has seen, waits for the 200, then asks the control API for that person again and
// again until it is there. The figure contains the asking: it is what somebody watching would see, never less than the
// workspace's own delay.
import { memoryFinding } from '../support/bench.ts';
import type { Bench, Finding } from '../support/bench.ts';
import { pick, serverConditions } from '../support/bench-setting.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import { mixDescription } from '../support/calls.ts';
import type { TestServer } from '../../test/support/server.ts';
import { withLoadedServer } from '../support/loaded-server.ts';
import { percentile } from '../support/statistics.ts';

const rate = 2_000;
const probesEveryMs = 25;

interface Probe {
  /** From the start of the load to sending the call. */
  readonly sentMs: number;
  /** From sending the call to its 200. */
  readonly answeredMs: number;
  /** From the 200 until the person was found. */
  readonly visibleMs: number;
}

const run = (setting: BenchSetting): Promise<readonly Finding[]> =>
  withLoadedServer(async ({ server, measure, peakMemory }) => {
    const duration = { seconds: pick(setting, 8, 60), warmUpSeconds: 2 };
    const load = measure({ connections: 16, eventsPerRequest: 1, people: 100_000, rate, ...duration });
    const running: Promise<Probe>[] = [];
    const began = performance.now();
    const until = began + (duration.seconds + duration.warmUpSeconds) * 1000;
    while (performance.now() < until) {
      running.push(probe(server, running.length, began));
      await new Promise((resolve) => setTimeout(resolve, probesEveryMs));
    }
    const [measured, all] = await Promise.all([load, Promise.all(running)]);
    // What the load does not count while the server is warming up does not count here either; the worst of it is shown.
    const warm = ({ sentMs }: Probe): boolean => sentMs >= duration.warmUpSeconds * 1000;
    const probes = all.filter(warm);
    const visible = probes.map(({ visibleMs }) => visibleMs);
    return [
      {
        name: '200 to visible in the workspace, p99',
        value: percentile(visible, 0.99),
        unit: 'ms',
        target: { atMost: 100 },
        detail: {
          p50: percentile(visible, 0.5),
          most: percentile(visible, 1),
          answeredP50Ms: percentile(
            probes.map(({ answeredMs }) => answeredMs),
            0.5,
          ),
          probes: probes.length,
          warmUpMostMs: Math.max(0, ...all.filter((one) => !warm(one)).map(({ visibleMs }) => visibleMs)),
          loadPerSecond: measured.perSecond,
          loadP99Ms: measured.report.latencyMs.p99,
          cpuMicrosPerEvent: measured.cpuMicrosPerEvent,
          foreignCores: measured.foreignCores,
          failures: measured.failures,
        },
        conditions: `${rate} events/s offered beside ${1000 / probesEveryMs} probes/s, each polling the control API; ${mixDescription}; ${serverConditions}`,
      },
      memoryFinding(peakMemory()),
    ];
  });

async function probe(server: TestServer, index: number, began: number): Promise<Probe> {
  const userId = `probe-${process.pid}-${index}`;
  const sentAt = performance.now();
  const response = await fetch(`${server.url}/v1/identify`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${server.writeKey}:`)}` },
    body: JSON.stringify({ userId, messageId: userId, traits: { plan: 'probe' } }),
  });
  await response.arrayBuffer();
  if (response.status !== 200) throw new Error(`A probe was answered ${response.status}.`);
  const answeredAt = performance.now();
  while ((await server.control.person(userId)) === null) await new Promise((resolve) => setTimeout(resolve, 2));
  return {
    sentMs: sentAt - began,
    answeredMs: answeredAt - sentAt,
    visibleMs: performance.now() - answeredAt,
  };
}

export const visibility: Bench = { name: 'visibility', run };
