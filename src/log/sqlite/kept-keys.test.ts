import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { entries, readAll, temporaryFolder } from '../log-entries.fixture.ts';
import { takeKeys } from './kept-keys.ts';
import { indexPath, keptKeysPath } from './segment-file.ts';
import { fillSegments, firstsIn, openTestLog } from './test-log.fixture.ts';

const events = 6000;

/** A folder as a clean stop leaves it, with six thousand events in the open segment. */
async function stoppedLog(): Promise<{ folder: string; kept: string }> {
  const folder = temporaryFolder();
  const log = openTestLog(folder);
  await fillSegments(log, events);
  await log.close();
  return { folder, kept: keptKeysPath(folder, 1) };
}

/** Whether a log that is opened again knows every event of before, takes a new one and counts both. */
async function expectKnown(folder: string): Promise<void> {
  const log = openTestLog(folder);
  const { duplicates } = log.append(entries(0, events + 1));
  expect(duplicates).toEqual(Array.from({ length: events }, (_, n) => [n, n + 1]).flat());
  expect(await readAll(log.reader)).toHaveLength(events + 1);
  const counts = await log.reader.countBetween(0, 0, events + 2);
  expect(counts.reduce((sum, one) => sum + one.events, 0)).toBe(events + 1);
  await log.close();
}

it('keys of the open segment are kept at a stop, and taken at the next start', async () => {
  const { folder, kept } = await stoppedLog();
  expect(existsSync(kept)).toBe(true);
  const log = openTestLog(folder);
  expect(existsSync(kept)).toBe(false);
  await log.close();
  await expectKnown(folder);
});

it('keys that are kept damaged do not count: the segment is read', async () => {
  const { folder, kept } = await stoppedLog();
  const bytes = readFileSync(kept);
  bytes[5000]! ^= 1;
  writeFileSync(kept, bytes);
  await expectKnown(folder);
  truncateSync(kept, 1000);
  const log = openTestLog(folder);
  expect(log.append(entries(0, events + 1)).duplicates).toHaveLength(2 * (events + 1));
});

it('keys that were kept in another form do not count: an older version may have been the one that stopped', async () => {
  const { folder, kept } = await stoppedLog();
  const bytes = readFileSync(kept);
  const [, seed = ''] = /"seed":"(\w+)"/.exec(bytes.toString('latin1')) ?? [];
  expect(takeKeys(folder, seed, 1)).toMatchObject({ end: events + 1 });
  bytes.write('LEATKEY0');
  bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  writeFileSync(kept, bytes);
  expect(takeKeys(folder, seed, 1)).toBeNull();
  expect(existsSync(kept)).toBe(false);
  await expectKnown(folder);
});

it('keys that can be neither read, removed nor written keep no log from opening or closing', async () => {
  const { folder, kept } = await stoppedLog();
  rmSync(kept);
  // In the file's place, what fails as a file does that another program holds.
  mkdirSync(kept);
  await expectKnown(folder);
  expect(existsSync(kept)).toBe(true);
});

it('keys of an earlier stop do not count once there are more events', async () => {
  const { folder, kept } = await stoppedLog();
  const old = `${kept}.old`;
  copyFileSync(kept, old);
  const log = openTestLog(folder);
  log.append(entries(events, events + 5));
  await log.close();
  copyFileSync(old, kept);
  const again = openTestLog(folder);
  expect(again.append(entries(0, events + 5)).duplicates).toHaveLength(2 * (events + 5));
});

it('a segment whose keys were kept is sealed and counted as one that was read', async () => {
  const { folder } = await stoppedLog();
  const log = openTestLog(folder, { segmentEvents: events });
  log.append(entries(events, events + 50));
  await log.writer.upkeep();
  expect(existsSync(indexPath(folder, 1))).toBe(true);
  await log.writer.retain({ maxAgeMs: Number.MAX_SAFE_INTEGER, maxBytes: 0, heldFrom: [] });
  expect(firstsIn(folder)).toEqual([events + 1]);
  expect(await log.reader.countBetween(0, 100, 200)).toEqual([{ sourceId: 'source-a', events: 100 }]);
});
