// Eight webhook receivers in a process of their own: they note how long after its receipt each event came, and all but
// the one called "slow" answer at once.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DelayReport, DelayRequest } from './delay-receivers.ts';
import { percentile } from './statistics.ts';

const slowAnswerMs = 5000;
const delays = new Map<string, number[]>();

const server = createServer((request, response) => {
  const name = request.url?.slice(1) ?? '';
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { receivedAt } = JSON.parse(Buffer.concat(chunks).toString()) as { readonly receivedAt: string };
    const known = delays.get(name) ?? [];
    delays.set(name, known);
    // Both ends read the same machine's clock, to the millisecond.
    known.push(Date.now() - Date.parse(receivedAt));
    if (name === 'slow') setTimeout(() => response.end(), slowAnswerMs);
    else response.end();
  });
});

process.on('message', ({ ask, names }: DelayRequest) => {
  if (ask === 'clear') delays.clear();
  const of = names.map((name) => delays.get(name) ?? []);
  const all = of.flat();
  const report: DelayReport = {
    events: all.length,
    p50: percentile(all, 0.5),
    p99: percentile(all, 0.99),
    worstP99: Math.max(...of.map((one) => percentile(one, 0.99))),
  };
  process.send?.(report);
});
process.on('disconnect', () => process.exit());
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
