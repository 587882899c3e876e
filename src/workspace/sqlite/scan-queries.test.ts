import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alias, identify, track } from '../calls.fixture.ts';
import { openSqliteWorkspaceReader } from './sqlite-workspace-reader.ts';
import type { SqliteWorkspaceReader } from './sqlite-workspace-reader.ts';
import { WorkspaceBed } from './workspace-bed.fixture.ts';

let bed: WorkspaceBed;
let reader: SqliteWorkspaceReader;
beforeEach(() => {
  bed = new WorkspaceBed();
  reader = openSqliteWorkspaceReader(bed.file, { scannedRows: 4 });
});
afterEach(async () => {
  await reader.close();
  await bed.close();
});

describe('a bounded scan', () => {
  it('finds people by an attribute page by page, and says how far it looked', async () => {
    for (let n = 1; n <= 10; n++) bed.append(identify(`u${n}`, { plan: n % 5 === 0 ? 'Pro' : 'free' }));
    await bed.catchUp();
    const pages: unknown[] = [];
    let cursor: string | null = null;
    do {
      const page = await reader.searchByAttribute('plan', 'pro', cursor, 10);
      pages.push([page.items.map(({ id }) => id), page.scanned]);
      cursor = page.next;
    } while (cursor !== null);
    expect(pages).toEqual([
      [['u10'], 4],
      [['u5'], 4],
      [[], null],
    ]);
    expect((await reader.searchByAttribute('pla', null, null, 10)).items).toEqual([]);
  });

  it('finds what was reported about messages to any of the recipients, latest first', async () => {
    const report = (metric: string, recipient: string) =>
      track('u1', 'Report Delivery Event', { deliveryId: 'd1', metric, recipient });
    await bed.apply(
      report('delivered', 'a@example.com'),
      report('opened', 'token-1'),
      report('delivered', 'b@example.com'),
      report('clicked', 'a@example.com'),
      report('delivered', 'c@example.com'),
    );
    const recipients = ['a@example.com', 'token-1'];
    const first = await reader.metricsTo(recipients, null, 10);
    expect(first).toMatchObject({ items: [{ metric: 'clicked' }, { metric: 'opened' }], scanned: 4 });
    const second = await reader.metricsTo(recipients, first.next, 10);
    expect(second).toMatchObject({ items: [{ metric: 'delivered' }], next: null, scanned: null });
    const short = await reader.metricsTo(recipients, null, 1);
    expect((await reader.metricsTo(recipients, short.next, 1)).items).toMatchObject([{ metric: 'opened' }]);
  });

  it('finds the effects on a person from an offset on, those before a merge with them', async () => {
    for (let n = 1; n <= 600; n++) bed.append(identify(`u${n}`, { n }));
    await bed.apply(identify('u3', { plan: 'pro' }), identify('u4', { plan: 'free' }));
    const offsets = async (from: number) => (await reader.effectsOn('u3', 0, from)).map(({ offset }) => offset);
    expect(await offsets(1)).toEqual([3, 601]);
    expect(await offsets(4)).toEqual([601]);
    await bed.apply(alias('u3', 'u4'));
    expect(await offsets(1)).toEqual([3, 4, 601, 602, 603]);
    expect(await reader.effectsOn('nobody', 0, 1)).toEqual([]);
  });

  it('refuses a cursor that is none', async () => {
    await expect(reader.searchByAttribute('plan', null, '%', 2)).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
