// What every delivery store promises of dead letters; called as delivery-store.contract.ts is.
import { describe, expect, it } from 'vitest';
import { commit, count, letter, minute, useDeliveryStore } from './delivery-rows.fixture.ts';
import type { StoreUnderTest } from './delivery-rows.fixture.ts';
import type { DeadLetterFilter } from './delivery-reader.ts';

export function describeDeadLetters(open: () => Promise<StoreUnderTest>): void {
  describe('the dead letters of a delivery store', () => {
    const bed = useDeliveryStore(open);

    it('lists dead letters latest first, page by page, with their bodies', async () => {
      await bed.store.commit([
        commit({ deadLetters: [letter(5), letter(6), letter(7)], counts: [count('failed', 3)] }),
      ]);
      const first = await bed.store.deadLetters('d1', null, 2);
      expect(first.items.map(({ messageId, body }) => [messageId, body])).toEqual([
        ['m7', '{"n":7}'],
        ['m6', '{"n":6}'],
      ]);
      const second = await bed.store.deadLetters('d1', first.next, 2);
      expect([second.items.map(({ messageId }) => messageId), second.next]).toEqual([['m5'], null]);
      expect((await bed.store.states())[0]).toMatchObject({ deadLetters: 3 });
    });

    it('turns dead letters that are put back in line into parked events, as many as asked for, and uncounts them', async () => {
      const counts = [count('failed', 3)];
      const actionCounts = [
        { actionId: 'a1', minute, outcome: 'delivered', events: 3 } as const,
        { actionId: 'a2', minute, outcome: 'failed', events: 3 } as const,
      ];
      await bed.store.commit([commit({ deadLetters: [letter(5), letter(6), letter(7)], counts, actionCounts })]);
      expect(await bed.store.requeue('d1', 'all')).toBe(3);
      expect(await bed.store.requeue('d1', 'all')).toBe(0);
      expect(await bed.store.takeRequeued('d1', 2)).toMatchObject([
        { offset: 5, attempts: 0, spentMs: 0, settled: { a1: 'delivered' }, orderKeys: ['u1'] },
        { offset: 6 },
      ]);
      expect(await bed.store.ledger(minute, minute + 1)).toMatchObject([{ failed: 1 }]);
      // Each action counts once more when the event ends again.
      expect(await bed.store.actionLedger(minute, minute + 1)).toMatchObject([
        { actionId: 'a1', delivered: 1, failed: 0 },
        { actionId: 'a2', delivered: 0, failed: 1 },
      ]);
      expect((await bed.store.load('d1'))?.parked).toHaveLength(2);
      expect(await bed.store.takeRequeued('d1', 2)).toMatchObject([{ offset: 7 }]);
      expect(await bed.store.takeRequeued('d1', 2)).toEqual([]);
    });

    it('gives up chosen dead letters, or all', async () => {
      await bed.store.commit([
        commit({ deadLetters: [letter(5), letter(6), letter(7)], counts: [count('failed', 3)] }),
      ]);
      const { items } = await bed.store.deadLetters('d1', null, 10);
      expect(await bed.store.discard('d1', [items[0]!.id, 12_345])).toBe(1);
      expect(await bed.store.discard('d2', [items[1]!.id])).toBe(0);
      expect(await bed.store.standing('d1', 0, 7)).toBe('discarded');
      expect(await bed.store.ledger(minute, minute + 1)).toMatchObject([{ failed: 2, discarded: { user: 1 } }]);
      await bed.store.requeue('d1', [items[1]!.id]);
      expect(await bed.store.discard('d1', 'all')).toBe(2);
      expect(await bed.store.takeRequeued('d1', 10)).toEqual([]);
      expect((await bed.store.deadLetters('d1', null, 10)).items).toEqual([]);
    });

    it('lists, retries and gives up dead letters by what they have in common', async () => {
      const letters = [
        letter(5, { reason: 'Refused (400)', diedAt: 100 }),
        letter(6, { reason: 'refused (422)', diedAt: 200, sourceId: 's2' }),
        letter(7, { reason: 'Given up', diedAt: 300 }),
      ];
      await bed.store.commit([commit({ deadLetters: letters, counts: [count('failed', 3)] })]);
      const found = async (filter: DeadLetterFilter): Promise<string[]> =>
        (await bed.store.deadLetters('d1', null, 10, filter)).items.map(({ messageId }) => messageId);
      expect(await found({ reason: 'REFUSED' })).toEqual(['m6', 'm5']);
      expect(await found({ from: 200, to: 300 })).toEqual(['m6']);
      expect(await found({ messageId: 'm7', sourceId: 's1' })).toEqual(['m7']);
      expect(await found({ messageId: 'm7', sourceId: 's2' })).toEqual([]);
      expect(await bed.store.countDeadLetters('d1')).toBe(3);
      expect(await bed.store.countDeadLetters('d1', { reason: 'REFUSED' })).toBe(2);
      expect(await bed.store.countDeadLetters('d2')).toBe(0);
      expect(await bed.store.requeue('d1', { reason: 'refused', sourceId: 's1' })).toBe(1);
      expect(await bed.store.discard('d1', { from: 200 })).toBe(2);
      expect(await bed.store.takeRequeued('d1', 10)).toMatchObject([{ offset: 5 }]);
    });

    it('finds dead letters by what the receiver said last as well, and retries them by it', async () => {
      const attempt = {
        partition: 0,
        action: 'a1',
        durationMs: 1,
        outcome: 'failed',
        status: 422,
        version: 1,
      } as const;
      const said = (offset: number, tries: readonly string[]) =>
        tries.map((response, index) => ({
          ...attempt,
          offset,
          attempt: index + 1,
          at: 1000 + index,
          error: 'answered 422',
          request: 'POST …',
          response,
        }));
      const attempts = [
        ...said(5, ['422\n\nTotal is missing']),
        ...said(6, ['422\n\ntotal is missing', '422\n\nNo such user']),
      ];
      await bed.store.commit([
        commit({ deadLetters: [letter(5), letter(6), letter(7)], attempts, counts: [count('failed', 3)] }),
      ]);
      const found = async (filter: DeadLetterFilter): Promise<string[]> =>
        (await bed.store.deadLetters('d1', null, 10, filter)).items.map(({ messageId }) => messageId);
      expect(await found({ reason: 'total IS missing' })).toEqual(['m5']);
      expect(await found({ reason: 'no such user' })).toEqual(['m6']);
      expect(await bed.store.countDeadLetters('d1', { reason: 'no such user' })).toBe(1);
      expect(await bed.store.requeue('d1', { reason: 'no such user' })).toBe(1);
      expect(await bed.store.takeRequeued('d1', 10)).toMatchObject([{ offset: 6 }]);
    });

    it('takes an edited event in place of the one that was refused, until it is back in line', async () => {
      await bed.store.commit([commit({ deadLetters: [letter(5)], counts: [count('failed')] })]);
      const id = (await bed.store.deadLetters('d1', null, 1)).items[0]!.id;
      const edited = { body: '{"n":"mended"}', orderKeys: ['u2'], editedAt: 77 };
      expect(await bed.store.editDeadLetter('d2', id, edited)).toBe(false);
      expect(await bed.store.editDeadLetter('d1', id, edited)).toBe(true);
      expect(await bed.store.deadLetter('d1', id)).toMatchObject({ body: edited.body, editedAt: 77, requeued: false });
      await bed.store.requeue('d1', [id]);
      expect(await bed.store.deadLetter('d1', id)).toMatchObject({ requeued: true });
      expect(await bed.store.editDeadLetter('d1', id, edited)).toBe(false);
      expect(await bed.store.takeRequeued('d1', 1)).toMatchObject([{ orderKeys: ['u2'] }]);
      expect(await bed.store.parkedBodies('d1', [{ partition: 0, offset: 5 }])).toEqual([edited.body]);
      expect(await bed.store.deadLetter('d1', id)).toBeNull();
    });

    it('keeps what was sent instead of an edited event as long as the log keeps the event', async () => {
      await bed.store.commit([commit({ deadLetters: [letter(5)], counts: [count('failed')] })]);
      const id = (await bed.store.deadLetters('d1', null, 1)).items[0]!.id;
      const nothing = { edit: null, replayFailures: [] };
      expect(await bed.store.aside('d1', 0, 5)).toEqual(nothing);
      for (const [body, editedAt] of [
        ['{"n":"once"}', 77],
        ['{"n":"twice"}', 88],
      ] as const)
        await bed.store.editDeadLetter('d1', id, { body, orderKeys: ['u2'], editedAt });
      await bed.store.requeue('d1', [id]);
      await bed.store.takeRequeued('d1', 1);
      expect(await bed.store.deadLetter('d1', id)).toBeNull();
      expect(await bed.store.aside('d1', 0, 5)).toEqual({
        edit: { at: 88, body: '{"n":"twice"}' },
        replayFailures: [],
      });
      expect(await bed.store.aside('d2', 0, 5)).toEqual(nothing);
      await bed.store.trim(0, 5, 0);
      expect(await bed.store.aside('d1', 0, 5)).not.toEqual(nothing);
      await bed.store.trim(0, 6, 0);
      expect(await bed.store.aside('d1', 0, 5)).toEqual(nothing);
    });
  });
}
