// Reading, searching and counting, as every engine of the event log promises it. Part of event-log.contract.ts.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Appended } from './event-log.ts';
import { countsOf, entries, entry, newYear, readEverything } from './log-entries.fixture.ts';
import type { LogSuite } from './log-suite.fixture.ts';

export function readingContract({ createPlace, open }: LogSuite): void {
  describe('reading', () => {
    it('starts empty', async () => {
      const log = await open(createPlace());
      for (const partition of await log.partitions()) {
        const { start, end } = await log.range(partition);
        expect(end).toBe(start);
        expect(await log.read(partition, end, 10, 1000)).toEqual({ records: [], next: end });
        expect(await log.offsetAt(partition, 0)).toBe(end);
      }
    });

    it('stops at the number of events and of bytes, but brings at least one', async () => {
      const log = await open(createPlace());
      const { partition } = (await log.append(entries(0, 40, { personKey: 'one', body: '"1234567890"' })))[0]!;
      const { start } = await log.range(partition);
      const few = await log.read(partition, start, 7, 1_000_000);
      expect(few.records).toHaveLength(7);
      expect((await log.read(partition, few.next, 7, 1_000_000)).records[0]?.messageId).toBe('message-7');
      expect((await log.read(partition, start, 100, 1)).records).toHaveLength(1);
      expect((await log.read(partition, start, 100, 0)).records).toHaveLength(1);
      const some = await log.read(partition, start, 100, 60);
      expect(some.records.length).toBeGreaterThanOrEqual(4);
      expect(some.records.length).toBeLessThanOrEqual(7);
    });

    it('refuses an offset past the end', async () => {
      const log = await open(createPlace());
      const { end } = await log.range(0);
      await expect(log.read(0, end + 1, 10, 1000)).rejects.toMatchObject({ name: 'FaultError' });
    });

    it('wakes who waits for an offset, and lets go on abort', async () => {
      const log = await open(createPlace());
      const { end } = await log.range(0);
      const waiting = log.waitFor(0, end);
      const patient = new AbortController();
      const forLater = log.waitFor(0, end + 1000, patient.signal);
      await log.append([entry(0, { personKey: '' })]);
      const [partition] = (await log.find('message-0')).map((record) => record.partition);
      if (partition === 0) expect(await waiting).toBe((await log.range(0)).end);
      patient.abort();
      expect(await forLater).toBe((await log.range(0)).end);
      const already = new AbortController();
      already.abort();
      expect(await log.waitFor(0, end + 1000, already.signal)).toBe((await log.range(0)).end);
    });

    it('finds the first offset received at or after a time, also when the clock went back', async () => {
      const log = await open(createPlace(), { unitEvents: 100 });
      const times = [...Array(300).keys()].map((n) => (n >= 120 && n < 160 ? n - 100 : n));
      const appended: Appended[] = [];
      for (let at = 0; at < 300; at += 30) {
        const batch = times.slice(at, at + 30);
        appended.push(
          ...(await log.append(
            batch.map((time, i) => entry(at + i, { personKey: 'one', receivedAt: newYear + time * 1000 })),
          )),
        );
      }
      const { partition } = appended[0]!;
      for (const time of [0, 1, 50, 99, 100, 119, 120, 161, 299]) {
        const expected = appended[times.findIndex((one) => one >= time)]!.offset;
        expect(await log.offsetAt(partition, newYear + time * 1000)).toBe(expected);
        expect(await log.offsetAt(partition, newYear + time * 1000 - 999)).toBe(expected);
      }
      expect(await log.offsetAt(partition, newYear + 300_000)).toBe((await log.range(partition)).end);
    });

    it('finds an event by its messageId, one per source', async () => {
      const log = await open(createPlace(), { unitEvents: 100 });
      for (let at = 0; at < 500; at += 50) await log.append(entries(at, at + 50));
      await log.append([entry(7, { sourceId: 'source-b', body: '"b"' })]);
      for (const n of [0, 99, 100, 250, 499])
        expect(await log.find(`message-${n}`, 'source-a')).toMatchObject([{ messageId: `message-${n}` }]);
      expect((await log.find('message-7')).map(({ sourceId }) => sourceId).sort()).toEqual(['source-a', 'source-b']);
      expect(await log.find('message-7', 'source-b')).toMatchObject([{ body: '"b"' }]);
      expect(await log.find('message-7', 'source-c')).toEqual([]);
      expect(await log.find('message-')).toEqual([]);
    });
  });

  describe('counting', () => {
    it('counts accepted and duplicates per source and minute of receipt', async () => {
      const log = await open(createPlace(), { unitEvents: 100 });
      for (let at = 0; at < 300; at += 20) await log.append(entries(at, at + 20));
      await log.append(entries(0, 90));
      await log.append(entries(0, 30, { sourceId: 'source-b' }));
      const minute = newYear / 60_000;
      const counts = await log.counts(minute, minute + 2);
      expect(counts).toHaveLength(3);
      expect(counts).toEqual(
        expect.arrayContaining([
          { sourceId: 'source-a', minute, accepted: 60, duplicates: 60 },
          { sourceId: 'source-a', minute: minute + 1, accepted: 60, duplicates: 30 },
          { sourceId: 'source-b', minute, accepted: 30, duplicates: 0 },
        ]),
      );
      const step = minute - (minute % 60);
      expect(await log.counts(step, step + 60, 60)).toEqual([
        { sourceId: 'source-a', minute: step, accepted: 300, duplicates: 90 },
        { sourceId: 'source-b', minute: step, accepted: 30, duplicates: 0 },
      ]);
    });

    it('counts up to the end exactly, wherever it is', async () => {
      const log = await open(createPlace(), { unitEvents: 20_000 });
      for (let at = 0; at < 9000; at += 300) {
        await log.append(entries(at, at + 300));
        const { start, end } = await log.range(0);
        expect(await log.countBetween(0, start, end)).toEqual([{ sourceId: 'source-a', events: at + 300 }]);
      }
    });

    it('counts any stretch exactly', async () => {
      const log = await open(createPlace(), { unitEvents: 1000 });
      const sources = ['a', 'b', 'c'];
      for (let at = 0; at < 9000; at += 300) {
        const batch = entries(at, at + 300, { personKey: 'one' });
        await log.append(batch.map((one, i) => ({ ...one, sourceId: sources[((at + i) * 7) % 3]! })));
      }
      const records = await readEverything(log);
      const { partition } = records[0]!;
      const { start, end } = await log.range(partition);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: start, max: end }), fc.integer({ min: start, max: end }), async (a, b) => {
          const expected = new Map<string, number>();
          for (const { offset, sourceId } of records)
            if (offset >= a && offset < b) expected.set(sourceId, (expected.get(sourceId) ?? 0) + 1);
          const counted = await log.countBetween(partition, a, b);
          expect(new Map(counted.map(({ sourceId, events }) => [sourceId, events]))).toEqual(expected);
          const minutes = await log.countMinutes(partition, a, b);
          expect(minutes).toEqual(countsOf(records.filter(({ offset }) => offset >= a && offset < b)));
        }),
        { numRuns: 40 },
      );
    });
  });
}
