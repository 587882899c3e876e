// A log whose disk refuses to take more: full, or failing otherwise. Nothing half-stored, the reason in the state, and
// recovery without anybody's help.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EventLog, LogEntry } from '../../src/log/event-log.ts';
import { openSqliteLog } from '../../src/log/sqlite/sqlite-log.ts';
import { describeOnSmallDisk, mountSmallDisk } from '../support/small-disk.ts';
import { waitFor } from '../support/wait-for.ts';
import { LogProcess, expectNothingLost } from '../support/log-process.ts';

const entry = (n: number): LogEntry => ({
  sourceId: 'source-0',
  messageId: `0-${n}`,
  receivedAt: 1_767_225_600_000 + n,
  personKey: '',
  body: JSON.stringify({ client: 0, n, text: 'x'.repeat(900) }),
});

describeOnSmallDisk('a log on a full disk', () => {
  it('rejects, says why, and stores again by itself when space returns', async () => {
    const disk = mountSmallDisk(24);
    onTestFinished(() => disk.dispose());
    const folder = path.join(disk.path, 'log');
    const log: EventLog = await openSqliteLog({ folder, segmentEvents: 500 });
    const stored = new Map<string, number>();
    let next = 0;
    const append = async (): Promise<string | null> => {
      const batch = Array.from({ length: 20 }, (_, i) => entry(next + i));
      try {
        const appended = await log.append(batch);
        expect(appended.every(({ duplicate }) => !duplicate)).toBe(true);
        appended.forEach(({ offset }, i) => stored.set(batch[i]!.messageId, offset));
        next += batch.length;
        return null;
      } catch (error) {
        return (error as { readonly code: string }).code;
      }
    };
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 60; n++) expect(await append()).toBeNull();
      disk.fill();
      await waitFor('a rejection', async () => (await append()) === 'log_unavailable', { everyMs: 0 });
      for (let n = 0; n < 10; n++) expect(await append()).toBe('log_unavailable');
      const { unavailable, partitions } = await log.status();
      expect(unavailable).toMatch(/full/);
      expect(partitions).toEqual([{ partition: 0, start: 1, end: stored.size + 1 }]);
      disk.free();
      // Nobody appends: it finds out by itself.
      await waitFor('recovery', async () => (await log.status()).unavailable === null);
      expect(await append()).toBeNull();
    }
    await waitFor('every seal', async () => (await log.status()).warning === null && unsealed(folder) === 1);
    await log.close();
    await expectNothingLost(folder, stored);
  });

  it('can still be relieved by retention', async () => {
    const disk = mountSmallDisk(24);
    onTestFinished(() => disk.dispose());
    const folder = path.join(disk.path, 'log');
    const log: EventLog = await openSqliteLog({ folder, segmentEvents: 500 });
    let next = 0;
    const batch = (): LogEntry[] => Array.from({ length: 50 }, () => entry(next++));
    const full = async (): Promise<boolean> =>
      log.append(batch()).then(
        () => false,
        () => true,
      );
    await waitFor('a full disk', full, { everyMs: 0 });
    const all = Number.MAX_SAFE_INTEGER;
    const { removedEvents } = await log.retain({ maxAgeMs: all, maxBytes: 8 * 2 ** 20, heldFrom: [] });
    expect(removedEvents).toBeGreaterThan(0);
    await waitFor('recovery', async () => (await log.status()).unavailable === null);
    expect(await log.append(batch())).toHaveLength(50);
    const gap = (await log.read(0, 1, 10, 1e6)).gap!;
    expect(gap.counts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(removedEvents);
    await log.close();
  });
});

/** Segments without an index. */
function unsealed(folder: string): number {
  const names = readdirSync(folder);
  return names.filter((name) => /^\d+\.db$/.test(name) && !names.includes(name.replace('.db', '.idx'))).length;
}

describe.skipIf(process.platform !== 'linux')('a log whose writes fail (skipped but on Linux: needs prlimit)', () => {
  it('rejects, and stores again when they succeed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'leat-log-limit-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    // Past the limit on the size of a file each write fails with EFBIG, which SQLite reports as an input/output error.
    const child = new LogProcess(folder, 0, undefined, ['prlimit', `--fsize=${300 * 1024}:unlimited`]);
    await waitFor('refusals', () => child.refused.length >= 10);
    expect(new Set(child.refused)).toEqual(new Set(['log_unavailable']));
    const before = child.stored.size;
    expect(before).toBeGreaterThan(0);
    execFileSync('prlimit', [`--pid=${child.pid}`, '--fsize=unlimited']);
    await waitFor('stored entries', () => child.stored.size > before + 2000);
    const refused = child.refused.length;
    await child.hears(1000);
    expect(child.refused).toHaveLength(refused);
    await child.kill();
    await expectNothingLost(folder, child.stored);
  });
});
