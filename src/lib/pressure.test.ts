import { expect, it } from 'vitest';
import { waitFor } from '../../test/support/wait-for.ts';
import { createPressureCell, ease, publishPressure } from './pressure.ts';
import type { Load } from './pressure.ts';

/** Keeps this thread busy for a while, then lets its timers run. */
async function work(): Promise<void> {
  const until = performance.now() + 60;
  while (performance.now() < until);
  await new Promise((resolve) => setTimeout(resolve, 1));
}

const published = (cell: SharedArrayBuffer): number => Atomics.load(new Int32Array(cell), 0);

const crowded: Load = { calls: 100, others: 0, commits: 4, events: 100 };

it('has background work rest beside a thread that is busy with calls', async () => {
  const cell = createPressureCell();
  const stop = publishPressure(cell, () => crowded);
  await waitFor('the pressure to rise', async () => {
    await work();
    return published(cell) > 100 || undefined;
  });
  stop();

  const other = createPressureCell();
  const stopOther = publishPressure(other, () => ({ ...crowded, events: 1000 }));
  await waitFor('more of it when batches fill the commits', async () => {
    await work();
    return published(other) > 1000 || undefined;
  });
  stopOther();
});

it.each([
  ['questions, which delay nobody', { ...crowded, calls: 0, others: 100 }],
  ['calls that need not wait for one another', { ...crowded, commits: 20 }],
  ['nothing that was to be stored', { ...crowded, commits: 0, events: 0 }],
])('does not count what it spends on %s', async (_, load) => {
  const cell = createPressureCell();
  let asked = 0;
  const stop = publishPressure(cell, () => {
    asked++;
    return load;
  });
  await waitFor('a few samples', async () => {
    await work();
    return asked > 3 || undefined;
  });
  expect(published(cell)).toBe(0);
  stop();
});

it('lets background work go on at once, or rest as long as is said', async () => {
  const cell = createPressureCell();
  const view = new Int32Array(cell);
  const timed = async (): Promise<number> => {
    const from = performance.now();
    await ease(cell, 5);
    return performance.now() - from;
  };
  Atomics.store(view, 0, 0);
  const free = await timed();
  Atomics.store(view, 0, 1000);
  expect(await timed()).toBeGreaterThan(free);
});

it('lets it rest no longer than the peak lasts', async () => {
  const crowdedCell = (): SharedArrayBuffer => {
    const cell = createPressureCell();
    Atomics.store(new Int32Array(cell), 0, 10_000);
    return cell;
  };
  const [lasting, passing] = [crowdedCell(), crowdedCell()];
  const firstBegun = ease(lasting, 1000).then(() => 'the first begun');
  const freed = ease(passing, 1000).then(() => 'the one whose peak has passed');
  Atomics.store(new Int32Array(passing), 0, 0);
  expect(await Promise.race([firstBegun, freed])).toBe('the one whose peak has passed');
  await firstBegun;
});
