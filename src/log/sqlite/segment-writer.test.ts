import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../../lib/sqlite.ts';
import { entries, entry, newYear, readAll, temporaryFolder } from '../log-entries.fixture.ts';
import { KeyHash } from './key-hash.ts';
import { LogCatalog } from './log-catalog.ts';
import { filesOf, firstOf, indexPath, segmentPath } from './segment-file.ts';
import { TestClock, openTestLog } from './test-log.fixture.ts';
import type { TestLog } from './test-log.fixture.ts';

const small = { segmentEvents: 100 };
const day = 86_400_000;
const firstsIn = (folder: string): number[] => readdirSync(folder).flatMap((name) => firstOf(name) ?? []);
const keepAll = { maxAgeMs: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER, heldFrom: [] };

/** Appends one segment after the other, each sealed before the next one fills. */
async function fillSegments(log: TestLog, events: number, from = 0): Promise<void> {
  for (let at = from; at < from + events; at += 50) {
    log.append(entries(at, at + 50));
    await log.writer.upkeep();
  }
}

describe('segments', () => {
  it('are named after their first offset and closed at the limit of events', async () => {
    const folder = temporaryFolder();
    const log = openTestLog(folder, small);
    await fillSegments(log, 350);
    expect(firstsIn(folder)).toEqual([1, 101, 201, 301]);
    expect([1, 101, 201, 301].map((first) => existsSync(indexPath(folder, first)))).toEqual([true, true, true, false]);
    const records = await readAll(log.reader);
    expect(records.map(({ offset }) => offset)).toEqual(Array.from({ length: 350 }, (_, i) => i + 1));
    expect(await log.reader.status()).toMatchObject({ segments: 4, warning: null });
  });

  it('are closed at the limit of bytes, and at a certain age although little arrives', async () => {
    const folder = temporaryFolder();
    const clock = new TestClock();
    const log = openTestLog(folder, { segmentBytes: 50_000 }, clock);
    for (let at = 0; at < 200; at += 10) log.append(entries(at, at + 10, { body: JSON.stringify('x'.repeat(1000)) }));
    expect(firstsIn(folder).length).toBeGreaterThanOrEqual(3);
    await log.writer.upkeep();
    const before = firstsIn(folder).length;
    clock.pass(2 * day);
    log.append(entries(300, 301));
    expect(firstsIn(folder)).toHaveLength(before + 1);
    clock.pass(2 * day);
    await log.writer.retain(keepAll);
    expect(firstsIn(folder)).toHaveLength(before + 2);
    clock.pass(2 * day);
    await log.writer.retain(keepAll);
    expect(firstsIn(folder)).toHaveLength(before + 2);
  });

  it('are found again when the process ends before they are sealed', async () => {
    const folder = temporaryFolder();
    const first = openTestLog(folder, small);
    for (let at = 0; at < 300; at += 50) first.append(entries(at, at + 50));
    await first.close();
    expect(existsSync(indexPath(folder, 1))).toBe(false);
    const second = openTestLog(folder, small);
    expect(second.append(entries(0, 310)).duplicates).toHaveLength(600);
    await second.writer.upkeep();
    expect(existsSync(indexPath(folder, 1))).toBe(true);
    expect(second.append(entries(0, 310)).duplicates).toHaveLength(620);
    expect(await readAll(second.reader)).toHaveLength(310);
  });

  it('are locked against a second writer', () => {
    const folder = temporaryFolder();
    openTestLog(folder);
    expect(() => openTestLog(folder)).toThrow(/Another process writes the log/);
  });
});

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

describe('faults', () => {
  it('stores nothing while the segment cannot be written, and goes on by itself afterwards', async () => {
    const folder = temporaryFolder();
    const log = openTestLog(folder);
    log.append(entries(0, 10));
    const intruder = openSqlite(segmentPath(folder, 1));
    intruder.exec('BEGIN IMMEDIATE');
    expect(() => log.append([...entries(5, 15), entry(12)])).toThrow(
      expect.objectContaining({ name: 'FaultError', code: 'log_unavailable' }),
    );
    expect((await log.reader.status()).unavailable).toMatch(/locked/);
    await log.writer.upkeep();
    expect((await log.reader.status()).unavailable).toMatch(/locked/);
    expect(await log.reader.range()).toEqual({ start: 1, end: 11 });
    intruder.exec('ROLLBACK');
    intruder.close();
    await log.writer.upkeep();
    expect((await log.reader.status()).unavailable).toBeNull();
    expect(log.append([...entries(5, 15), entry(12)])).toEqual({
      first: 11,
      duplicates: [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 10, 13],
    });
    expect(await readAll(log.reader)).toHaveLength(15);
    const [counts] = await log.reader.counts(newYear / 60_000, newYear / 60_000 + 1);
    expect(counts).toMatchObject({ accepted: 15, duplicates: 6 });
  });
});

describe('the de-duplication window', () => {
  const limits = { segmentEvents: 100, dedupWindowMs: 7 * day };
  /** 300 events received day by day, in segments of 100. */
  const oldLog = async (clock: TestClock, more = {}): Promise<TestLog> => {
    const log = openTestLog(temporaryFolder(), { ...limits, ...more }, clock);
    for (let at = 0; at < 300; at += 100) {
      log.append(entries(at, at + 100, { receivedAt: clock.now() }));
      await log.writer.upkeep();
      clock.pass(day / 2);
    }
    return log;
  };
  const duplicatesOf = (log: TestLog, from: number, to: number): number =>
    log.append(entries(from, to)).duplicates.length / 2;

  it('forgets a segment when the clock has said for an hour that it is too old', async () => {
    const clock = new TestClock();
    const log = await oldLog(clock);
    clock.pass(6 * day);
    await log.writer.upkeep();
    clock.pass(3_599_000);
    await log.writer.upkeep();
    expect(duplicatesOf(log, 0, 10)).toBe(10);
    clock.pass(1000);
    await log.writer.upkeep();
    expect(duplicatesOf(log, 0, 10)).toBe(0);
    expect(duplicatesOf(log, 100, 110)).toBe(10);
    expect((await log.reader.status()).dedup).toMatchObject({ windowMs: 7 * day, bounded: false });
  });

  it('forgets nothing because the clock jumps ahead for a moment', async () => {
    const clock = new TestClock();
    const log = await oldLog(clock);
    clock.wallMs += 400 * day;
    // Events received while the clock is wrong make no difference either.
    log.append(entries(5000, 5250, { receivedAt: clock.now() }));
    await log.writer.upkeep();
    clock.elapsedMs += 3_000_000;
    await log.writer.upkeep();
    clock.wallMs -= 400 * day;
    await log.writer.upkeep();
    clock.pass(3_000_000);
    await log.writer.upkeep();
    expect(duplicatesOf(log, 0, 300)).toBe(300);
    expect(duplicatesOf(log, 5000, 5250)).toBe(250);
  });

  it('does not remember for ever what was received while the clock was ahead', async () => {
    const clock = new TestClock();
    const log = openTestLog(temporaryFolder(), limits, clock);
    log.append(entries(0, 100, { receivedAt: clock.now() + 4000 * day }));
    log.append(entries(100, 110, { receivedAt: clock.now() }));
    await log.writer.upkeep();
    clock.pass(8 * day);
    await log.writer.upkeep();
    clock.pass(3_600_000);
    await log.writer.upkeep();
    expect(duplicatesOf(log, 0, 1)).toBe(0);
    expect(duplicatesOf(log, 105, 110)).toBe(5);
  });

  it('forgets nothing when the clock jumps back', async () => {
    const clock = new TestClock();
    const log = await oldLog(clock);
    clock.wallMs -= 4000 * day;
    await log.writer.upkeep();
    clock.elapsedMs += 7_200_000;
    await log.writer.upkeep();
    expect(duplicatesOf(log, 0, 300)).toBe(300);
  });

  it('is bounded by its memory, and says so', async () => {
    const clock = new TestClock();
    const log = await oldLog(clock, { dedupMemoryBytes: 256 });
    const { dedup } = await log.reader.status();
    expect(dedup).toMatchObject({ bounded: true, since: newYear + day / 2 });
    expect(duplicatesOf(log, 0, 10)).toBe(0);
    expect(duplicatesOf(log, 100, 300)).toBe(200);
    clock.pass(30 * day);
    await log.writer.upkeep();
    expect((await log.reader.status()).dedup.bounded).toBe(false);
  });

  it('costs a small log little memory', async () => {
    const log = openTestLog(temporaryFolder());
    for (let at = 0; at < 10_000; at += 1000) log.append(entries(at, at + 1000));
    expect((await log.reader.status()).dedup.memoryBytes).toBeLessThan(2 ** 20);
  });
});

describe('a collision of hashes', () => {
  it('is not taken for a duplicate, in memory or in a sealed segment', async () => {
    const folder = temporaryFolder();
    const seed = '0123456789abcdef';
    const catalog = LogCatalog.open(folder);
    catalog.seed(() => seed);
    catalog.close();
    const log = openTestLog(folder, small);
    const ids = collidingIds(seed);
    const hash = new KeyHash(seed);
    const [one, other] = ids.map((id) => {
      hash.hash('', id);
      return [hash.hi, hash.lo];
    });
    expect(one).toEqual(other);
    const both = ids.map((messageId, n) => entry(n, { sourceId: '', messageId }));
    expect(log.append(both)).toEqual({ first: 1, duplicates: [] });
    expect(log.append(both).duplicates).toEqual([0, 1, 1, 2]);
    log.append(entries(100, 250));
    await log.writer.upkeep();
    expect(existsSync(indexPath(folder, 1))).toBe(true);
    expect(log.append(both).duplicates).toEqual([0, 1, 1, 2]);
    for (const { messageId } of both) expect(await log.reader.find(messageId)).toMatchObject([{ messageId }]);
  });

  /**
   * Two ids with the same 64 bits, for who knows the seed: their first two characters are chosen so that both lanes
   * differ by the same bits before the next step, which the next two characters then cancel.
   */
  function collidingIds(seed: string): string[] {
    const turn = (word: number, by: number): number => (word << by) | (word >>> (32 - by));
    const laneA = (a: number, pair: number): number => Math.imul(turn(a, 5) ^ pair, 0x9e3779b1);
    const laneB = (b: number, pair: number): number => Math.imul(turn(b, 13) ^ pair, 0x27d4eb2f);
    // The state after the empty source.
    const a = laneA(Number.parseInt(seed.slice(0, 8), 16), 0x10000);
    const b = laneB(Number.parseInt(seed.slice(8), 16), 0x10000);
    const seen = new Map<number, number>();
    for (let n = 0; ; n++) {
      const pair = (0x4e00 + (n & 0xfff)) | ((0x4e00 + (n >>> 12)) << 16);
      const turned = turn(laneA(a, pair), 5);
      const difference = turned ^ turn(laneB(b, pair), 13);
      const other = seen.get(difference);
      seen.set(difference, pair);
      if (other === undefined) continue;
      const rest = 0x4e004e00;
      const text = (...pairs: number[]): string =>
        String.fromCharCode(...pairs.flatMap((one) => [one & 0xffff, one >>> 16]));
      return [text(pair, rest), text(other, rest ^ turned ^ turn(laneA(a, other), 5))];
    }
  }
});

describe('the write-ahead log', () => {
  it('stays within a few times its limit while events are written and read', async () => {
    const folder = temporaryFolder();
    const log = openTestLog(folder, { checkpointBytes: 256 * 1024 });
    let largest = 0;
    for (let at = 0; at < 20_000; at += 100) {
      log.append(entries(at, at + 100, { body: JSON.stringify('x'.repeat(400)) }));
      await log.reader.read(0, Math.max(1, at - 500), 300, 1e6);
      // The checkpoint runs after the answers are out.
      await new Promise((resolve) => setImmediate(resolve));
      largest = Math.max(largest, statSync(`${segmentPath(folder, 1)}-wal`).size);
    }
    expect(statSync(segmentPath(folder, 1)).size).toBeGreaterThan(4 * 2 ** 20);
    expect(largest).toBeLessThan(3 * 256 * 1024);
  });
});

describe('any history', () => {
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.record({ append: fc.array(fc.nat(400), { minLength: 1, maxLength: 60 }) }) },
    { weight: 2, arbitrary: fc.constant({ upkeep: true }) },
    { weight: 1, arbitrary: fc.constant({ restart: true }) },
    { weight: 1, arbitrary: fc.record({ removeBefore: fc.double({ min: 0, max: 1, noNaN: true }) }) },
  );

  it('leaves exactly the first of equal entries, at offsets without holes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const folder = temporaryFolder();
        const limits = { segmentEvents: 64 };
        let log = openTestLog(folder, limits);
        const stored: number[] = [];
        let start = 1;
        for (const one of steps) {
          if ('append' in one) {
            const known = new Map(stored.slice(start - 1).map((n, i) => [n, start + i]));
            const expected: number[] = [];
            one.append.forEach((n, index) => {
              const offset = known.get(n);
              if (offset !== undefined) expected.push(index, offset);
              else known.set(n, stored.push(n));
            });
            const { duplicates } = log.append(one.append.map((n) => entry(n, { sourceId: `s${n % 3}` })));
            expect(duplicates).toEqual(expected);
          } else if ('upkeep' in one) await log.writer.upkeep();
          else if ('restart' in one) {
            await log.close();
            log = openTestLog(folder, limits);
          } else {
            const offset = start + Math.floor((stored.length + 1 - start) * one.removeBefore);
            const heldFrom = [{ partition: 0, offset }];
            const { removedEvents, overrun } = await log.writer.retain({ ...keepAll, maxAgeMs: -1e15, heldFrom });
            start += removedEvents;
            expect(overrun).toBe(0);
            expect(start).toBeLessThanOrEqual(offset);
          }
          expect(await log.reader.range()).toEqual({ start, end: stored.length + 1 });
        }
        const records = await readAll(log.reader);
        expect(records.map(({ offset, messageId }) => [offset, messageId])).toEqual(
          stored.slice(start - 1).map((n, i) => [start + i, `message-${n}`]),
        );
        const counted = await log.reader.countBetween(0, 1, stored.length + 1);
        expect(counted.reduce((sum, { events }) => sum + events, 0)).toBe(stored.length);
        await log.close();
      }),
      { numRuns: 12 },
    );
  });
});
