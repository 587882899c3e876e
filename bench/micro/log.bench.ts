// The embedded event log by itself: the writer in groups of 64, batches of 100 from another thread, reading, and what an
// event costs as the log grows (`long` runs go to 20 million events).
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate as immediate } from 'node:timers/promises';
import { systemClock } from '../../src/lib/clock.ts';
import type { LogEntry } from '../../src/log/event-log.ts';
import type { LogGroup } from '../../src/log/sqlite/block.ts';
import { createLogCells } from '../../src/log/sqlite/log-cells.ts';
import { openSegmentWriter } from '../../src/log/sqlite/segment-writer.ts';
import { SqliteLogReader } from '../../src/log/sqlite/sqlite-log-reader.ts';
import { openSqliteLog } from '../../src/log/sqlite/sqlite-log.ts';
import type { Bench, Finding } from '../support/bench.ts';
import { pick } from '../support/bench-setting.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import { median, percentile } from '../support/statistics.ts';

const names = ['Order Completed', 'Product Viewed', 'Signed In', 'Search', 'Cart Updated'];

/** A call of about 400 bytes, as ingest stores it. */
const bodyOf = (n: number, messageId: string): string =>
  JSON.stringify({
    type: 'track',
    messageId,
    timestamp: new Date(1.77e12 + n * 37).toISOString(),
    receivedAt: new Date(1.77e12 + n * 37 + 20).toISOString(),
    userId: `user-${(n * 7919) % 100_000}`,
    event: names[n % names.length],
    properties: { price: ((n * 13) % 10_000) / 100, sku: `SKU-${(n * 31) % 5000}`, quantity: n % 5 },
    context: { ip: `10.0.${n % 255}.${(n * 3) % 255}`, library: { name: 'analytics-node', version: '2.1.3' } },
    integrations: {},
    version: 1,
  });

export interface GrowthOptions {
  readonly folder: string;
  readonly groupEvents: number;
  readonly events: number;
  /** A step is what one figure covers. */
  readonly stepEvents: number;
}

export interface GrowthStep {
  readonly events: number;
  readonly eventsPerSecond: number;
  /** CPU of the whole process, background work of the log included. */
  readonly cpuMicrosecondsPerEvent: number;
  readonly memoryBytes: number;
}

/** Appends groups to a writer on this thread, as its own thread would take them from a port. All ids are new. */
export async function growLog(options: GrowthOptions): Promise<readonly GrowthStep[]> {
  const { folder, groupEvents, events, stepEvents } = options;
  const cells = createLogCells();
  const writer = openSegmentWriter({ folder, cells, clock: systemClock });
  const reader = new SqliteLogReader({ folder, cells });
  // Making bodies is not what is measured: a few hundred texts take turns, only the ids are new.
  const bodies = Array.from({ length: 200 }, (_, text) =>
    Array.from({ length: groupEvents }, (_, n) => bodyOf(text * groupEvents + n, randomUUID())),
  );
  const texts = bodies.map((group) => group.join(''));
  const run = randomUUID().slice(0, 23);
  const steps: GrowthStep[] = [];
  let cpu = process.cpuUsage();
  let from = performance.now();
  for (let stored = 0; stored < events;) {
    const turn = (stored / groupEvents) % texts.length;
    const now = systemClock.now();
    const group: LogGroup = {
      sources: ['src_web'],
      source: Array.from({ length: groupEvents }, () => 0),
      ids: Array.from({ length: groupEvents }, (_, n) => `${run}-${String(stored + n).padStart(12, '0')}`),
      received: Array.from({ length: groupEvents }, () => now),
      text: texts[turn]!,
      lengths: bodies[turn]!.map((body) => body.length),
    };
    writer.commit(group);
    // What a turn of the event loop is to the writer's thread: background work gets its slice.
    await immediate();
    stored += groupEvents;
    if (Math.floor(stored / stepEvents) === Math.floor((stored - groupEvents) / stepEvents)) continue;
    const used = process.cpuUsage(cpu);
    steps.push({
      events: stored,
      eventsPerSecond: (stepEvents / (performance.now() - from)) * 1000,
      cpuMicrosecondsPerEvent: (used.user + used.system) / stepEvents,
      memoryBytes: (await reader.status()).dedup.memoryBytes,
    });
    cpu = process.cpuUsage();
    from = performance.now();
  }
  await reader.close();
  await writer.close();
  return steps;
}

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
        const body = bodyOf(first + n, messageId);
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
  const costs = steps.map(({ cpuMicrosecondsPerEvent }) => cpuMicrosecondsPerEvent);
  const quarter = Math.ceil(costs.length / 4);
  const conditions =
    'events of 0.4 KB, each group fsynced (synchronous=FULL) and de-duplicated against everything stored; all ids new';
  return [
    {
      name: 'writer, groups of 64',
      value: median(steps.map(({ eventsPerSecond }) => eventsPerSecond)),
      unit: 'events/s',
      target: { atLeast: 200_000 },
      detail: {
        cpuMicrosecondsPerEvent: median(costs),
        filterMegabytes: (steps.at(-1)?.memoryBytes ?? 0) / 1e6,
      },
      conditions: `${conditions}; writer alone, one thread`,
    },
    {
      name: `CPU per event, last quarter of ${(events / 1e6).toFixed(1)} M events to the first`,
      value: median(costs.slice(-quarter)) / median(costs.slice(0, quarter)),
      unit: '×',
      target: { atMost: 1.2 },
      detail: Object.fromEntries(steps.map((step) => [`at ${step.events}`, step.cpuMicrosecondsPerEvent])),
      conditions: `${conditions}; sealing and checkpoints included; other load on the machine moves single steps`,
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
