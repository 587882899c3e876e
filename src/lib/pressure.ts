// How background threads make room for the thread that serves HTTP.
//
// The HTTP thread publishes how busy it is into shared memory; background loops pass through `ease` between slices of
// work and sleep longer the busier it is. On two cores one busy worker halves what the HTTP thread can do, so under a
// peak ingest keeps the machine and the workspace catches up afterwards (priority: ingest, log, workspace, delivery).
import { performance } from 'node:perf_hooks';
import type { EventLoopUtilization } from 'node:perf_hooks';
import { sleep } from './sleep.ts';

/** Shared memory that carries the utilisation of the HTTP thread, in per mille, to the other threads. */
export type PressureCell = SharedArrayBuffer;

export const createPressureCell = (): PressureCell => new SharedArrayBuffer(4);

const sampleEveryMs = 50;
/**
 * Utilisations (per mille) from which background work starts to yield, and at which it yields fully. A commit's round
 * trip keeps the HTTP thread from ever being busy all the time, so full means 80 %, not 100 %.
 */
const lowWater = 600;
const highWater = 800;
/**
 * How many times as long as it worked a background loop rests when it yields fully. Measured on two cores against a rest
 * of six times: a sixth more single events a second, and each costs a seventh less CPU.
 */
const fullRest = 20;

/** Publishes this thread's event loop utilisation into `cell` until the returned function is called. */
export function publishPressure(cell: PressureCell): () => void {
  const view = new Int32Array(cell);
  let last: EventLoopUtilization = performance.eventLoopUtilization();
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization();
    Atomics.store(view, 0, Math.round(performance.eventLoopUtilization(now, last).utilization * 1000));
    last = now;
  }, sampleEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Yields to the HTTP thread. `workedMs` is how long the caller's last slice took: under a peak it rests up to twenty times that. */
export async function ease(cell: PressureCell, workedMs: number, signal?: AbortSignal): Promise<void> {
  const busy = Atomics.load(new Int32Array(cell), 0);
  if (busy < lowWater) return;
  const rest = fullRest * Math.min(1, (busy - lowWater) / (highWater - lowWater));
  await sleep(Math.min(250, Math.max(1, workedMs * rest)), signal);
}
