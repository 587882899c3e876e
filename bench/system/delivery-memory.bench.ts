// Whether delivery's memory stays flat over a long run: most resident memory in the last tenth of the events against
// that in the second tenth, by when everything is warm.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { serverNodeFlags } from '../../src/config/node-flags.ts';
import { openBareServer } from '../support/bare-server.ts';
import type { Bench, Finding } from '../support/bench.ts';
import { pick } from '../support/bench-setting.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import type { LongDelivery } from '../support/long-delivery.process.ts';

const processFile = fileURLToPath(new URL('../support/long-delivery.process.ts', import.meta.url));

const run = async (setting: BenchSetting): Promise<readonly Finding[]> => {
  const events = pick(setting, 300_000, 10_000_000);
  const receiver = await openBareServer();
  const folder = await mkdtemp(path.join(tmpdir(), 'leat-bench-'));
  try {
    const url = `http://127.0.0.1:${receiver.port}/`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...serverNodeFlags, processFile, folder, url, String(events)],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    const { seconds, samples } = JSON.parse(stdout) as LongDelivery;
    const most = (fromShare: number, toShare: number): number =>
      Math.max(
        ...samples
          .filter((one) => one.events >= fromShare * events && one.events <= toShare * events)
          .map(({ residentBytes }) => residentBytes),
      );
    const [early, late] = [most(0.1, 0.2), most(0.9, 1)];
    return [
      {
        name: 'resident memory in the last tenth of a delivery, to that in the second',
        value: late / early,
        unit: '×',
        target: { atMost: 1.15 },
        detail: {
          events,
          perSecond: events / seconds,
          earlyMB: early / 1e6,
          lateMB: late / 1e6,
          mostMB: most(0, 1) / 1e6,
        },
        conditions:
          'delivery alone in a process with the flags of npm start; a made-up log, batches of 100 to a bare server; VmRSS sampled every 100 ms',
      },
    ];
  } finally {
    receiver.close();
    await rm(folder, { recursive: true });
  }
};

export const deliveryMemory: Bench = { name: 'delivery-memory', run };
