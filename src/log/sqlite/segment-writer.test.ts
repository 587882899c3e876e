import { existsSync, statSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSqlite } from '../../lib/sqlite.ts';
import { entries, entry, newYear, readAll, temporaryFolder } from '../log-entries.fixture.ts';
import { indexPath, segmentPath } from './segment-file.ts';
import { TestClock, fillSegments, firstsIn, keepAll, openTestLog } from './test-log.fixture.ts';

const small = { segmentEvents: 100 };
const day = 86_400_000;

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
