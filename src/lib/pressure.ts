// How background threads make room for the thread that serves HTTP.
//
// The HTTP thread publishes into shared memory how much of a core taking calls costs it; background loops pass through
// `ease` between slices of work and sleep longer the more that is. On two cores one busy worker halves what the HTTP
// thread can do, so under a peak ingest keeps the machine and the workspace catches up afterwards (priority: ingest, log,
// workspace, delivery).
//
// Only what calls cost counts, and only while they wait for one another. The time that an event loop is busy would also grow
// with questions to the control API and with time spent waiting for a core, and background work that rests for those falls
// behind for nobody's benefit: whoever polls for an event to appear would delay it further. CPU alone does not tell a peak
// from a lively day: at half the rate that a machine can take, commits are small and each call costs twice as much. But
// at a peak many calls share each commit, and below it few do.
import { performance } from 'node:perf_hooks';
import { threadCpuUsage } from 'node:process';
import { sleep } from './sleep.ts';

/** Shared memory that carries what calls cost the HTTP thread, in per mille of a core, to the other threads. */
export type PressureCell = SharedArrayBuffer;

export const createPressureCell = (): PressureCell => new SharedArrayBuffer(4);

const sampleEveryMs = 50;
/** What is left of a sample when the next one comes: half of it after 0.2 s. One sample alone swings by a third at an even load. */
const keptPart = 0.85;
/**
 * Shares of a core (per mille) from which background work starts to yield, and at which it yields fully. Below them there
 * is room for both, however calls come; above them the next two tell a peak from a lively day.
 */
const lowWater = 300;
const highWater = 400;
/**
 * Events a commit from which calls begin to count as waiting for one another, and at which they do. Measured with 64
 * connections on two slow cores: 22.5 to 25 at full speed, 15 to 20 at 12,000 events a second.
 */
const fewTogether = 21;
const manyTogether = 23;
/**
 * How many times as long as it worked a background loop rests when it yields fully. With 20 single events are some per cent
 * quicker, and a load that is a little much for the first seconds of a process leaves the workspace behind for longer.
 */
const fullRest = 6;

/** What the HTTP thread did since it was last asked. */
export interface Load {
  /** Requests that were calls, and others. */
  readonly calls: number;
  readonly others: number;
  /** Commits that calls waited for, and the events in them. */
  readonly commits: number;
  readonly events: number;
}

/** Publishes the CPU that calls cost this thread into `cell`, until the returned function is called. */
export function publishPressure(cell: PressureCell, load: () => Load): () => void {
  const view = new Int32Array(cell);
  const fading = new Fading();
  let lastAt = performance.now();
  let lastCpu = threadCpuUsage();
  const timer = setInterval(() => {
    const now = performance.now();
    const { user, system } = threadCpuUsage(lastCpu);
    fading.add({ ...load(), wallMicros: (now - lastAt) * 1000, cpuMicros: user + system });
    const { cpuMicros, wallMicros } = fading.sums;
    Atomics.store(view, 0, Math.round((cpuMicros / wallMicros) * 1000 * countingPart(fading.sums)));
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

/** Which part (0 to 1) of a thread's CPU is a reason to make room for it. */
function countingPart({ calls, others, commits, events }: Load): number {
  if (calls === 0 || commits === 0) return 0;
  const together = (events / commits - fewTogether) / (manyTogether - fewTogether);
  return (calls / (calls + others)) * Math.min(1, Math.max(0, together));
}

/** Yields to the HTTP thread. `workedMs` is how long the caller's last slice took: under a peak it rests up to six times that. */
export async function ease(cell: PressureCell, workedMs: number, signal?: AbortSignal): Promise<void> {
  const busy = Atomics.load(new Int32Array(cell), 0);
  if (busy < lowWater) return;
  const rest = fullRest * Math.min(1, (busy - lowWater) / (highWater - lowWater));
  await sleep(Math.min(250, Math.max(1, workedMs * rest)), signal);
}
