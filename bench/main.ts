// `npm run bench [-- --short] [--long] [--folder <path>] [<part of a name> …]`: measures, prints a JSON line per figure and a table at the end.
// Figures below their target are printed as such; only a bench that breaks makes the run fail.
import { parseArgs } from 'node:util';
import { delivery } from './micro/delivery.bench.ts';
import { log } from './micro/log.bench.ts';
import { routing } from './micro/routing.bench.ts';
import { workspace } from './micro/workspace.bench.ts';
import { batchIngest } from './system/batch-ingest.bench.ts';
import { consoleAtScale } from './system/console-at-scale.bench.ts';
import { deliveryMemory } from './system/delivery-memory.bench.ts';
import { isolation } from './system/isolation.bench.ts';
import { singleEventIngest } from './system/single-event-ingest.bench.ts';
import { startUp } from './system/start-up.bench.ts';
import { sustainedLoad } from './system/sustained-load.bench.ts';
import { visibility } from './system/visibility.bench.ts';
import type { Bench } from './support/bench.ts';
import { printLine, printTable } from './support/report.ts';
import type { Reported } from './support/report.ts';

const benches: readonly Bench[] = [
  singleEventIngest,
  batchIngest,
  sustainedLoad,
  visibility,
  isolation,
  deliveryMemory,
  startUp,
  consoleAtScale,
  log,
  workspace,
  routing,
  delivery,
];

const { values, positionals } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    long: { type: 'boolean', default: false },
    folder: { type: 'string' },
  },
  allowPositionals: true,
});
const chosen = benches.filter(
  ({ name }) => positionals.length === 0 || positionals.some((part) => name.includes(part)),
);
if (chosen.length === 0) {
  console.error(`No bench is called so. There are: ${benches.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const reported: Reported[] = [];
const setting = { short: values.short && !values.long, long: values.long, folder: values.folder ?? null };
for (const bench of chosen) {
  for (const finding of await bench.run(setting)) {
    const entry = { ...finding, bench: bench.name };
    reported.push(entry);
    printLine(entry);
  }
}
printTable(reported);
