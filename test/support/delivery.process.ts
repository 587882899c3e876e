// A delivery service in a process of its own, for tests that kill it: node delivery.process.ts <folder> <url> <events>.
// Its log holds the same events each time; it prints "done" once all are delivered, with the ledger.
import path from 'node:path';
import { balanceLedger } from '../../src/admin/ledger.ts';
import { DeliveryService } from '../../src/delivery/delivery-service.ts';
import { openSqliteDelivery } from '../../src/delivery/sqlite/sqlite-delivery.ts';
import { registry } from '../../src/destinations/registry.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createPressureCell } from '../../src/lib/pressure.ts';
import { webhookTo } from './delivery-bed.ts';
import { createMemoryLog } from './memory-log.ts';
import { waitFor } from './wait-for.ts';

const [folder = '', url = '', events = '0'] = process.argv.slice(2);
const log = createMemoryLog();
for (let n = 0; n < Number(events); n++) {
  log.append({ messageId: String(n), userId: `u${n % 17}`, ...(n % 5 === 0 && { anonymousId: `a${n % 3}` }) });
}
const store = openSqliteDelivery(path.join(folder, 'delivery.db'));
const service = new DeliveryService({
  log,
  store,
  registry,
  settings: { allowPrivateAddresses: true, disabledHoldDays: 7, codeVersion: 'test' },
  pressure: createPressureCell(),
  clock: systemClock,
  report: () => undefined,
  failed: (error) => {
    throw error;
  },
});
await service.start({ version: 1, sources: [], keys: [], destinations: [webhookTo(url)] });
const workspace = { balanceSheet: async () => ({ cursors: [], sources: [] }) };
const lines = await waitFor('everything to be delivered', async () => {
  const found = await balanceLedger({ log, delivery: store, workspace });
  return found.every(({ pending }) => pending === 0) ? found : null;
});
console.log(`done ${JSON.stringify(lines)}`);
await service.stop();
await store.close();
