// What every engine's reader promises of questions that no index answers: pages of a bounded scan, each of which says how
// far it looked. The engine's test opens a workspace that is fed calls, and a reader that looks at four rows a page.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alias, identify, track } from './calls.fixture.ts';
import type { TestCall } from './memory-log.fixture.ts';
import type { WorkspaceReader } from './workspace-reader.ts';

/** Rows that a page of the reader under test looks at. */
export const scannedRows = 4;

export interface OpenedScans {
  readonly reader: Pick<WorkspaceReader, 'searchByAttribute' | 'metricsTo' | 'effectsOn'>;
  /** Puts a call into the log. */
  append(call: TestCall): unknown;
  /** Resolves when everything in the log is applied. */
  catchUp(): Promise<unknown>;
  /** Both, for several calls. */
  apply(...calls: readonly TestCall[]): Promise<unknown>;
  close(): Promise<void>;
}

export function testWorkspaceScans(name: string, open: () => Promise<OpenedScans>): void {
  describe(`a bounded scan on ${name}`, () => {
    let opened: OpenedScans;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());

    it('finds people by an attribute page by page, and says how far it looked', async () => {
      for (let n = 1; n <= 10; n++) opened.append(identify(`u${n}`, { plan: n % 5 === 0 ? 'Pro' : 'free' }));
      await opened.catchUp();
      const pages: unknown[] = [];
      let cursor: string | null = null;
      do {
        const page = await opened.reader.searchByAttribute('plan', 'pro', cursor, 10);
        pages.push([page.items.map(({ id }) => id), page.scanned]);
        cursor = page.next;
      } while (cursor !== null);
      expect(pages).toEqual([
        [['u10'], 4],
        [['u5'], 4],
        [[], null],
      ]);
      expect((await opened.reader.searchByAttribute('pla', null, null, 10)).items).toEqual([]);
    });

    it('finds a value as text, whatever kind it is and wherever it stands among the attributes', async () => {
      const found = async (name: string, value: string): Promise<unknown> =>
        (await opened.reader.searchByAttribute(name, value, null, 10)).items.map(({ id }) => id);
      await opened.apply(
        identify('number', { seats: 7, plan: 'pro' }),
        identify('last', { plan: 'pro', seats: 7 }),
        identify('text', { seats: '7' }),
        identify('other', { seats: 77 }),
      );
      expect(await found('seats', '7')).toEqual(['text', 'last', 'number']);
      await opened.apply(
        identify('truth', { open: true }),
        identify('list', { open: [1, 'a'] }),
        identify('negative', { open: -0.5 }),
        identify('quoted', { open: 'say "hi"' }),
      );
      expect(await found('open', 'TRUE')).toEqual(['truth']);
      expect(await found('open', '[1,"A"]')).toEqual(['list']);
      expect(await found('open', '-0.5')).toEqual(['negative']);
      expect(await found('open', 'Say "Hi"')).toEqual(['quoted']);
    });

    it('finds what was reported about messages to any of the recipients, latest first', async () => {
      const report = (metric: string, recipient: string) =>
        track('u1', 'Report Delivery Event', { deliveryId: 'd1', metric, recipient });
      await opened.apply(
        report('delivered', 'a@example.com'),
        report('opened', 'token-1'),
        report('delivered', 'b@example.com'),
        report('clicked', 'a@example.com'),
        report('delivered', 'c@example.com'),
      );
      const recipients = ['a@example.com', 'token-1'];
      const first = await opened.reader.metricsTo(recipients, null, 10);
      expect(first).toMatchObject({ items: [{ metric: 'clicked' }, { metric: 'opened' }], scanned: 4 });
      const second = await opened.reader.metricsTo(recipients, first.next, 10);
      expect(second).toMatchObject({ items: [{ metric: 'delivered' }], next: null, scanned: null });
      const short = await opened.reader.metricsTo(recipients, null, 1);
      expect((await opened.reader.metricsTo(recipients, short.next, 1)).items).toMatchObject([{ metric: 'opened' }]);
    });

    it('finds the effects on a person from an offset on, those before a merge with them', async () => {
      for (let n = 1; n <= 600; n++) opened.append(identify(`u${n}`, { n }));
      await opened.apply(identify('u3', { plan: 'pro' }), identify('u4', { plan: 'free' }));
      const offsets = async (from: number) =>
        (await opened.reader.effectsOn('u3', 0, from)).map(({ offset }) => offset);
      expect(await offsets(1)).toEqual([3, 601]);
      expect(await offsets(4)).toEqual([601]);
      await opened.apply(alias('u3', 'u4'));
      expect(await offsets(1)).toEqual([3, 4, 601, 602, 603]);
      expect(await opened.reader.effectsOn('nobody', 0, 1)).toEqual([]);
    });

    it('refuses a cursor that is none', async () => {
      await expect(opened.reader.searchByAttribute('plan', null, '%', 2)).rejects.toMatchObject({
        code: 'invalid_request',
      });
    });
  });
}
