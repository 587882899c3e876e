// What every delivery store promises. Each engine's test calls this with a way to open a new, empty store, and to open
// the same one again.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigVersion, DeadLetterFilter } from './delivery-reader.ts';
import { newCondition } from './delivery-store.ts';
import type {
  DeliveryStore,
  DestinationCommit,
  NewDeadLetter,
  OutcomeCount,
  ParkedEvent,
  StoredCursor,
} from './delivery-store.ts';

export interface StoreUnderTest {
  readonly store: DeliveryStore;
  /** Closes the store and opens it again. */
  reopen(): Promise<DeliveryStore>;
  close(): Promise<void>;
}

const minute = 29_000_000;
const receivedAt = minute * 60_000 + 5;

const commit = (change: Partial<DestinationCommit> = {}): DestinationCommit => ({
  destinationId: 'd1',
  cursors: [],
  counts: [],
  actionCounts: [],
  delays: [],
  parked: [],
  progress: [],
  unparked: [],
  deadLetters: [],
  attempts: [],
  versions: [],
  gaps: [],
  condition: newCondition,
  ...change,
});
const cursor = (offset: number, reached = offset): StoredCursor => ({ partition: 0, offset, reached });
const count = (outcome: OutcomeCount['outcome'], events = 1, change: Partial<OutcomeCount> = {}): OutcomeCount => ({
  sourceId: 's1',
  minute,
  outcome,
  reason: '',
  events,
  ...change,
});
const parked = (offset: number, change: Partial<ParkedEvent> = {}): ParkedEvent & { readonly body: string } => ({
  partition: 0,
  offset,
  sourceId: 's1',
  messageId: `m${offset}`,
  receivedAt,
  orderKeys: ['u1', 'a1'],
  attempts: 1,
  spentMs: 10,
  retryAt: receivedAt,
  settled: {},
  reason: 'answered 500',
  body: `{"n":${offset}}`,
  ...change,
});
const letter = (offset: number, change: Partial<NewDeadLetter> = {}): NewDeadLetter => ({
  partition: 0,
  offset,
  sourceId: 's1',
  messageId: `m${offset}`,
  receivedAt,
  diedAt: receivedAt + 1000,
  attempts: 3,
  reason: 'refused (400)',
  settled: { a1: 'delivered', a2: 'failed' },
  orderKeys: ['u1'],
  body: `{"n":${offset}}`,
  ...change,
});
const version = (from: number, number: number): ConfigVersion => ({
  partition: 0,
  from,
  version: number,
  codeVersion: '1',
  config: { actions: [], number },
});

export function describeDeliveryStore(open: () => Promise<StoreUnderTest>): void {
  describe('a delivery store', () => {
    let opened: StoreUnderTest;
    let store: DeliveryStore;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      await store.begin('d1', [{ partition: 0, start: 5 }]);
    });
    afterEach(() => opened.close());

    it('begins a destination once, where it was told', async () => {
      expect(await store.load('d2')).toBeNull();
      await store.begin('d1', [
        { partition: 0, start: 99 },
        { partition: 1, start: 7 },
      ]);
      expect((await store.load('d1'))?.cursors).toEqual([
        { partition: 0, start: 5, offset: 5, reached: 5 },
        { partition: 1, start: 7, offset: 7, reached: 7 },
      ]);
      expect(await store.destinationIds()).toEqual(['d1']);
    });

    it('keeps cursor, counts, parked events and condition of one commit together, across a restart', async () => {
      const condition = { ...newCondition, breaker: 'open', breakerReason: 'down', nextProbeAt: 9 } as const;
      await store.commit([
        commit({
          cursors: [cursor(10, 12)],
          counts: [count('delivered', 3), count('filtered', 1)],
          parked: [parked(8)],
          versions: [version(5, 3)],
          condition,
        }),
      ]);
      store = await opened.reopen();
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
      await expect(store.commit([commit({ cursors: [cursor(7)] }), twice])).rejects.toMatchObject({
        code: 'store_unavailable',
      });
      expect((await store.load('d1'))?.cursors[0]?.offset).toBe(5);
      expect(await store.ledger(0, minute + 1)).toEqual([]);
    });

    it('adds counts up per destination, source, minute and reason', async () => {
      await store.begin('d2', [{ partition: 0, start: 1 }]);
      const discarded = count('discarded', 4, { reason: 'retention', sourceId: 's2', minute: minute + 1 });
      await store.commit([
        commit({ counts: [count('delivered', 2)] }),
        commit({ destinationId: 'd2', counts: [discarded] }),
      ]);
      await store.commit([
        commit({
          counts: [count('delivered', 3), count('failed', 1)],
          actionCounts: [
            { actionId: 'a1', minute, outcome: 'delivered', events: 3 },
            { actionId: 'a1', minute, outcome: 'failed', events: 1 },
          ],
        }),
      ]);
      expect(await store.ledger(minute, minute + 2)).toEqual([
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
      expect(await store.ledger(minute + 1, minute + 2)).toHaveLength(1);
      const day = minute - (minute % 1440);
      expect(await store.ledger(day, day + 2880, 2880 * minute)).toMatchObject([
        { destinationId: 'd1', minute: 0, delivered: 5, failed: 1 },
        { destinationId: 'd2', minute: 0, discarded: { retention: 4 } },
      ]);
      expect(await store.actionLedger(minute, minute + 1)).toEqual([
        { destinationId: 'd1', actionId: 'a1', minute, delivered: 3, failed: 1 },
      ]);
    });

    it('adds up how long deliveries took, by class, minute and destination', async () => {
      const first = { minute, boundMs: 100, events: 2 };
      await store.commit([
        commit({ delays: [first, { minute, boundMs: 5000, events: 1 }] }),
        commit({ destinationId: 'd2', delays: [first] }),
      ]);
      await store.commit([commit({ delays: [first, { ...first, minute: minute + 1 }] })]);
      expect(await store.delays(minute, minute + 1)).toEqual([
        { destinationId: 'd1', minute, boundMs: 100, events: 4 },
        { destinationId: 'd1', minute, boundMs: 5000, events: 1 },
        { destinationId: 'd2', minute, boundMs: 100, events: 2 },
      ]);
      expect(await store.delays(minute, minute + 2, 2 * minute)).toMatchObject([
        { destinationId: 'd1', minute: 0, boundMs: 100, events: 6 },
        { boundMs: 5000 },
        { destinationId: 'd2' },
      ]);
    });

    it('adds counts up to the minute in steps of whole hours', async () => {
      const minutes = [59, 60, 119, 120, 179, 180];
      await store.commit([
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
      expect(await store.ledger(59, 180, 60)).toMatchObject(steps);
      expect(await store.actionLedger(59, 180, 60)).toMatchObject(steps);
      expect(await store.delays(59, 180, 60)).toMatchObject([{ events: 1 }, { events: 2 + 4 }, { events: 8 + 16 }]);
      expect(await store.ledger(119, 181, 180)).toMatchObject([
        { minute: 0, delivered: 4 + 8 + 16 },
        { minute: 180, delivered: 32 },
      ]);
    });

    it('hands bodies of parked events back, takes their progress, and lets them go', async () => {
      await store.commit([commit({ cursors: [cursor(9)], parked: [parked(6), parked(7), parked(8)] })]);
      const places = [8, 6].map((offset) => ({ partition: 0, offset }));
      expect(await store.parkedBodies('d1', places)).toEqual(['{"n":8}', '{"n":6}']);
      const progress = { ...parked(7), attempts: 5, settled: { a1: 'delivered' } } as const;
      await store.commit([commit({ progress: [progress], unparked: [{ partition: 0, offset: 6 }] })]);
      const left = (await store.load('d1'))?.parked;
      expect(left?.map(({ offset, attempts, settled }) => ({ offset, attempts, settled }))).toEqual([
        { offset: 7, attempts: 5, settled: { a1: 'delivered' } },
        { offset: 8, attempts: 1, settled: {} },
      ]);
    });

    it('lists dead letters latest first, page by page, with their bodies', async () => {
      await store.commit([commit({ deadLetters: [letter(5), letter(6), letter(7)], counts: [count('failed', 3)] })]);
      const first = await store.deadLetters('d1', null, 2);
      expect(first.items.map(({ messageId, body }) => [messageId, body])).toEqual([
        ['m7', '{"n":7}'],
        ['m6', '{"n":6}'],
      ]);
      const second = await store.deadLetters('d1', first.next, 2);
      expect([second.items.map(({ messageId }) => messageId), second.next]).toEqual([['m5'], null]);
      expect((await store.states())[0]).toMatchObject({ deadLetters: 3 });
    });

    it('turns dead letters that are put back in line into parked events, as many as asked for, and uncounts them', async () => {
      const counts = [count('failed', 3)];
      const actionCounts = [
        { actionId: 'a1', minute, outcome: 'delivered', events: 3 } as const,
        { actionId: 'a2', minute, outcome: 'failed', events: 3 } as const,
      ];
      await store.commit([commit({ deadLetters: [letter(5), letter(6), letter(7)], counts, actionCounts })]);
      expect(await store.requeue('d1', 'all')).toBe(3);
      expect(await store.requeue('d1', 'all')).toBe(0);
      expect(await store.takeRequeued('d1', 2)).toMatchObject([
        { offset: 5, attempts: 0, spentMs: 0, settled: { a1: 'delivered' }, orderKeys: ['u1'] },
        { offset: 6 },
      ]);
      expect(await store.ledger(minute, minute + 1)).toMatchObject([{ failed: 1 }]);
      // Each action counts once more when the event ends again.
      expect(await store.actionLedger(minute, minute + 1)).toMatchObject([
        { actionId: 'a1', delivered: 1, failed: 0 },
        { actionId: 'a2', delivered: 0, failed: 1 },
      ]);
      expect((await store.load('d1'))?.parked).toHaveLength(2);
      expect(await store.takeRequeued('d1', 2)).toMatchObject([{ offset: 7 }]);
      expect(await store.takeRequeued('d1', 2)).toEqual([]);
    });

    it('gives up chosen dead letters, or all', async () => {
      await store.commit([commit({ deadLetters: [letter(5), letter(6), letter(7)], counts: [count('failed', 3)] })]);
      const { items } = await store.deadLetters('d1', null, 10);
      expect(await store.discard('d1', [items[0]!.id, 12_345])).toBe(1);
      expect(await store.discard('d2', [items[1]!.id])).toBe(0);
      expect(await store.standing('d1', 0, 7)).toBe('discarded');
      expect(await store.ledger(minute, minute + 1)).toMatchObject([{ failed: 2, discarded: { user: 1 } }]);
      await store.requeue('d1', [items[1]!.id]);
      expect(await store.discard('d1', 'all')).toBe(2);
      expect(await store.takeRequeued('d1', 10)).toEqual([]);
      expect((await store.deadLetters('d1', null, 10)).items).toEqual([]);
    });

    it('lists, retries and gives up dead letters by what they have in common', async () => {
      const letters = [
        letter(5, { reason: 'Refused (400)', diedAt: 100 }),
        letter(6, { reason: 'refused (422)', diedAt: 200, sourceId: 's2' }),
        letter(7, { reason: 'Given up', diedAt: 300 }),
      ];
      await store.commit([commit({ deadLetters: letters, counts: [count('failed', 3)] })]);
      const found = async (filter: DeadLetterFilter): Promise<string[]> =>
        (await store.deadLetters('d1', null, 10, filter)).items.map(({ messageId }) => messageId);
      expect(await found({ reason: 'REFUSED' })).toEqual(['m6', 'm5']);
      expect(await found({ from: 200, to: 300 })).toEqual(['m6']);
      expect(await found({ messageId: 'm7', sourceId: 's1' })).toEqual(['m7']);
      expect(await found({ messageId: 'm7', sourceId: 's2' })).toEqual([]);
      expect(await store.countDeadLetters('d1')).toBe(3);
      expect(await store.countDeadLetters('d1', { reason: 'REFUSED' })).toBe(2);
      expect(await store.countDeadLetters('d2')).toBe(0);
      expect(await store.requeue('d1', { reason: 'refused', sourceId: 's1' })).toBe(1);
      expect(await store.discard('d1', { from: 200 })).toBe(2);
      expect(await store.takeRequeued('d1', 10)).toMatchObject([{ offset: 5 }]);
    });

    it('takes an edited event in place of the one that was refused, until it is back in line', async () => {
      await store.commit([commit({ deadLetters: [letter(5)], counts: [count('failed')] })]);
      const id = (await store.deadLetters('d1', null, 1)).items[0]!.id;
      const edited = { body: '{"n":"mended"}', orderKeys: ['u2'], editedAt: 77 };
      expect(await store.editDeadLetter('d2', id, edited)).toBe(false);
      expect(await store.editDeadLetter('d1', id, edited)).toBe(true);
      expect(await store.deadLetter('d1', id)).toMatchObject({ body: edited.body, editedAt: 77, requeued: false });
      await store.requeue('d1', [id]);
      expect(await store.deadLetter('d1', id)).toMatchObject({ requeued: true });
      expect(await store.editDeadLetter('d1', id, edited)).toBe(false);
      expect(await store.takeRequeued('d1', 1)).toMatchObject([{ orderKeys: ['u2'] }]);
      expect(await store.parkedBodies('d1', [{ partition: 0, offset: 5 }])).toEqual([edited.body]);
      expect(await store.deadLetter('d1', id)).toBeNull();
    });

    it('keeps what was sent instead of an edited event as long as the log keeps the event', async () => {
      await store.commit([commit({ deadLetters: [letter(5)], counts: [count('failed')] })]);
      const id = (await store.deadLetters('d1', null, 1)).items[0]!.id;
      const nothing = { edit: null, replayFailures: [] };
      expect(await store.aside('d1', 0, 5)).toEqual(nothing);
      for (const [body, editedAt] of [
        ['{"n":"once"}', 77],
        ['{"n":"twice"}', 88],
      ] as const)
        await store.editDeadLetter('d1', id, { body, orderKeys: ['u2'], editedAt });
      await store.requeue('d1', [id]);
      await store.takeRequeued('d1', 1);
      expect(await store.deadLetter('d1', id)).toBeNull();
      expect(await store.aside('d1', 0, 5)).toEqual({ edit: { at: 88, body: '{"n":"twice"}' }, replayFailures: [] });
      expect(await store.aside('d2', 0, 5)).toEqual(nothing);
      await store.trim(0, 5, 0);
      expect(await store.aside('d1', 0, 5)).not.toEqual(nothing);
      await store.trim(0, 6, 0);
      expect(await store.aside('d1', 0, 5)).toEqual(nothing);
    });

    it('says where an event stands', async () => {
      await store.commit([
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
      const standings = [4, 5, 11, 12, 13, 14, 15, 16, 17, 20, 24, 25].map((offset) => store.standing('d1', 0, offset));
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
      expect(await store.standing('d2', 0, 5)).toBe('not reached');
    });

    it('knows which configuration routed an event, also when a crash made a stretch be routed again', async () => {
      await store.commit([
        commit({ cursors: [cursor(5, 30)], versions: [version(5, 1), version(10, 2), version(20, 3)] }),
      ]);
      const at = async (offset: number) => (await store.configAt('d1', 0, offset))?.version;
      expect(await Promise.all([4, 5, 9, 10, 19, 29, 30].map(at))).toEqual([undefined, 1, 1, 2, 2, 3, undefined]);
      await store.commit([commit({ cursors: [cursor(15, 30)], versions: [version(15, 4)] })]);
      expect(await Promise.all([14, 15, 29].map(at))).toEqual([2, 4, 4]);
      // Taking up the same version again makes no new interval.
      await store.commit([commit({ cursors: [cursor(28, 30)], versions: [version(28, 4)] })]);
      expect(await store.configAt('d1', 0, 29)).toEqual(version(15, 4));
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
      await store.commit([commit({ attempts: attempts.slice(0, 30) })]);
      await store.commit([commit({ attempts: attempts.slice(30) })]);
      const kept = await store.attempts(0, 6);
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
      await store.begin('d2', [{ partition: 0, start: 5 }]);
      await store.commit([commit({ attempts: tried }), commit({ destinationId: 'd2', attempts: tried })]);
      const pages: (readonly number[])[] = [];
      let next: string | null = null;
      do {
        const page = await store.attemptsAt('d1', next, 2);
        pages.push(page.items.map(({ offset }) => offset));
        next = page.next;
      } while (next !== null);
      expect(pages).toEqual([[9, 8], [7, 6], [5]]);
      const failed = await store.attemptsAt('d1', null, 10, 'failed');
      expect(failed).toMatchObject({ next: null, items: [{ offset: 8, destinationId: 'd1' }, { offset: 6 }] });
      expect((await store.attemptsAt('d1', null, 1, 'failed')).next).not.toBeNull();
      expect(await store.attemptsAt('d3', null, 10)).toEqual({ items: [], next: null });
    });

    it('adds the log’s counts to an audit only from where it stands, and never past the cursor', async () => {
      await store.commit([commit({ cursors: [cursor(10)], counts: [count('delivered', 5)] })]);
      const audit = { destinationId: 'd1', partition: 0, from: 5, to: 10, sources: [{ sourceId: 's1', events: 5 }] };
      await store.recordAudit([audit]);
      await store.recordAudit([audit, { ...audit, from: 10, to: 12 }]);
      expect(await store.balanceSheets()).toEqual([
        {
          destinationId: 'd1',
          cursors: [{ partition: 0, offset: 10, auditedTo: 10 }],
          sources: [{ sourceId: 's1', delivered: 5, filtered: 0, discarded: 0, failed: 0, parked: 0, audited: 5 }],
        },
      ]);
    });

    it('starts the audit over behind a gap', async () => {
      await store.commit([
        commit({
          cursors: [cursor(30)],
          counts: [count('delivered', 5), count('discarded', 19, { reason: 'retention' })],
          parked: [parked(9)],
          gaps: [{ partition: 0, from: 11, to: 30, reason: 'retention' }],
        }),
      ]);
      expect(await store.balanceSheets()).toMatchObject([
        { cursors: [{ auditedTo: 30 }], sources: [{ delivered: 5, discarded: 19, parked: 1, audited: 25 }] },
      ]);
    });

    it('goes on with the audit where a stretch was skipped: the log still counts it', async () => {
      await store.commit([
        commit({
          cursors: [cursor(30)],
          counts: [count('delivered', 5), count('discarded', 20, { reason: 'skipped' })],
          gaps: [{ partition: 0, from: 10, to: 30, reason: 'skipped' }],
        }),
      ]);
      expect(await store.balanceSheets()).toMatchObject([
        { cursors: [{ offset: 30, auditedTo: 5 }], sources: [{ delivered: 5, discarded: 20, audited: 0 }] },
      ]);
    });

    it('names durable cursors and since when their destination is disabled', async () => {
      await store.commit([commit({ cursors: [cursor(10)], condition: { ...newCondition, disabledAt: 77 } })]);
      expect(await store.durableCursors()).toEqual([{ destinationId: 'd1', partition: 0, offset: 10, disabledAt: 77 }]);
    });

    it('keeps the last success and error until there are newer ones', async () => {
      await store.commit([commit({ condition: { ...newCondition, lastSuccessAt: 5, lastError: 'answered 500' } })]);
      await store.commit([commit({ condition: newCondition })]);
      expect((await store.states())[0]).toMatchObject({ lastSuccessAt: 5, lastError: 'answered 500' });
    });

    it('forgets what is too old to be asked about, and nothing of unfinished events', async () => {
      const attempt = { partition: 0, action: 'a1', attempt: 1, at: 1, durationMs: 1, outcome: 'failed' } as const;
      const rest = { status: 400, error: 'x', request: null, response: null, version: 1 };
      await store.commit([
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
      await store.trim(0, 12, minute);
      const attempts = await Promise.all([6, 7, 8, 15].map((offset) => store.attempts(0, offset)));
      expect(attempts.map(({ length }) => length)).toEqual([0, 1, 1, 1]);
      expect(await store.ledger(0, minute + 1)).toHaveLength(1);
      expect(await store.delays(0, minute + 1)).toHaveLength(1);
      expect((await store.configAt('d1', 0, 12))?.version).toBe(2);
      expect((await store.balanceSheets())[0]?.sources[0]).toMatchObject({ delivered: 1, failed: 1 });
    });

    it('forgets a destination, and only that one', async () => {
      await store.begin('d2', [{ partition: 0, start: 1 }]);
      for (const destinationId of ['d1', 'd2']) {
        await store.commit([
          commit({
            destinationId,
            parked: [parked(6)],
            deadLetters: [letter(7)],
            counts: [count('failed')],
            delays: [{ minute, boundMs: 10, events: 1 }],
          }),
        ]);
      }
      await store.remove('d1');
      expect(await store.load('d1')).toBeNull();
      expect(await store.destinationIds()).toEqual(['d2']);
      expect((await store.ledger(0, minute + 1)).map(({ destinationId }) => destinationId)).toEqual(['d2']);
      expect((await store.delays(0, minute + 1)).map(({ destinationId }) => destinationId)).toEqual(['d2']);
      expect((await store.load('d2'))?.parked).toHaveLength(1);
    });
  });
}
