import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entries, entry, newYear, temporaryFolder } from '../log-entries.fixture.ts';
import { KeyHash } from './key-hash.ts';
import { LogCatalog } from './log-catalog.ts';
import { indexPath } from './segment-file.ts';
import { TestClock, openTestLog } from './test-log.fixture.ts';
import type { TestLog } from './test-log.fixture.ts';

const day = 86_400_000;

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
    const log = openTestLog(folder, { segmentEvents: 100 });
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
