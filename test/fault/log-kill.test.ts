// kill -9 while six clients append (guarantee G1 at the log alone): every answer that was given holds.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runSeed, seededRandom } from '../support/seeded-random.ts';
import { LogProcess, expectNothingLost } from '../support/log-process.ts';

const rounds = process.env['LEAT_SOAK'] ? 50 : 6;
const seed = runSeed();

it(`keeps every acknowledged entry exactly once through ${rounds} kills (LEAT_TEST_SEED=${seed})`, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'leat-log-kill-'));
  const random = seededRandom(seed);
  const stored = new Map<string, number>();
  try {
    for (let round = 0; round < rounds; round++) {
      const child = new LogProcess(folder, round, stored);
      await child.hears(50 + random.integer(2500));
      await child.kill();
      expect(child.refused).toEqual([]);
      if (round % 3 === 2) await expectNothingLost(folder, stored);
    }
    expect(stored.size).toBeGreaterThan(rounds * 50);
    await expectNothingLost(folder, stored);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 600_000);
