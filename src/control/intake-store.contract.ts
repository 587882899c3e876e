// What every IntakeStore engine promises. An engine's test calls this with a way to open a fresh store.
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IntakeStore, Rejection, SourceActivity } from './intake-store.ts';

export interface OpenedIntakeStore {
  readonly store: IntakeStore;
  /** Ends without closing, as a crash would, and opens again on what was durable. */
  crash(): Promise<IntakeStore>;
  close(): Promise<void>;
}

/** Limits the engine is opened with by this suite. */
export const contractLimits = { detailBytes: 64 * 1024, unknownKeys: 10, rejectionMinutes: 20, repeats: 16 };

/** A rejection with every field set, for tests to vary. */
export const sampleRejection: Rejection = {
  sourceId: 'src_1',
  at: 1000,
  reason: 'missing_field',
  message: 'The call has no event name.',
  field: 'event',
  route: '/v1/track',
  size: 40,
  sample: '{"userId":"u1"}',
  client: 'curl/8',
  ip: '10.0.0.1',
  keyPrefix: null,
  strict: false,
  messageId: null,
};
const unrecognised: Rejection = {
  ...sampleRejection,
  sourceId: null,
  reason: 'unknown_key',
  field: null,
  keyPrefix: 'us_abc',
};
const activity: SourceActivity = {
  sourceId: 'src_1',
  lastAcceptedAt: 1000,
  lastLibrary: 'analytics.js 1',
  lastMessageId: 'm1',
  lastRejectedAt: null,
  accepted: 3,
  rejected: 0,
  overRateAt: null,
  peakRate: 10,
};

export function intakeStoreContract(
  engine: string,
  open: (limits: typeof contractLimits) => Promise<OpenedIntakeStore>,
): void {
  describe(`IntakeStore on ${engine}`, () => {
    let opened: OpenedIntakeStore;
    let store: IntakeStore;
    beforeEach(async () => {
      opened = await open(contractLimits);
      store = opened.store;
    });
    afterEach(() => opened.close());

    it('has stored a rejection when it resolves, whole, even after a crash', async () => {
      await store.reject([sampleRejection, { ...sampleRejection, at: 2000, strict: true, messageId: 'm1' }]);
      store = await opened.crash();
      const { items, next } = await store.listRejections({ sourceId: 'src_1', limit: 10 });
      expect(items).toMatchObject([{ ...sampleRejection, at: 2000, strict: true, messageId: 'm1' }, sampleRejection]);
      expect(next).toBeNull();
    });

    it('takes many callers at once and keeps every one', async () => {
      await Promise.all(Array.from({ length: 50 }, (_, i) => store.reject([{ ...sampleRejection, at: i }])));
      expect(await store.rejectionCounts('src_1')).toEqual([{ reason: 'missing_field', count: 50 }]);
      await store.reject([]);
    });

    it('counts as many calls as one record stands for', async () => {
      await store.reject([sampleRejection, { ...sampleRejection, calls: 900 }]);
      expect(await store.rejectionCounts('src_1')).toEqual([{ reason: 'missing_field', count: 901 }]);
    });

    it('lists latest first, by source and reason, in pages', async () => {
      await store.reject([1, 2, 3, 4, 5].map((at) => ({ ...sampleRejection, at, reason: at % 2 ? 'odd' : 'even' })));
      await store.reject([{ ...sampleRejection, sourceId: 'src_2' }]);
      const first = await store.listRejections({ sourceId: 'src_1', reason: 'odd', limit: 2 });
      expect(first.items.map(({ at }) => at)).toEqual([5, 3]);
      const before = Number(first.next);
      const second = await store.listRejections({ sourceId: 'src_1', reason: 'odd', limit: 2, before });
      expect(second.items.map(({ at }) => at)).toEqual([1]);
      expect(second.next).toBeNull();
    });

    it('finds a rejected call by its messageId, given or read off the sample', async () => {
      await store.reject([
        { ...sampleRejection, messageId: 'm1' },
        { ...sampleRejection, messageId: undefined as never, sample: '{"messageId": "m2","type":"track"' },
      ]);
      expect(await store.findRejections('m1', 5)).toMatchObject([{ messageId: 'm1' }]);
      expect(await store.findRejections('m2', 5)).toMatchObject([{ messageId: 'm2' }]);
      expect(await store.findRejections('m3', 5)).toEqual([]);
    });

    it('drops the oldest detail above the budget of a source, and keeps the counts', async () => {
      const calls = 100;
      const big = 'x'.repeat(2000);
      await store.reject([{ ...sampleRejection, sourceId: 'src_2' }]);
      for (let i = 0; i < calls; i++) await store.reject([{ ...sampleRejection, at: i, sample: big }]);
      const { items } = await store.listRejections({ sourceId: 'src_1', limit: 1000 });
      const kept = items.length * big.length;
      expect(kept).toBeLessThanOrEqual(contractLimits.detailBytes);
      expect(kept).toBeGreaterThan(contractLimits.detailBytes / 2);
      expect(items.map(({ at }) => at)).toEqual(Array.from(items, (_, i) => calls - 1 - i));
      expect(await store.rejectionCounts('src_1')).toEqual([{ reason: 'missing_field', count: calls }]);
      expect((await store.listRejections({ sourceId: 'src_2', limit: 10 })).items).toHaveLength(1);
    });

    it('counts rejected calls by minute, source and reason, also after a crash', async () => {
      const minute = 29_000_000;
      const at = minute * 60_000;
      await store.reject([
        { ...sampleRejection, at },
        { ...sampleRejection, at: at + 59_999, calls: 4 },
        { ...sampleRejection, at: at + 60_000, reason: 'too_large' },
        { ...unrecognised, at },
      ]);
      store = await opened.crash();
      expect(await store.rejectionMinutes(minute, minute + 1)).toEqual([
        { sourceId: null, reason: 'unknown_key', minute, calls: 1 },
        { sourceId: 'src_1', reason: 'missing_field', minute, calls: 5 },
      ]);
      expect(await store.rejectionMinutes(minute + 1, minute + 2)).toMatchObject([{ reason: 'too_large', calls: 1 }]);
      const day = minute - (minute % 1440);
      expect(await store.rejectionMinutes(day, day + 2880, 1440)).toMatchObject([
        { sourceId: null, minute: day },
        { reason: 'missing_field', minute: day, calls: 5 },
        { reason: 'too_large', minute: day, calls: 1 },
      ]);
    });

    it('forgets minutes that are older than it looks back, and the oldest above its bound', async () => {
      const minute = 29_000_000;
      const inMinute = (of: number) => ({ ...sampleRejection, at: of * 60_000 });
      await store.reject([inMinute(minute - 100 * 1440), inMinute(minute)]);
      expect(await store.rejectionMinutes(0, minute + 1)).toMatchObject([{ minute }]);
      const { rejectionMinutes } = contractLimits;
      await store.reject(Array.from({ length: rejectionMinutes * 3 }, (_, i) => inMinute(minute + 60 + i)));
      const kept = await store.rejectionMinutes(0, minute + 10_000);
      expect(kept.map((one) => one.minute)).toEqual(
        Array.from({ length: rejectionMinutes }, (_, i) => minute + 60 + rejectionMinutes * 2 + i),
      );
      expect(await store.rejectionCounts('src_1')).toEqual([
        { reason: 'missing_field', count: 2 + rejectionMinutes * 3 },
      ]);
    });

    it('stays within its bound of minutes when the clock was ahead for a while', async () => {
      const minute = 29_000_000;
      const { rejectionMinutes } = contractLimits;
      const inMinute = (of: number) => ({ ...sampleRejection, at: of * 60_000 });
      await store.reject([inMinute(minute + 365 * 1440)]);
      for (let hour = 0; hour < 4; hour++)
        await store.reject(Array.from({ length: rejectionMinutes }, (_, i) => inMinute(minute + hour * 60 + i)));
      expect(await store.rejectionMinutes(0, minute * 2)).toHaveLength(rejectionMinutes);
    });

    it('cuts what a sender made too long, inside no character', async () => {
      await store.reject([{ ...sampleRejection, sample: 'é'.repeat(2000), client: 'c'.repeat(10_000) }]);
      const [stored] = (await store.listRejections({ sourceId: 'src_1', limit: 1 })).items;
      expect(stored?.sample).toBe('é'.repeat(1024));
      expect(stored?.client.length).toBeLessThan(1000);
    });

    it('keeps any text a sender may send', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (sample) => {
          await store.reject([{ ...sampleRejection, sample }]);
          const [stored] = (await store.listRejections({ sourceId: 'src_1', limit: 1 })).items;
          expect(stored?.sample).toBe(sample);
        }),
        { numRuns: 50 },
      );
    });

    it('counts unknown keys by key, reason, address and client', async () => {
      await store.reject([unrecognised, { ...unrecognised, at: 3000 }, { ...unrecognised, ip: '10.0.0.2', at: 2000 }]);
      const known = { keyPrefix: 'us_abc', reason: 'unknown_key', client: 'curl/8', message: sampleRejection.message };
      expect(await store.listUnknownKeys(10)).toEqual([
        { ...known, ip: '10.0.0.1', count: 2, firstAt: 1000, lastAt: 3000 },
        { ...known, ip: '10.0.0.2', count: 1, firstAt: 2000, lastAt: 2000 },
      ]);
      expect((await store.listRejections({ sourceId: null, limit: 10 })).items).toHaveLength(3);
      expect(await store.rejectionCounts(null)).toEqual([{ reason: 'unknown_key', count: 3 }]);
    });

    it('remembers the unknown keys seen last, not more than its bound', async () => {
      for (let at = 1; at <= 25; at++) await store.reject([{ ...unrecognised, at, keyPrefix: `us_${at}` }]);
      const kept = await store.listUnknownKeys(100);
      expect(kept.map(({ keyPrefix }) => keyPrefix)).toEqual(Array.from({ length: 10 }, (_, i) => `us_${25 - i}`));
    });

    it('adds repeats of an event up, in any order, also after a crash', async () => {
      const seen = { sourceId: 'src_1', messageId: 'm1', count: 2, firstAt: 100, lastAt: 300, client: 'node 1' };
      await store.recordRepeats([seen, { ...seen, sourceId: 'src_2', count: 7 }]);
      await store.recordRepeats([{ ...seen, count: 1, firstAt: 400, lastAt: 400, client: 'node 2' }]);
      await store.recordRepeats([{ ...seen, count: 1, firstAt: 50, lastAt: 60, client: 'old' }]);
      expect(await store.findRepeats('src_1', 'm1')).toEqual({
        ...seen,
        count: 4,
        firstAt: 50,
        lastAt: 400,
        client: 'node 2',
      });
      expect(await store.findRepeats('src_2', 'm1')).toMatchObject({ count: 7 });
      expect(await store.findRepeats('src_1', 'm2')).toBeNull();
      store = await opened.crash();
      expect(await store.findRepeats('src_2', 'm1')).toMatchObject({ count: 7 });
    });

    it('keeps the events of a source that were repeated last, not more than its bound', async () => {
      const one = { sourceId: 'src_1', count: 1, firstAt: 1, client: '' };
      await store.recordRepeats([{ ...one, sourceId: 'src_2', messageId: 'm0', lastAt: 0 }]);
      for (let n = 1; n <= 40; n++) await store.recordRepeats([{ ...one, messageId: `m${n}`, lastAt: n }]);
      const kept = await Promise.all(Array.from({ length: 40 }, (_, n) => store.findRepeats('src_1', `m${n + 1}`)));
      const there = kept.flatMap((found) => (found ? [found.lastAt] : []));
      expect(there.length).toBeLessThanOrEqual(contractLimits.repeats);
      expect(there.length).toBeGreaterThanOrEqual(contractLimits.repeats - 1);
      expect(there).toEqual(Array.from({ length: there.length }, (_, n) => 41 - there.length + n));
      expect(await store.findRepeats('src_2', 'm0')).not.toBeNull();
    });

    it('merges activity in any order: latest times, highest peak, summed counts', async () => {
      const later: SourceActivity = {
        ...activity,
        lastAcceptedAt: 5000,
        lastLibrary: 'node 2',
        lastMessageId: 'm9',
        lastRejectedAt: 4000,
        accepted: 1,
        rejected: 2,
        overRateAt: 4500,
        peakRate: 7,
      };
      const silent = { ...activity, lastAcceptedAt: null, lastLibrary: null, lastMessageId: null, accepted: 0 };
      const merged = { ...later, accepted: 4, peakRate: 10 };
      await store.recordActivity([activity]);
      await store.recordActivity([later, { ...silent, sourceId: 'src_2' }]);
      await store.recordActivity([silent]);
      const seen = new Map((await store.listActivity()).map((one) => [one.sourceId, one]));
      expect(seen.get('src_1')).toEqual(merged);
      expect(seen.get('src_2')).toEqual({ ...silent, sourceId: 'src_2' });
      await store.recordActivity([{ ...activity, sourceId: 'src_3' }]);
      await store.recordActivity([{ ...later, sourceId: 'src_3' }]);
      await store.recordActivity([{ ...activity, sourceId: 'src_3', accepted: 0 }]);
      expect((await store.listActivity()).find(({ sourceId }) => sourceId === 'src_3')).toMatchObject({
        lastAcceptedAt: 5000,
        lastLibrary: 'node 2',
        lastMessageId: 'm9',
      });
    });
  });
}
