// Delivers a long made-up log to one webhook in batches of 100, and samples its own memory on the way:
// node long-delivery.process.ts <folder> <url> <events>. Prints one line of JSON.
import path from 'node:path';
import { DeliveryService } from '../../src/delivery/delivery-service.ts';
import { openSqliteDelivery } from '../../src/delivery/sqlite/sqlite-delivery.ts';
import { registry } from '../../src/destinations/registry.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createPressureCell } from '../../src/lib/pressure.ts';
import { webhookTo } from '../../test/support/delivery-bed.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { GeneratedLog } from './generated-log.ts';

export interface MemorySample {
  /** Delivered by then. */
  readonly events: number;
  readonly residentBytes: number;
}
export interface LongDelivery {
  readonly seconds: number;
  readonly samples: readonly MemorySample[];
}

const sampleEveryMs = 100;
const [folder = '', url = '', count = '0'] = process.argv.slice(2);
const people = 10_000;
const events = Number(count);
const store = openSqliteDelivery(path.join(folder, 'delivery.db'));
const service = new DeliveryService({
  log: new GeneratedLog({ people, events: events - people }),
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
const samples: MemorySample[] = [];
const started = performance.now();
const settings = { batch: true, batchEvents: 100, batchWaitMs: 50 };
await service.start({ version: 1, sources: [], keys: [], destinations: [webhookTo(url, { settings })] });
await waitFor(
  'everything to be delivered',
  async () => {
    const [state] = await store.states();
    const delivered = (state?.cursors[0]?.offset ?? 1) - 1;
    samples.push({ events: delivered, residentBytes: process.memoryUsage.rss() });
    return delivered === events;
  },
  { everyMs: sampleEveryMs, withinMs: 60 * 60 * 1000 },
);
const result: LongDelivery = { seconds: (performance.now() - started) / 1000, samples };
console.log(JSON.stringify(result));
await service.stop();
await store.close();
