// What every engine of the event log promises. Called with a way to open one; each test gets a log of its own.
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { Appended, EventLog, LogEntry, LogRecord } from './event-log.ts';
import { entries, entry, newYear, readAll } from './log-entries.fixture.ts';

/** Where one test's log lives: may be opened again after closing. */
export interface LogPlace {
  /** `unitEvents`: after about how many events the engine starts a new unit of retention. */
  open(options?: { readonly unitEvents?: number }): Promise<EventLog>;
}

const everything = { maxAgeMs: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER, heldFrom: [] };

export function eventLogContract(engine: string, createPlace: () => LogPlace): void {
  describe(`event log on ${engine}`, () => {
    const opened: EventLog[] = [];
    const open = async (place: LogPlace, options?: { readonly unitEvents?: number }): Promise<EventLog> => {
      const log = await place.open(options);
      opened.push(log);
      return log;
    };
    const close = async (log: EventLog): Promise<void> => {
      opened.splice(opened.indexOf(log), 1);
      await log.close();
    };
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
          }),
          { numRuns: 40 },
        );
      });
    });

    describe('retention', () => {
      /** 1000 events in units of about 100, received from the start of the year on. */
      const fill = async (): Promise<{ log: EventLog; records: readonly LogRecord[] }> => {
        const log = await open(createPlace(), { unitEvents: 100 });
        for (let at = 0; at < 1000; at += 50) {
          const sourceId = at % 100 === 0 ? 'source-a' : 'source-b';
          await log.append(entries(at, at + 50, { personKey: 'one', sourceId }));
        }
        return { log, records: await readEverything(log) };
      };

      it('keeps everything that the policy allows', async () => {
        const { log } = await fill();
        expect(await log.retain(everything)).toEqual({ removedEvents: 0, overrun: 0 });
        expect(await readEverything(log)).toHaveLength(1000);
      });

      it('removes what is old, oldest first, and accounts for the gap exactly', async () => {
        const { log, records } = await fill();
        const { partition } = records[0]!;
        // The events lie in the past: relative to the present, half of them are older than this.
        const maxAgeMs = Date.now() - (newYear + 500_000);
        const { removedEvents, overrun } = await log.retain({ ...everything, maxAgeMs });
        expect(removedEvents).toBeGreaterThanOrEqual(100);
        expect(removedEvents).toBeLessThanOrEqual(501);
        expect(overrun).toBe(0);
        const { start } = await log.range(partition);
        expect(start).toBe(records[removedEvents]!.offset);
        expectStored(await readEverything(log), entries(0, 1000).slice(removedEvents), false);
        // A reader that stood in the middle of what is gone.
        for (const stood of [0, 17, 60, removedEvents - 1]) {
          const slice = await log.read(partition, records[stood]!.offset, 10, 100_000);
          expect(slice.gap).toMatchObject({ from: records[stood]!.offset, to: start });
          expect(slice.gap!.counts).toEqual(countsOf(records.slice(stood, removedEvents)));
          expect(slice.records[0]?.offset).toBe(start);
        }
        // What is gone still counts.
        const counted = await log.countBetween(partition, records[0]!.offset, records[999]!.offset + 1);
        expect(counted.reduce((sum, { events }) => sum + events, 0)).toBe(1000);
        const minutes = await log.counts(newYear / 60_000, newYear / 60_000 + 100);
        expect(minutes.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1000);
      });

      it('keeps what a reader still needs', async () => {
        const { log, records } = await fill();
        const { partition } = records[0]!;
        const heldFrom = [{ partition, offset: records[650]!.offset }];
        const { removedEvents, overrun } = await log.retain({ ...everything, maxAgeMs: 1, heldFrom });
        expect(removedEvents).toBeLessThanOrEqual(650);
        expect(removedEvents).toBeGreaterThanOrEqual(100);
        expect(overrun).toBe(0);
        expect((await log.range(partition)).start).toBeLessThanOrEqual(records[650]!.offset);
      });

      it('gives way to the disk limit and says how many events that cost', async () => {
        const { log, records } = await fill();
        const { partition } = records[0]!;
        const heldFrom = [{ partition, offset: records[30]!.offset }];
        const { removedEvents, overrun } = await log.retain({ ...everything, maxBytes: 1, heldFrom });
        expect(removedEvents).toBeGreaterThanOrEqual(100);
        expect(overrun).toBe(removedEvents - 30);
        const gone = (await log.read(partition, records[30]!.offset, 1, 1000)).gap!;
        expect(gone.counts.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(overrun);
      });

      it('goes on storing and reading afterwards, also after opening again', async () => {
        const place = createPlace();
        let log = await open(place, { unitEvents: 100 });
        for (let at = 0; at < 500; at += 50) await log.append(entries(at, at + 50, { personKey: 'one' }));
        const { removedEvents } = await log.retain({ ...everything, maxAgeMs: 1 });
        await log.append(entries(500, 600, { personKey: 'one' }));
        await close(log);
        log = await open(place, { unitEvents: 100 });
        expectStored(await readEverything(log), entries(0, 600).slice(removedEvents));
        const { partition, offset } = (await log.find('message-599'))[0]!;
        expect((await log.read(partition, offset - 599, 1, 1000)).gap).toBeDefined();
      });
    });

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

async function readEverything(log: EventLog): Promise<LogRecord[]> {
  const all: LogRecord[] = [];
  for (const partition of await log.partitions()) all.push(...(await readAll(log, partition)));
  return all;
}

/** Records hold exactly these entries, in this order within each partition. */
function expectStored(records: readonly LogRecord[], stored: readonly LogEntry[], withSource = true): void {
  const fields = ({ sourceId, messageId, receivedAt, body }: LogEntry | LogRecord): unknown[] => [
    withSource ? sourceId : '',
    messageId,
    receivedAt,
    body,
  ];
  expect(records.map(fields)).toEqual(stored.map(fields));
  expect(new Set(records.map(({ partition, offset }) => `${partition}:${offset}`)).size).toBe(records.length);
}

function countsOf(records: readonly LogRecord[]): unknown {
  const counts = new Map<string, { sourceId: string; minute: number; accepted: number; duplicates: number }>();
  for (const { sourceId, receivedAt } of records) {
    const minute = Math.floor(receivedAt / 60_000);
    const count = counts.get(`${minute} ${sourceId}`) ?? { sourceId, minute, accepted: 0, duplicates: 0 };
    count.accepted++;
    counts.set(`${minute} ${sourceId}`, count);
  }
  return [...counts.values()].sort((a, b) => a.minute - b.minute || a.sourceId.localeCompare(b.sourceId));
}
