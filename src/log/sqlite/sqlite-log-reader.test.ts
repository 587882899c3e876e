import { readdirSync, readlinkSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { entries, newYear, readAll, temporaryFolder } from '../log-entries.fixture.ts';
import { segmentPath } from './segment-file.ts';
import { openSqliteLog } from './sqlite-log.ts';
import { fillSegments, keepAll, openTestLog } from './test-log.fixture.ts';

describe('a reader', () => {
  const onLinux = process.platform === 'linux';

  it.skipIf(!onLinux)('lets go of the files that retention removes (seen through /proc on Linux)', async () => {
    const folder = temporaryFolder();
    const log = openTestLog(folder, { segmentEvents: 100 });
    await fillSegments(log, 350);
    expect(await readAll(log.reader)).toHaveLength(350);
    await log.writer.retain({ ...keepAll, maxBytes: 1 });
    await log.reader.status();
    const open = readdirSync('/proc/self/fd').map((fd) => readlinkOrNothing(join('/proc/self/fd', fd)));
    expect(open.filter((path) => path.startsWith(folder) && path.endsWith('(deleted)'))).toEqual([]);
    expect((await log.reader.read(0, 1, 1000, 1e6)).gap).toMatchObject({ from: 1, to: 301 });
  });

  it('says so when the file that it needs is gone', async () => {
    const folder = temporaryFolder();
    const log = openTestLog(folder);
    log.append(entries(0, 10));
    rmSync(segmentPath(folder, 1));
    await expect(log.reader.read(0, 5, 10, 1000)).rejects.toThrow(/missing/);
  });

  it('counts each event once, also while the segment that holds it is sealed on the writer’s thread', async () => {
    const log = await openSqliteLog({ folder: temporaryFolder(), segmentEvents: 20 });
    onTestFinished(() => log.close());
    const minute = newYear / 60_000;
    const events = { sent: 0, stored: 0 };
    const append = async (): Promise<void> => {
      for (let turn = 0; turn < 200; turn++) {
        events.sent += 10;
        await log.append(entries(events.sent - 10, events.sent, { receivedAt: newYear }));
        events.stored += 10;
      }
    };
    const appending = append();
    while (events.stored < 2000) {
      const before = events.stored;
      const [count] = await log.counts(minute, minute + 1);
      expect(count?.accepted ?? 0).toBeGreaterThanOrEqual(before);
      expect(count?.accepted ?? 0).toBeLessThanOrEqual(events.sent);
      await setImmediate();
    }
    await appending;
  });

  function readlinkOrNothing(path: string): string {
    try {
      return readlinkSync(path);
    } catch {
      // The descriptor that listed the folder is closed by now.
      return '';
    }
  }
});
