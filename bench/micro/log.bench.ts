// The embedded event log by itself: the writer in groups of 64, batches of 100 from another thread, reading, and what an
// event costs as the log grows (`long` runs go to 21 million events).
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LogEntry } from '../../src/log/event-log.ts';
import { openSqliteLog } from '../../src/log/sqlite/sqlite-log.ts';
import type { Bench, Finding } from '../support/bench.ts';
import { pick } from '../support/bench-setting.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import { growLog } from '../support/log-growth.ts';
import { median, percentile } from '../support/statistics.ts';
import { trackBody } from '../support/track-body.ts';

export interface BatchFigures {
  readonly eventsPerSecond: number;
  readonly cpuMicrosecondsPerEvent: number;
  readonly p99Ms: number;
  readonly readPerSecond: number;
}

/** Batches from this thread to a writer on its own, some in flight at once; then everything is read once. */
export async function sendBatches(folder: string, events: number, batchEvents: number): Promise<BatchFigures> {
  const log = await openSqliteLog({ folder });
  const latencies: number[] = [];
  let sent = 0;
  const cpu = process.cpuUsage();
  const from = performance.now();
  const send = async (): Promise<void> => {
    while (sent < events) {
      const first = sent;
      sent += batchEvents;
      const batch = Array.from({ length: batchEvents }, (_, n): LogEntry => {
        const messageId = randomUUID();
        const body = trackBody(first + n, messageId);
        return { sourceId: 'src_web', messageId, receivedAt: Date.now(), personKey: '', body };
      });
      const began = performance.now();
      await log.append(batch);
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: 16 }, send));
  const seconds = (performance.now() - from) / 1000;
  const used = process.cpuUsage(cpu);

  const readFrom = performance.now();
  const { start, end } = await log.range(0);
  for (let at = start; at < end;) at = (await log.read(0, at, 2000, 2 ** 20)).next;
  const readPerSecond = ((end - start) / (performance.now() - readFrom)) * 1000;
  await log.close();
  return {
    eventsPerSecond: sent / seconds,
    cpuMicrosecondsPerEvent: (used.user + used.system) / sent,
    p99Ms: percentile(latencies, 0.99),
    readPerSecond,
  };
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leat-bench-log-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(setting: BenchSetting): Promise<readonly Finding[]> {
  const stepEvents = pick(setting, 2 ** 17, 2 ** 20);
  const events = stepEvents * pick(setting, 4, 20);
  const steps = await inFolder((folder) => growLog({ folder, groupEvents: 64, events, stepEvents }));
  const batches = await inFolder((folder) => sendBatches(folder, pick(setting, 200_000, 1_000_000), 100));
  const lastQuarter = steps.slice(-Math.ceil(steps.length / 4));
  const besideYoung = lastQuarter.map((step) => step.cpuMicrosecondsPerEvent / step.youngCpuMicrosecondsPerEvent);
  const conditions =
    'events of 0.4 KB, each group fsynced (synchronous=FULL) and de-duplicated against everything stored; all ids new';
  return [
    {
      name: 'writer, groups of 64',
      value: median(steps.map(({ eventsPerSecond }) => eventsPerSecond)),
      unit: 'events/s',
      target: { atLeast: 200_000 },
      detail: {
        cpuMicrosecondsPerEvent: median(steps.map(({ cpuMicrosecondsPerEvent }) => cpuMicrosecondsPerEvent)),
        filterMegabytes: (steps.at(-1)?.memoryBytes ?? 0) / 1e6,
      },
      conditions: `${conditions}; writer alone, one thread`,
    },
    {
      name: `CPU per event, last quarter of ${(events / 1e6).toFixed(1)} M events beside a log kept young`,
      value: median(besideYoung),
      unit: '×',
      target: { atMost: 1.2 },
      detail: Object.fromEntries(
        steps.map((step) => [
          `at ${step.events}`,
          `${step.cpuMicrosecondsPerEvent.toFixed(2)} beside ${step.youngCpuMicrosecondsPerEvent.toFixed(2)} µs`,
        ]),
      ),
      conditions: `${conditions}; sealing and checkpoints included; in turns with a log of one to two steps`,
    },
    {
      name: 'batches of 100, end to end',
      value: batches.eventsPerSecond,
      unit: 'events/s',
      target: { atLeast: 100_000 },
      detail: { cpuMicrosecondsPerEvent: batches.cpuMicrosecondsPerEvent, p99Ms: batches.p99Ms },
      conditions: `${conditions}; 16 batches in flight from one thread that also makes the events, writer on another`,
    },
    {
      name: 'reading, bodies unparsed',
      value: batches.readPerSecond,
      unit: 'records/s',
      target: { atLeast: 500_000 },
      detail: {},
      conditions: 'one reader, 2000 records a read, blocks of about 600 events',
    },
  ];
}

export const log: Bench = { name: 'log', run };
