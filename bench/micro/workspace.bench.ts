// The workspace alone: how many events a second it applies, at 100,000 and at 1,000,000 people.
//
// Measured is everything from the body of an event to the commit: parsing, routing through the default actions, mapping,
// reducing, SQLite. The log is generated, so reading it is not in the figure.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/lib/clock.ts';
import { createPressureCell } from '../../src/lib/pressure.ts';
import { workspaceActions } from '../../src/workspace/default-actions.ts';
import { WorkspaceProcessor } from '../../src/workspace/processor.ts';
import { openSqliteWorkspace } from '../../src/workspace/sqlite/open-sqlite-workspace.ts';
import { defaultWorkspaceSettings } from '../../src/workspace/workspace-settings.ts';
import type { WorkspaceStore } from '../../src/workspace/workspace-store.ts';
import type { Bench, Finding } from '../support/bench.ts';
import { GeneratedLog } from '../support/generated-log.ts';

const mix = '20 % identify, 70 % track, 4 % page, 2 % screen, 4 % group; 0.4 KB each; people by a stride';

export interface WorkspaceThroughput {
  /** While every event made a new person. */
  readonly peoplePerSecond: number;
  readonly eventsPerSecond: number;
  /** User and system time of the process per event of the mix. */
  readonly cpuMicrosPerEvent: number;
  /** Of the process: Node.js itself takes about 50 MB of it. */
  readonly peakRssBytes: number;
  readonly fileBytes: number;
}

/** Fills a workspace with people, then applies `events` of the mix to it. */
export async function measureWorkspace(people: number, events: number): Promise<WorkspaceThroughput> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leat-bench-'));
  const file = path.join(folder, 'workspace.db');
  const store = openSqliteWorkspace(file);
  const actions = {
    id: 'workspace',
    name: 'Workspace',
    kind: 'workspace',
    enabled: true,
    settings: {},
    sourceIds: null,
    actions: workspaceActions(),
    version: 1,
    createdAt: 0,
    startFrom: 'beginning',
  } as const;
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error };
  const processor = new WorkspaceProcessor({
    log: new GeneratedLog({ people, events }),
    store,
    actions,
    settings: defaultWorkspaceSettings,
    pressure: createPressureCell(),
    clock: systemClock,
    logger: silent,
  });
  const stop = new AbortController();
  const began = performance.now();
  const running = processor.run(stop.signal);
  let peakRssBytes = 0;
  const reached = async (offset: number): Promise<void> => {
    while ((await offsetOf(store)) < offset) {
      peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await reached(1 + people);
  const filled = performance.now();
  const cpu = process.cpuUsage();
  const from = await offsetOf(store);
  await reached(1 + people + events);
  const [done, spent] = [performance.now(), process.cpuUsage(cpu)];
  const applied = 1 + people + events - from;
  stop.abort();
  await running;
  await store.close();
  const fileBytes = statSync(file).size;
  rmSync(folder, { recursive: true });
  return {
    peoplePerSecond: (people / (filled - began)) * 1000,
    eventsPerSecond: (applied / (done - filled)) * 1000,
    cpuMicrosPerEvent: (spent.user + spent.system) / applied,
    peakRssBytes,
    fileBytes,
  };
}

async function offsetOf(store: WorkspaceStore): Promise<number> {
  const { cursors } = await store.position();
  return cursors[0]?.offset ?? 0;
}

async function finding(people: number, events: number, target: number): Promise<Finding> {
  const measured = await measureWorkspace(people, events);
  return {
    name: `workspace at ${people.toLocaleString('en')} people`,
    value: measured.eventsPerSecond,
    unit: 'events/s',
    target: { atLeast: target },
    detail: {
      'CPU µs per event': measured.cpuMicrosPerEvent,
      'new people per s': measured.peoplePerSecond,
      'resident MB, peak': measured.peakRssBytes / 1e6,
      'file MB': measured.fileBytes / 1e6,
    },
    conditions: `one thread; parse, route, reduce and commit, log reading excluded; WAL, synchronous NORMAL; ${mix}`,
  };
}

export const workspace: Bench = {
  name: 'workspace',
  run: async ({ short }) =>
    short
      ? [await finding(20_000, 100_000, 40_000)]
      : [await finding(100_000, 600_000, 40_000), await finding(1_000_000, 500_000, 25_000)],
};
