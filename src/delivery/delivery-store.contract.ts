// What every delivery store promises. Each engine's test calls this with a way to open a new, empty store, and to open
// the same one again; dead letters are in dead-letters.contract.ts.
import { describe, expect, it } from 'vitest';
import { commit, count, cursor, letter, minute, parked, useDeliveryStore, version } from './delivery-rows.fixture.ts';
import type { StoreUnderTest } from './delivery-rows.fixture.ts';
import { newCondition } from './delivery-store.ts';

export function describeDeliveryStore(open: () => Promise<StoreUnderTest>): void {
  describe('a delivery store', () => {
    const bed = useDeliveryStore(open);

    it('begins a destination once, where it was told', async () => {
      expect(await bed.store.load('d2')).toBeNull();
      await bed.store.begin('d1', [
        { partition: 0, start: 99 },
        { partition: 1, start: 7 },
      ]);
      expect((await bed.store.load('d1'))?.cursors).toEqual([
        { partition: 0, start: 5, offset: 5, reached: 5 },
        { partition: 1, start: 7, offset: 7, reached: 7 },
      ]);
      expect(await bed.store.destinationIds()).toEqual(['d1']);
    });

    it('keeps cursor, counts, parked events and condition of one commit together, across a restart', async () => {
      const condition = {
        ...newCondition,
        breaker: 'open',
        breakerReason: 'down',
        nextProbeAt: 9,
        askedUntil: 8,
      } as const;
      await bed.store.commit([
        commit({
          cursors: [cursor(10, 12)],
          counts: [count('delivered', 3), count('filtered', 1)],
          parked: [parked(8)],
          versions: [version(5, 3)],
          condition,
        }),
      ]);
      const store = await bed.opened.reopen();
      const { body: _, ...withoutBody } = parked(8);
      expect(await store.load('d1')).toEqual({
        cursors: [{ partition: 0, start: 5, offset: 10, reached: 12 }],
        parked: [withoutBody],
        condition,
        version: 3,
      });
      expect(await store.ledger(minute, minute + 1)).toEqual([
        { destinationId: 'd1', sourceId: 's1', minute, delivered: 3, filtered: 1, discarded: {}, failed: 0 },
      ]);
    });

    it('does nothing of a commit that cannot be stored whole', async () => {
      const twice = commit({ cursors: [cursor(10)], counts: [count('delivered')], parked: [parked(8), parked(8)] });
      await expect(bed.store.commit([commit({ cursors: [cursor(7)] }), twice])).rejects.toMatchObject({
        code: 'store_unavailable',
      });
      expect((await bed.store.load('d1'))?.cursors[0]?.offset).toBe(5);
      expect(await bed.store.ledger(0, minute + 1)).toEqual([]);
    });

    it('adds counts up per destination, source, minute and reason', async () => {
      await bed.store.begin('d2', [{ partition: 0, start: 1 }]);
      const discarded = count('discarded', 4, { reason: 'retention', sourceId: 's2', minute: minute + 1 });
      await bed.store.commit([
        commit({ counts: [count('delivered', 2)] }),
        commit({ destinationId: 'd2', counts: [discarded] }),
      ]);
      await bed.store.commit([
        commit({
          counts: [count('delivered', 3), count('failed', 1)],
          actionCounts: [
            { actionId: 'a1', minute, outcome: 'delivered', events: 3 },
            { actionId: 'a1', minute, outcome: 'failed', events: 1 },
          ],
        }),
      ]);
      expect(await bed.store.ledger(minute, minute + 2)).toEqual([
        { destinationId: 'd1', sourceId: 's1', minute, delivered: 5, filtered: 0, discarded: {}, failed: 1 },
        {
          destinationId: 'd2',
          sourceId: 's2',
          minute: minute + 1,
          delivered: 0,
          filtered: 0,
          discarded: { retention: 4 },
          failed: 0,
        },
      ]);
      expect(await bed.store.ledger(minute + 1, minute + 2)).toHaveLength(1);
      const day = minute - (minute % 1440);
      expect(await bed.store.ledger(day, day + 2880, 2880 * minute)).toMatchObject([
        { destinationId: 'd1', minute: 0, delivered: 5, failed: 1 },
        { destinationId: 'd2', minute: 0, discarded: { retention: 4 } },
      ]);
      expect(await bed.store.actionLedger(minute, minute + 1)).toEqual([
        { destinationId: 'd1', actionId: 'a1', minute, delivered: 3, failed: 1 },
      ]);
    });

    it('adds up how long deliveries took, by class, minute and destination', async () => {
      const first = { minute, boundMs: 100, events: 2 };
      await bed.store.commit([
        commit({ delays: [first, { minute, boundMs: 5000, events: 1 }] }),
        commit({ destinationId: 'd2', delays: [first] }),
      ]);
      await bed.store.commit([commit({ delays: [first, { ...first, minute: minute + 1 }] })]);
      expect(await bed.store.delays(minute, minute + 1)).toEqual([
        { destinationId: 'd1', minute, boundMs: 100, events: 4 },
        { destinationId: 'd1', minute, boundMs: 5000, events: 1 },
        { destinationId: 'd2', minute, boundMs: 100, events: 2 },
      ]);
      expect(await bed.store.delays(minute, minute + 2, 2 * minute)).toMatchObject([
        { destinationId: 'd1', minute: 0, boundMs: 100, events: 6 },
        { boundMs: 5000 },
        { destinationId: 'd2' },
      ]);
    });

    it('adds counts up to the minute in steps of whole hours', async () => {
      const minutes = [59, 60, 119, 120, 179, 180];
      await bed.store.commit([
        commit({
          counts: minutes.map((minute, bit) => count('delivered', 2 ** bit, { minute })),
          actionCounts: minutes.map((minute, bit) => ({
            actionId: 'a1',
            minute,
            outcome: 'delivered',
            events: 2 ** bit,
          })),
          delays: minutes.map((minute, bit) => ({ minute, boundMs: 100, events: 2 ** bit })),
        }),
      ]);
      const steps = [
        { minute: 0, delivered: 1 },
        { minute: 60, delivered: 2 + 4 },
        { minute: 120, delivered: 8 + 16 },
      ];
      expect(await bed.store.ledger(59, 180, 60)).toMatchObject(steps);
      expect(await bed.store.actionLedger(59, 180, 60)).toMatchObject(steps);
      expect(await bed.store.delays(59, 180, 60)).toMatchObject([{ events: 1 }, { events: 2 + 4 }, { events: 8 + 16 }]);
      expect(await bed.store.ledger(119, 181, 180)).toMatchObject([
        { minute: 0, delivered: 4 + 8 + 16 },
        { minute: 180, delivered: 32 },
      ]);
    });

    it('hands bodies of parked events back, takes their progress, and lets them go', async () => {
      await bed.store.commit([commit({ cursors: [cursor(9)], parked: [parked(6), parked(7), parked(8)] })]);
      const places = [8, 6].map((offset) => ({ partition: 0, offset }));
      expect(await bed.store.parkedBodies('d1', places)).toEqual(['{"n":8}', '{"n":6}']);
      const progress = { ...parked(7), attempts: 5, settled: { a1: 'delivered' } } as const;
      await bed.store.commit([commit({ progress: [progress], unparked: [{ partition: 0, offset: 6 }] })]);
      const left = (await bed.store.load('d1'))?.parked;
      expect(left?.map(({ offset, attempts, settled }) => ({ offset, attempts, settled }))).toEqual([
        { offset: 7, attempts: 5, settled: { a1: 'delivered' } },
        { offset: 8, attempts: 1, settled: {} },
      ]);
    });

    it('says where an event stands', async () => {
      await bed.store.commit([
        commit({
          cursors: [cursor(20, 25)],
          parked: [parked(11)],
          deadLetters: [letter(12)],
          gaps: [
            { partition: 0, from: 13, to: 15, reason: 'retention' },
            { partition: 0, from: 16, to: 17, reason: 'skipped' },
          ],
        }),
      ]);
      const standings = [4, 5, 11, 12, 13, 14, 15, 16, 17, 20, 24, 25].map((offset) =>
        bed.store.standing('d1', 0, offset),
      );
      expect(await Promise.all(standings)).toEqual([
        'before start',
        'done',
        'parked',
        'dead letter',
        'discarded',
        'discarded',
        'done',
        'skipped',
        'done',
        'in flight',
        'in flight',
        'not reached',
      ]);
      expect(await bed.store.standing('d2', 0, 5)).toBe('not reached');
    });

    it('knows which configuration routed an event, also when a crash made a stretch be routed again', async () => {
      await bed.store.commit([
        commit({ cursors: [cursor(5, 30)], versions: [version(5, 1), version(10, 2), version(20, 3)] }),
      ]);
      const at = async (offset: number) => (await bed.store.configAt('d1', 0, offset))?.version;
      expect(await Promise.all([4, 5, 9, 10, 19, 29, 30].map(at))).toEqual([undefined, 1, 1, 2, 2, 3, undefined]);
      await bed.store.commit([commit({ cursors: [cursor(15, 30)], versions: [version(15, 4)] })]);
      expect(await Promise.all([14, 15, 29].map(at))).toEqual([2, 4, 4]);
      // Taking up the same version again makes no new interval.
      await bed.store.commit([commit({ cursors: [cursor(28, 30)], versions: [version(28, 4)] })]);
      expect(await bed.store.configAt('d1', 0, 29)).toEqual(version(15, 4));
    });

    it('keeps the first try and the last ones of an event that is tried often', async () => {
      const attempts = Array.from(
        { length: 40 },
        (_, index) =>
          ({
            partition: 0,
            offset: 6,
            action: 'a1',
            attempt: index + 1,
            at: 1000 + index,
            durationMs: 3,
            outcome: 'retry',
            status: 503,
            error: 'answered 503',
            request: 'POST …',
            response: '503 …',
            version: 1,
          }) as const,
      );
      await bed.store.commit([commit({ attempts: attempts.slice(0, 30) })]);
      await bed.store.commit([commit({ attempts: attempts.slice(30) })]);
      const kept = await bed.store.attempts(0, 6);
      expect(kept.map(({ attempt }) => attempt)).toEqual([1, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
      expect(kept[0]).toEqual({ ...attempts[0], destinationId: 'd1' });
    });

    it('lists the tries at one destination, latest first, page by page, all or those with one outcome', async () => {
      const attempt = { partition: 0, action: 'a1', attempt: 1, durationMs: 1, status: 503 } as const;
      const rest = { error: 'x', request: null, response: null, version: 1 };
      const tried = [5, 6, 7, 8, 9].map((offset) => ({
        ...attempt,
        ...rest,
        offset,
        at: offset,
        outcome: offset % 2 === 0 ? ('failed' as const) : ('retry' as const),
      }));
      await bed.store.begin('d2', [{ partition: 0, start: 5 }]);
      await bed.store.commit([commit({ attempts: tried }), commit({ destinationId: 'd2', attempts: tried })]);
      const pages: (readonly number[])[] = [];
      let next: string | null = null;
      do {
        const page = await bed.store.attemptsAt('d1', next, 2);
        pages.push(page.items.map(({ offset }) => offset));
        next = page.next;
      } while (next !== null);
      expect(pages).toEqual([[9, 8], [7, 6], [5]]);
      const failed = await bed.store.attemptsAt('d1', null, 10, 'failed');
      expect(failed).toMatchObject({ next: null, items: [{ offset: 8, destinationId: 'd1' }, { offset: 6 }] });
      expect((await bed.store.attemptsAt('d1', null, 1, 'failed')).next).not.toBeNull();
      expect(await bed.store.attemptsAt('d3', null, 10)).toEqual({ items: [], next: null });
    });

    it('adds the log’s counts to an audit only from where it stands, and never past the cursor', async () => {
      await bed.store.commit([commit({ cursors: [cursor(10)], counts: [count('delivered', 5)] })]);
      const audit = { destinationId: 'd1', partition: 0, from: 5, to: 10, sources: [{ sourceId: 's1', events: 5 }] };
      await bed.store.recordAudit([audit]);
      await bed.store.recordAudit([audit, { ...audit, from: 10, to: 12 }]);
      expect(await bed.store.balanceSheets()).toEqual([
        {
          destinationId: 'd1',
          cursors: [{ partition: 0, offset: 10, auditedTo: 10 }],
          sources: [{ sourceId: 's1', delivered: 5, filtered: 0, discarded: 0, failed: 0, parked: 0, audited: 5 }],
        },
      ]);
    });

    it('starts the audit over behind a gap', async () => {
      await bed.store.commit([
        commit({
          cursors: [cursor(30)],
          counts: [count('delivered', 5), count('discarded', 19, { reason: 'retention' })],
          parked: [parked(9)],
          gaps: [{ partition: 0, from: 11, to: 30, reason: 'retention' }],
        }),
      ]);
      expect(await bed.store.balanceSheets()).toMatchObject([
        { cursors: [{ auditedTo: 30 }], sources: [{ delivered: 5, discarded: 19, parked: 1, audited: 25 }] },
      ]);
    });

    it('goes on with the audit where a stretch was skipped: the log still counts it', async () => {
      await bed.store.commit([
        commit({
          cursors: [cursor(30)],
          counts: [count('delivered', 5), count('discarded', 20, { reason: 'skipped' })],
          gaps: [{ partition: 0, from: 10, to: 30, reason: 'skipped' }],
        }),
      ]);
      expect(await bed.store.balanceSheets()).toMatchObject([
        { cursors: [{ offset: 30, auditedTo: 5 }], sources: [{ delivered: 5, discarded: 20, audited: 0 }] },
      ]);
    });

    it('names durable cursors and since when their destination is disabled', async () => {
      await bed.store.commit([commit({ cursors: [cursor(10)], condition: { ...newCondition, disabledAt: 77 } })]);
      expect(await bed.store.durableCursors()).toEqual([
        { destinationId: 'd1', partition: 0, offset: 10, disabledAt: 77 },
      ]);
    });

    it('keeps the last success and error until there are newer ones', async () => {
      const latest = { lastSuccessAt: 5, lastError: 'answered 500', lastErrorAt: 4 };
      await bed.store.commit([commit({ condition: { ...newCondition, ...latest } })]);
      await bed.store.commit([commit({ condition: newCondition })]);
      expect((await bed.store.states())[0]).toMatchObject(latest);
    });

    it('forgets what is too old to be asked about, and nothing of unfinished events', async () => {
      const attempt = { partition: 0, action: 'a1', attempt: 1, at: 1, durationMs: 1, outcome: 'failed' } as const;
      const rest = { status: 400, error: 'x', request: null, response: null, version: 1 };
      await bed.store.commit([
        commit({
          cursors: [cursor(20)],
          attempts: [6, 7, 8, 15].map((offset) => ({ ...attempt, ...rest, offset })),
          parked: [parked(7)],
          deadLetters: [letter(8)],
          counts: [count('failed'), count('delivered', 1, { minute: minute - 100 })],
          versions: [version(5, 1), version(9, 2), version(16, 3)],
          delays: [minute, minute - 100].map((of) => ({ minute: of, boundMs: 10, events: 1 })),
        }),
      ]);
      await bed.store.trim(0, 12, minute);
      const attempts = await Promise.all([6, 7, 8, 15].map((offset) => bed.store.attempts(0, offset)));
      expect(attempts.map(({ length }) => length)).toEqual([0, 1, 1, 1]);
      expect(await bed.store.ledger(0, minute + 1)).toHaveLength(1);
      expect(await bed.store.delays(0, minute + 1)).toHaveLength(1);
      expect((await bed.store.configAt('d1', 0, 12))?.version).toBe(2);
      expect((await bed.store.balanceSheets())[0]?.sources[0]).toMatchObject({ delivered: 1, failed: 1 });
    });

    it('forgets a destination, and only that one', async () => {
      await bed.store.begin('d2', [{ partition: 0, start: 1 }]);
      for (const destinationId of ['d1', 'd2']) {
        await bed.store.commit([
          commit({
            destinationId,
            parked: [parked(6)],
            deadLetters: [letter(7)],
            counts: [count('failed')],
            delays: [{ minute, boundMs: 10, events: 1 }],
          }),
        ]);
      }
      await bed.store.remove('d1');
      expect(await bed.store.load('d1')).toBeNull();
      expect(await bed.store.destinationIds()).toEqual(['d2']);
      expect((await bed.store.ledger(0, minute + 1)).map(({ destinationId }) => destinationId)).toEqual(['d2']);
      expect((await bed.store.delays(0, minute + 1)).map(({ destinationId }) => destinationId)).toEqual(['d2']);
      expect((await bed.store.load('d2'))?.parked).toHaveLength(1);
    });
  });
}
