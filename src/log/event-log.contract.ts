// What every engine of the event log promises. Called with a way to open one; each test gets a log of its own.
import { afterEach, describe, expect, it } from 'vitest';
import type { Appended, EventLog } from './event-log.ts';
import { entries, entry, expectStored, newYear, readEverything } from './log-entries.fixture.ts';
import { readingContract } from './log-reading.contract.ts';
import { retentionContract } from './log-retention.contract.ts';
import type { LogPlace, LogSuite } from './log-suite.fixture.ts';

export function eventLogContract(engine: string, createPlace: () => LogPlace): void {
  describe(`event log on ${engine}`, () => {
    const opened: EventLog[] = [];
    const suite: LogSuite = {
      createPlace,
      open: async (place, options) => {
        const log = await place.open(options);
        opened.push(log);
        return log;
      },
      close: async (log) => {
        opened.splice(opened.indexOf(log), 1);
        await log.close();
      },
    };
    const { open, close } = suite;
    afterEach(async () => {
      for (const log of opened.splice(0)) await log.close();
    });

    describe('append', () => {
      it('stores entries in order and gives back every field', async () => {
        const log = await open(createPlace());
        const stored = entries(0, 50);
        const appended = await log.append(stored);
        expect(appended.every(({ duplicate }) => !duplicate)).toBe(true);
        expectGrowing(appended);
        expectStored(await readEverything(log), stored);
      });

      it('is there again after closing and opening', async () => {
        const place = createPlace();
        const first = await open(place);
        await first.append(entries(0, 20));
        await close(first);
        const second = await open(place);
        const more = await second.append(entries(20, 25));
        expectGrowing(more);
        expectStored(await readEverything(second), entries(0, 25));
      });

      it('keeps ids and bodies exactly, whatever characters they have', async () => {
        const log = await open(createPlace());
        const odd = ['ä', '日本', '😀', '"\\', '\u0000', '\ud800', 'x'.repeat(256), ' ', 'a\nb'];
        const stored = odd.map((text, n) =>
          entry(n, { messageId: `${text}!`, body: JSON.stringify({ text, n, again: text.repeat(3) }) }),
        );
        await log.append(stored);
        expectStored(await readEverything(log), stored);
        for (const one of stored) expect(await log.find(one.messageId)).toMatchObject([{ body: one.body }]);
      });

      it('keeps the order of concurrent appends', async () => {
        const log = await open(createPlace());
        await Promise.all(Array.from({ length: 200 }, (_, i) => log.append(entries(i * 5, i * 5 + 5))));
        expectStored(await readEverything(log), entries(0, 1000));
      });

      it('keeps one large append together', async () => {
        const log = await open(createPlace());
        const large = entries(0, 6000, { body: JSON.stringify({ filler: 'y'.repeat(900) }) });
        const [before, , after] = await Promise.all([
          log.append(entries(10_000, 10_010)),
          log.append(large),
          log.append(entries(20_000, 20_010)),
        ]);
        expect(before.length + after.length).toBe(20);
        const records = await readEverything(log);
        expect(records.slice(10, 6010).map(({ messageId }) => messageId)).toEqual(large.map((one) => one.messageId));
      });

      it('answers an empty append with nothing', async () => {
        const log = await open(createPlace());
        expect(await log.append([])).toEqual([]);
      });
    });

    describe('de-duplication', () => {
      it('answers a duplicate with the first one’s place and does not store it again', async () => {
        const log = await open(createPlace());
        const first = await log.append(entries(0, 10));
        const again = await log.append(entries(5, 15));
        expect(again.slice(0, 5).map(place)).toEqual(first.slice(5).map(place));
        expect(again.map(({ duplicate }) => duplicate)).toEqual([...Array(5).fill(true), ...Array(5).fill(false)]);
        expectStored(await readEverything(log), entries(0, 15));
      });

      it('knows a duplicate within one append', async () => {
        const log = await open(createPlace());
        const appended = await log.append([entry(1), entry(2), entry(1), entry(1, { body: '{"other":1}' })]);
        expect(appended.map(({ duplicate }) => duplicate)).toEqual([false, false, true, true]);
        expect(appended.slice(2).map(place)).toEqual([appended[0], appended[0]].map((one) => place(one!)));
        expectStored(await readEverything(log), [entry(1), entry(2)]);
      });

      it('stores one of many that arrive at the same time', async () => {
        const log = await open(createPlace());
        const all = (await Promise.all(Array.from({ length: 300 }, (_, i) => log.append([entry(i % 10)])))).flat();
        expect(all.filter(({ duplicate }) => !duplicate)).toHaveLength(10);
        for (let i = 0; i < all.length; i++) expect(place(all[i]!)).toBe(place(all[i % 10]!));
        expect(await readEverything(log)).toHaveLength(10);
      });

      it('parts equal ids of different sources', async () => {
        const log = await open(createPlace());
        const both = [entry(1), entry(1, { sourceId: 'source-b' }), entry(1, { sourceId: 'source-b' })];
        expect((await log.append(both)).map(({ duplicate }) => duplicate)).toEqual([false, false, true]);
      });

      it('is exact across units of retention and across closing and opening', async () => {
        const place = createPlace();
        let log = await open(place, { unitEvents: 100 });
        for (let at = 0; at < 1000; at += 50) await log.append(entries(at, at + 50));
        const again = await log.append(entries(0, 1000));
        expect(again.every(({ duplicate }) => duplicate)).toBe(true);
        await close(log);
        log = await open(place, { unitEvents: 100 });
        const mixed = await log.append(entries(500, 1500));
        expect(mixed.filter(({ duplicate }) => duplicate)).toHaveLength(500);
        expectStored(await readEverything(log), entries(0, 1500));
      });
    });

    readingContract(suite);
    retentionContract(suite);

    it('reports its state', async () => {
      const log = await open(createPlace());
      await log.append(entries(0, 10));
      await log.append(entries(0, 10));
      const status = await log.status();
      expect(status.partitions.reduce((sum, { start, end }) => sum + end - start, 0)).toBeGreaterThanOrEqual(10);
      expect(status).toMatchObject({ unavailable: null, warning: null, queued: 0 });
      expect(status.bytes).toBeGreaterThan(0);
      expect(status.segments).toBeGreaterThan(0);
      expect(status.dedup).toMatchObject({ ids: 10, since: newYear, bounded: false });
      expect(status.dedup.windowMs).toBeGreaterThan(0);
    });

    it('refuses appends after closing', async () => {
      const log = await open(createPlace());
      await close(log);
      await expect(log.append([entry(0)])).rejects.toMatchObject({ name: 'FaultError', code: 'shutting_down' });
    });
  });
}

const place = ({ partition, offset }: Appended): string => `${partition}:${offset}`;

function expectGrowing(appended: readonly Appended[]): void {
  const last = new Map<number, number>();
  for (const { partition, offset } of appended) {
    expect(offset).toBeGreaterThan(last.get(partition) ?? -1);
    last.set(partition, offset);
  }
}
