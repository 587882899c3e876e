// Delivery from a log in memory to one local receiver, and to eight: single POSTs and batches of 100. Beside it, in the
// same run, the HTTP client alone posting the same bodies: what is lost between the two is delivery's own cost.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Destination } from '../../src/control/model.ts';
import { DeliveryService } from '../../src/delivery/delivery-service.ts';
import { openSqliteDelivery } from '../../src/delivery/sqlite/sqlite-delivery.ts';
import { openHttpClient } from '../../src/destinations/http-client.ts';
import { registry } from '../../src/destinations/registry.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createPressureCell } from '../../src/lib/pressure.ts';
import { webhookTo } from '../../test/support/delivery-bed.ts';
import { createMemoryLog } from '../../test/support/memory-log.ts';
import type { MemoryLog } from '../../test/support/memory-log.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openBareServer } from '../support/bare-server.ts';
import type { Bench } from '../support/bench.ts';
import { pick } from '../support/bench-setting.ts';
import { median } from '../support/statistics.ts';

const people = 10_000;
const concurrency = 32;

function filledLog(events: number): MemoryLog {
  const log = createMemoryLog();
  const properties = { sku: 'SKU-000-4711', price: 129.9, currency: 'EUR', quantity: 2, path: '/checkout/complete' };
  const context = { library: { name: 'analytics.js', version: 'next-0.5.11' }, locale: 'en-GB' };
  for (let n = 0; n < events; n++) {
    log.append({ messageId: `m-${n}`, userId: `user-${n % people}`, event: 'Order Completed', properties, context });
  }
  return log;
}

interface Run {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

/** Delivers the whole log to each destination; a rate counts events times destinations. */
async function deliver(log: MemoryLog, events: number, destinations: readonly Destination[]): Promise<Run> {
  const folder = await mkdtemp(path.join(tmpdir(), 'leat-bench-'));
  const store = openSqliteDelivery(path.join(folder, 'delivery.db'));
  const service = new DeliveryService({
    log,
    store,
    registry,
    settings: { allowPrivateAddresses: true, disabledHoldDays: 7, codeVersion: 'bench' },
    pressure: createPressureCell(),
    clock: systemClock,
    report: () => undefined,
    failed: (error) => {
      throw error;
    },
  });
  const cpu = process.cpuUsage();
  const started = performance.now();
  await service.start({ version: 1, sources: [], keys: [], destinations });
  await waitFor(
    'everything to be delivered',
    async () =>
      (await store.states()).every(({ cursors, parked }) => cursors[0]?.offset === events + 1 && parked === 0),
    { everyMs: 10, withinMs: 120_000 },
  );
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await service.stop();
  await store.close();
  await rm(folder, { recursive: true });
  const sent = events * destinations.length;
  return { perSecond: sent / seconds, cpuMicros: (user + system) / sent };
}

/** The client alone: the same bodies, the same number at once. */
async function postAlone(log: MemoryLog, events: number, url: string): Promise<Run> {
  const client = openHttpClient({ maxConnections: concurrency, allowPrivateAddresses: true });
  const { records } = await log.read(0, 1, events, Infinity);
  const cpu = process.cpuUsage();
  const started = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let record = records[next++]; record; record = records[next++]) {
      await client.request({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body: record.body });
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await client.close();
  return { perSecond: events / seconds, cpuMicros: (user + system) / events };
}

const round = ({ perSecond, cpuMicros }: Run): Run => ({
  perSecond: Math.round(perSecond),
  cpuMicros: Number(cpuMicros.toFixed(1)),
});

export const delivery: Bench = {
  name: 'delivery',
  run: async (setting) => {
    const receiver = await openBareServer();
    const url = `http://127.0.0.1:${receiver.port}/`;
    const delivery = { maxConcurrency: concurrency };
    const single = webhookTo(url, { settings: { delivery } });
    const batch = webhookTo(url, { settings: { delivery, batch: true, batchEvents: 100, batchWaitMs: 50 } });
    const eight = Array.from({ length: 8 }, (_, n) => ({ ...batch, id: `d${n}` }));
    const rounds = pick(setting, 1, 3);
    const middle = async (run: () => Promise<Run>): Promise<Run> => {
      const runs: Run[] = [];
      for (let n = 0; n < rounds; n++) runs.push(await run());
      return round({
        perSecond: median(runs.map((r) => r.perSecond)),
        cpuMicros: median(runs.map((r) => r.cpuMicros)),
      });
    };
    const singles = pick(setting, 20_000, 60_000);
    const many = pick(setting, 60_000, 200_000);
    const few = filledLog(singles);
    const log = filledLog(many);
    await postAlone(few, 5000, url);
    const alone = await middle(() => postAlone(few, singles, url));
    const one = await middle(() => deliver(few, singles, [single]));
    const batched = await middle(() => deliver(log, many, [batch]));
    const shared = await middle(() => deliver(few, singles, eight));
    receiver.close();
    const conditions = `log in memory, ${people} people, delivery.db committed unsynced; receiver: a bare node:http server that parses, in a process of its own on the same machine; at most ${concurrency} requests at once`;
    return [
      {
        name: 'single POSTs to one receiver',
        value: one.perSecond,
        unit: '/s',
        target: { atLeast: 10_000 },
        detail: {
          'CPU µs/event': one.cpuMicros,
          'client alone, /s': alone.perSecond,
          'client alone, CPU µs': alone.cpuMicros,
          ratio: Number((one.perSecond / alone.perSecond).toFixed(2)),
        },
        conditions,
      },
      {
        name: 'events in batches of 100 to one receiver',
        value: batched.perSecond,
        unit: '/s',
        target: { atLeast: 50_000 },
        detail: { 'CPU µs/event': batched.cpuMicros },
        conditions,
      },
      {
        name: 'events in batches of 100 to eight destinations, all together',
        value: shared.perSecond,
        unit: '/s',
        target: null,
        detail: { 'CPU µs/event and destination': shared.cpuMicros },
        conditions,
      },
    ];
  },
};
