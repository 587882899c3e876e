// How background threads make room for the thread that serves HTTP.
//
// The HTTP thread publishes into shared memory how long background loops are to rest for their work; they pass through
// `ease` between slices of it. On two cores one busy worker halves what the HTTP thread can do, so under a peak ingest
// keeps the machine and the workspace catches up afterwards (priority: ingest, log, workspace, delivery).
//
// Only what calls cost counts, and only while they wait for one another. The time that an event loop is busy would also grow
// with questions to the control API and with time spent waiting for a core, and background work that rests for those falls
// behind for nobody's benefit: whoever polls for an event to appear would delay it further. CPU alone does not tell a peak
// from a lively day: at half the rate that a machine can take, commits are small and each call costs twice as much. But
// at a peak many calls share each commit, and below it few do.
import { performance } from 'node:perf_hooks';
import { threadCpuUsage } from 'node:process';
import { sleep } from './sleep.ts';

/** Shared memory that says how many times as long as they worked background loops rest, in hundredths. */
export type PressureCell = SharedArrayBuffer;

export const createPressureCell = (): PressureCell => new SharedArrayBuffer(4);

const sampleEveryMs = 50;
/** What is left of a sample when the next one comes: half of it after 0.2 s. One sample alone swings by a third at an even load. */
const keptPart = 0.85;
/**
 * Shares of a core that calls cost from which background work starts to yield, and at which it yields fully. Below them
 * there is room for both, however calls come; above them the next two tell a peak from a lively day.
 */
const lowWater = 0.3;
const highWater = 0.4;
/**
 * Events a commit from which calls begin to count as waiting for one another, and at which they do. Measured with 64
 * connections on two slow cores: 22.5 to 25 at full speed, 15 to 20 at 12,000 events a second.
 */
const fewTogether = 21;
const manyTogether = 23;
/**
 * How many times as long as it worked a background loop rests when it yields fully. Most lag of fresh servers at 12,000
 * events a second is the same with 6 and 12 (0.32 to 0.42 s, three each); with 20 some lagged by 1.3 and 2.1 s.
 */
const fullRest = 12;
/**
 * The same where batches fill commits with as many events as below: more than a workspace keeps in step with anyway.
 * Measured with batches of 100, three servers each, in turns: 88,700 to 114,200 events a second with 6, 109,700 to 128,700 with 20.
 */
const longestRest = 20;
const batchesTogether = { from: 30, to: 100 };

/** What the HTTP thread did since it was last asked. */
export interface Load {
  /** Requests that were calls, and others. */
  readonly calls: number;
  readonly others: number;
  /** Commits that calls waited for, and the events in them. */
  readonly commits: number;
  readonly events: number;
}

/** Publishes into `cell` how this thread's calls would have others rest, until the returned function is called. */
export function publishPressure(cell: PressureCell, load: () => Load): () => void {
  const view = new Int32Array(cell);
  const fading = new Fading();
  let lastAt = performance.now();
  let lastCpu = threadCpuUsage();
  const timer = setInterval(() => {
    const now = performance.now();
    const { user, system } = threadCpuUsage(lastCpu);
    fading.add({ ...load(), wallMicros: (now - lastAt) * 1000, cpuMicros: user + system });
    Atomics.store(view, 0, Math.round(100 * restFor(fading.sums)));
    lastAt = now;
    lastCpu = threadCpuUsage();
  }, sampleEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

interface Sample extends Load {
  readonly wallMicros: number;
  readonly cpuMicros: number;
}

/** Sums in which what is past fades. */
class Fading {
  sums: Sample = { calls: 0, others: 0, commits: 0, events: 0, wallMicros: 0, cpuMicros: 0 };

  add(sample: Sample): void {
    const { sums } = this;
    const sum = (name: keyof Sample): number => sums[name] * keptPart + sample[name];
    this.sums = {
      calls: sum('calls'),
      others: sum('others'),
      commits: sum('commits'),
      events: sum('events'),
      wallMicros: sum('wallMicros'),
      cpuMicros: sum('cpuMicros'),
    };
  }
}

/** How many times as long as it worked background work rests beside this. */
function restFor({ calls, others, commits, events, wallMicros, cpuMicros }: Sample): number {
  if (calls === 0 || commits === 0) return 0;
  const together = events / commits;
  const share = (cpuMicros / wallMicros) * (calls / (calls + others));
  const yielding = ramp(share, lowWater, highWater) * ramp(together, fewTogether, manyTogether);
  return yielding * (fullRest + (longestRest - fullRest) * ramp(together, batchesTogether.from, batchesTogether.to));
}

/** 0 up to `from`, 1 from `to` on, and the way between. */
const ramp = (value: number, from: number, to: number): number =>
  Math.min(1, Math.max(0, (value - from) / (to - from)));

/** However long it worked, a loop rests no longer than this. */
const mostRestMs = 250;

/**
 * Yields to the HTTP thread. `workedMs` is how long the caller's last slice took: under a peak it rests several times that,
 * and no longer than the peak lasts.
 */
export async function ease(cell: PressureCell, workedMs: number, signal?: AbortSignal): Promise<void> {
  const from = performance.now();
  for (;;) {
    const rested = performance.now() - from;
    const left = restMs(cell, workedMs) - rested;
    if (left <= 0 || signal?.aborted) return;
    await sleep(Math.min(left, sampleEveryMs), signal);
  }
}

function restMs(cell: PressureCell, workedMs: number): number {
  const rest = Atomics.load(new Int32Array(cell), 0) / 100;
  return rest === 0 ? 0 : Math.min(mostRestMs, Math.max(1, workedMs * rest));
}
