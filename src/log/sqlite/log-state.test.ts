import { copyFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../../lib/sqlite.ts';
import { entries, newYear, readAll, temporaryFolder } from '../log-entries.fixture.ts';
import { filesOf, indexPath, segmentPath } from './segment-file.ts';
import { fillSegments, firstsIn, keepAll, openTestLog } from './test-log.fixture.ts';

const small = { segmentEvents: 100 };

describe('recovery', () => {
  /** A closed log of 350 events in segments of 100. */
  const closedLog = async (): Promise<string> => {
    const folder = temporaryFolder();
    const log = openTestLog(folder, small);
    await fillSegments(log, 350);
    await log.close();
    return folder;
  };
  const expectWhole = async (folder: string): Promise<void> => {
    const log = openTestLog(folder, small);
    expect(log.append(entries(0, 350)).duplicates).toHaveLength(700);
    await log.writer.upkeep();
    expect(log.append(entries(0, 360)).duplicates).toHaveLength(700);
    expect(await readAll(log.reader)).toHaveLength(360);
    expect(await log.reader.countBetween(0, 1, 361)).toEqual([{ sourceId: 'source-a', events: 360 }]);
    expect(await log.reader.find('message-150')).toMatchObject([{ offset: 151 }]);
    const counts = await log.reader.counts(newYear / 60_000, newYear / 60_000 + 10);
    expect(counts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(360);
    expect(await log.reader.status()).toMatchObject({ unavailable: null, warning: null });
    await log.close();
  };

  it('makes an index again that is missing or damaged', async () => {
    const folder = await closedLog();
    rmSync(indexPath(folder, 1));
    writeFileSync(indexPath(folder, 101), 'LEATIDX1 and then nothing');
    await expectWhole(folder);
    const path = indexPath(folder, 201);
    const damaged = readFileSync(path);
    damaged[damaged.length - 20]! ^= 0xff;
    writeFileSync(path, damaged);
    const log = openTestLog(folder, small);
    await log.writer.upkeep();
    expect(readFileSync(path).equals(damaged)).toBe(false);
    expect(log.append(entries(0, 360)).duplicates).toHaveLength(720);
  });

  it('makes the catalog again when it is missing', async () => {
    const folder = await closedLog();
    for (const end of ['', '-wal', '-shm']) rmSync(join(folder, `catalog.db${end}`), { force: true });
    await expectWhole(folder);
  });

  it('adds up the hours of segments that an earlier version closed', async () => {
    const folder = await closedLog();
    const catalog = openSqlite(join(folder, 'catalog.db'));
    catalog.exec('DROP TABLE hour_counts');
    catalog.close();
    const log = openTestLog(folder, small);
    const hours = await log.reader.counts(newYear / 60_000, newYear / 60_000 + 60, 60);
    expect(hours).toMatchObject([{ minute: newYear / 60_000, accepted: 350 }]);
  });

  it('clears away what a crash left half done', async () => {
    const folder = await closedLog();
    writeFileSync(`${indexPath(folder, 301)}.tmp`, 'half');
    writeFileSync(`${segmentPath(folder, 351)}.tmp`, '');
    writeFileSync(`${segmentPath(folder, 351)}.tmp-wal`, '');
    await expectWhole(folder);
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it('finishes a removal that was cut short', async () => {
    const folder = await closedLog();
    const aside = temporaryFolder();
    copyFileSync(segmentPath(folder, 1), join(aside, 'segment'));
    let log = openTestLog(folder, small);
    await log.writer.retain({ ...keepAll, maxAgeMs: -1, heldFrom: [{ partition: 0, offset: 101 }] });
    await log.close();
    copyFileSync(join(aside, 'segment'), segmentPath(folder, 1));
    log = openTestLog(folder, small);
    expect(firstsIn(folder)).toEqual([101, 201, 301]);
    expect(await log.reader.range()).toEqual({ start: 101, end: 351 });
  });

  it('tells readers and status() of a segment that somebody deleted', async () => {
    const folder = await closedLog();
    for (const path of filesOf(folder, 101)) rmSync(path, { force: true });
    const log = openTestLog(folder, small);
    await log.writer.upkeep();
    expect((await log.reader.status()).warning).toMatch(/missing/);
    const first = await log.reader.read(0, 51, 1000, 1e6);
    expect(first).toMatchObject({ next: 101, records: { length: 50 } });
    const second = await log.reader.read(0, 101, 1000, 1e6);
    expect(second.gap).toMatchObject({ from: 101, to: 201 });
    expect(second.gap!.counts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(100);
    expect((await log.reader.read(0, second.next, 1000, 1e6)).records[0]?.offset).toBe(201);
  });

  it('goes on at the same offset when every segment has been removed', async () => {
    const folder = await closedLog();
    for (const first of [1, 101, 201, 301]) for (const path of filesOf(folder, first)) rmSync(path, { force: true });
    const log = openTestLog(folder, small);
    // The open segment was in no catalog, so its 50 events are forgotten; the closed ones are not.
    expect(log.append(entries(1000, 1001)).first).toBe(301);
  });
});
