// `node bench/micro/ingest.bench.ts`: ingest beside the bare server, in turns in one run; first with nothing behind it,
// then with the embedded log, durable and de-duplicated, but no reader at work.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openBareServer } from '../support/bare-server.ts';
import { openLoadGenerator } from '../support/load-generator.ts';
import { cpuSeconds } from '../support/process-usage.ts';
import { median } from '../support/statistics.ts';

const key = 'us_benchbenchbenchbench';
const processFile = fileURLToPath(new URL('ingest-server.process.ts', import.meta.url));

interface Target {
  readonly port: number;
  readonly pid: number;
}
interface Measured {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

async function openIngest(behind: 'durable' | 'nothing'): Promise<Target & { readonly child: ChildProcess }> {
  const child = fork(processFile, [behind], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const port = await new Promise<number>((resolve) =>
    child.once('message', (message: { readonly port: number }) => resolve(message.port)),
  );
  return { port, pid: child.pid ?? -1, child };
}

const bare = await openBareServer();
const generator = openLoadGenerator();

async function measure({ port, pid }: Target, eventsPerRequest: number): Promise<Measured> {
  const load = { key, connections: 64, eventsPerRequest, people: 10_000, seconds: 2, warmUpSeconds: 0.7, rate: null };
  const before = cpuSeconds(pid);
  const report = await generator.run({ ...load, port });
  const cpu = cpuSeconds(pid) - before;
  if (Object.keys(report.failures).length > 0) throw new Error(JSON.stringify(report.failures));
  return { perSecond: report.events / report.seconds, cpuMicros: (cpu / report.eventsInAll) * 1e6 };
}

for (const behind of ['nothing', 'durable'] as const) {
  const ingest = await openIngest(behind);
  for (const eventsPerRequest of [1, 100]) {
    const rounds: { readonly bare: Measured; readonly own: Measured }[] = [];
    for (let round = 0; round < 3; round++)
      rounds.push({ bare: await measure(bare, eventsPerRequest), own: await measure(ingest, eventsPerRequest) });
    const middle = (figure: (round: (typeof rounds)[number]) => number): number => median(rounds.map(figure));
    console.log(
      JSON.stringify({
        bench: 'ingest',
        behind,
        eventsPerRequest,
        'bare events/s': Math.round(middle((round) => round.bare.perSecond)),
        'ingest events/s': Math.round(middle((round) => round.own.perSecond)),
        ratio: Number(middle((round) => round.own.perSecond / round.bare.perSecond).toFixed(2)),
        'bare CPU µs/event': Number(middle((round) => round.bare.cpuMicros).toFixed(2)),
        'ingest CPU µs/event': Number(middle((round) => round.own.cpuMicros).toFixed(2)),
      }),
    );
  }
  ingest.child.disconnect();
}
generator.close();
bare.close();
