import { expect, it } from 'vitest';
import { waitFor } from '../../test/support/wait-for.ts';
import { createPressureCell, ease, publishPressure } from './pressure.ts';

/** Keeps this thread busy for a while, then lets its timers run. */
async function work(): Promise<void> {
  const until = performance.now() + 60;
  while (performance.now() < until);
  await new Promise((resolve) => setTimeout(resolve, 1));
}

const published = (cell: SharedArrayBuffer): number => Atomics.load(new Int32Array(cell), 0);

it('publishes the CPU of a thread that is busy with calls', async () => {
  const cell = createPressureCell();
  const stop = publishPressure(cell, () => 1);
  await waitFor('the pressure to rise', async () => {
    await work();
    return published(cell) > 100 || undefined;
  });
  stop();
});

it('counts of that only the part that is for calls, so that questions delay nobody', async () => {
  const cell = createPressureCell();
  let asked = 0;
  const stop = publishPressure(cell, () => {
    asked++;
    return 0;
  });
  await waitFor('a few samples', async () => {
    await work();
    return asked > 3 || undefined;
  });
  expect(published(cell)).toBe(0);
  stop();
});

it('lets background work go on at once when calls cost little, and rest when they fill a core', async () => {
  const cell = createPressureCell();
  const view = new Int32Array(cell);
  const timed = async (): Promise<number> => {
    const from = performance.now();
    await ease(cell, 5);
    return performance.now() - from;
  };
  Atomics.store(view, 0, 400);
  const free = await timed();
  Atomics.store(view, 0, 1000);
  expect(await timed()).toBeGreaterThan(free);
});
