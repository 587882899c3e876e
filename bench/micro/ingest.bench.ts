// `node bench/micro/ingest.bench.ts`: ingest without a log behind it, beside the bare server, in turns in one run.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openBareServer } from '../support/bare-server.ts';
import { openLoadGenerator } from '../support/load-generator.ts';
import { cpuSeconds } from '../support/process-usage.ts';
import { median } from '../support/statistics.ts';

const key = 'us_benchbenchbenchbench';
const bare = await openBareServer();
const child = fork(fileURLToPath(new URL('ingest-server.process.ts', import.meta.url)), {
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const port = await new Promise<number>((resolve) =>
  child.once('message', (message: { readonly port: number }) => resolve(message.port)),
);
const generator = openLoadGenerator();

async function measure(
  target: number,
  pid: number,
  eventsPerRequest: number,
): Promise<{ perSecond: number; cpuMicros: number }> {
  const job = { key, connections: 64, eventsPerRequest, people: 10_000, seconds: 2, warmUpSeconds: 0.7, rate: null };
  const before = cpuSeconds(pid);
  const report = await generator.run({ ...job, port: target });
  const cpu = cpuSeconds(pid) - before;
  if (Object.keys(report.failures).length > 0) throw new Error(JSON.stringify(report.failures));
  return { perSecond: report.events / report.seconds, cpuMicros: (cpu / report.eventsInAll) * 1e6 };
}

for (const eventsPerRequest of [1, 100]) {
  const rounds: { bare: number; ingest: number; bareCpu: number; ingestCpu: number }[] = [];
  for (let round = 0; round < 3; round++) {
    const yardstick = await measure(bare.port, bare.pid, eventsPerRequest);
    const own = await measure(port, child.pid ?? -1, eventsPerRequest);
    rounds.push({
      bare: yardstick.perSecond,
      ingest: own.perSecond,
      bareCpu: yardstick.cpuMicros,
      ingestCpu: own.cpuMicros,
    });
  }
  console.log(
    JSON.stringify({
      bench: 'ingest',
      eventsPerRequest,
      'bare events/s': Math.round(median(rounds.map((round) => round.bare))),
      'ingest events/s': Math.round(median(rounds.map((round) => round.ingest))),
      ratio: Number(median(rounds.map((round) => round.ingest / round.bare)).toFixed(2)),
      'bare CPU µs/event': Number(median(rounds.map((round) => round.bareCpu)).toFixed(2)),
      'ingest CPU µs/event': Number(median(rounds.map((round) => round.ingestCpu)).toFixed(2)),
    }),
  );
}
generator.close();
bare.close();
child.disconnect();
