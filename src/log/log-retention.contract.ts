// Retention and the account of what it removed, as every engine of the event log promises it. Part of
// event-log.contract.ts.
import { describe, expect, it } from 'vitest';
import type { EventLog, LogRecord } from './event-log.ts';
import { countsOf, entries, expectStored, newYear, readEverything } from './log-entries.fixture.ts';
import type { LogSuite } from './log-suite.fixture.ts';

const everything = { maxAgeMs: Number.MAX_SAFE_INTEGER, maxBytes: Number.MAX_SAFE_INTEGER, heldFrom: [] };

export function retentionContract({ createPlace, open, close }: LogSuite): void {
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
        const across = await log.countMinutes(partition, records[stood]!.offset, records[800]!.offset);
        expect(across).toEqual(countsOf(records.slice(stood, 800)));
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
}
