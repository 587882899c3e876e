import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startControlServer } from '../../test/support/control-server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import { openSqliteDelivery } from '../delivery/sqlite/sqlite-delivery.ts';
import { entry, newYear, readAll, temporaryFolder } from '../log/log-entries.fixture.ts';
import { openSqliteLog } from '../log/sqlite/sqlite-log.ts';
import { LedgerBeginnings } from './ledger-beginnings.ts';

/** From one event to the next. Most minutes hold 60 events and some two thousand, which are found in several stretches. */
const gapMs = (n: number): number => (n % 3000 < 2000 ? 25 : 1000);

async function bed() {
  const folder = temporaryFolder();
  const log = await openSqliteLog({ folder, segmentEvents: 1000 });
  const delivery = openSqliteDelivery(join(folder, 'delivery.db'));
  onTestFinished(async () => {
    await log.close();
    await delivery.close();
  });
  let receivedAt = newYear;
  const append = async (from: number, to: number): Promise<void> => {
    const rows = Array.from({ length: to - from }, (_, i) => {
      receivedAt += gapMs(from + i);
      return entry(from + i, { receivedAt, sourceId: ['a', 'b', 'c'][(from + i) % 3]!, personKey: 'one' });
    });
    await log.append(rows);
  };
  for (let at = 0; at < 6000; at += 500) await append(at, at + 500);
  return { log, delivery, append };
}

describe('where destinations begin', () => {
  it('knows the minute, and what of it came before, at any offset', async () => {
    const { log, delivery } = await bed();
    const records = await readAll(log);
    const beginnings = new LedgerBeginnings({ log, delivery });
    const starts = [0, 1, 2, 59, 60, 999, 1000, 1001, 1999, 2000, 2040, 3700, 4999, 5999];
    for (const start of starts)
      await delivery.begin(`from ${start}`, [{ partition: 0, start: records[start]!.offset }]);
    const found = await beginnings.of(starts.map((start) => ({ id: `from ${start}` })));
    for (const start of starts) {
      const minuteOf = (at: number): number => Math.floor(records[at]!.receivedAt / 60_000);
      const before: Record<string, number> = {};
      for (let at = start - 1; at >= 0 && minuteOf(at) === minuteOf(start); at--)
        before[records[at]!.sourceId] = (before[records[at]!.sourceId] ?? 0) + 1;
      const beginning = found.get(`from ${start}`);
      expect({ start, minute: beginning?.minute, before: Object.fromEntries(beginning?.before ?? []) }).toEqual({
        start,
        minute: minuteOf(start),
        before,
      });
    }
  });

  it('leaves out those that no event has come for yet, until one comes', async () => {
    const { log, delivery, append } = await bed();
    const beginnings = new LedgerBeginnings({ log, delivery });
    const both = [{ id: 'at the end' }, { id: 'never begun' }];
    await delivery.begin('at the end', [{ partition: 0, start: (await log.range(0)).end }]);
    expect([...(await beginnings.of(both)).keys()]).toEqual([]);
    await append(6000, 6001);
    expect([...(await beginnings.of(both)).keys()]).toEqual(['at the end']);
  });
});

it('counts in a window what came since a destination was first switched on, as over everything', async () => {
  const server = await startControlServer();
  const receiver = await openWebhookReceiver();
  onTestFinished(async () => {
    await server.close();
    await receiver.close();
  });
  const track = (messageId: string): Promise<Response> =>
    server.send('/v1/track', { userId: 'u1', event: 'Event', messageId });
  const { body: made } = await server.call('POST', 'destinations', {
    body: { kind: 'webhook', name: 'Hook', settings: { url: receiver.url }, enabled: false },
  });
  const ledger = async (query = ''): Promise<any[]> =>
    (await server.call('GET', `ledger?destination=${made.id}${query}`)).body.items;
  const sinceHour = `&from=${new Date(Date.now() - 3_600_000).toISOString()}`;
  for (let n = 0; n < 3; n++) await track(`while it is off ${n}`);
  expect([await ledger('&by=minute'), await ledger(sinceHour)]).toEqual([[], []]);

  await server.call('PATCH', `destinations/${made.id}`, { body: { enabled: true } });
  let sent = 0;
  const [all] = await waitFor('the destination to have begun and to be through', async () => {
    const [line] = await ledger();
    if (!line) await track(`while it is on ${sent++}`);
    return line && line.pending === 0 ? [line] : undefined;
  });
  const { balanced, ...sums } = all;
  expect({ balanced, pending: sums.pending }).toEqual({ balanced: true, pending: 0 });
  expect(sums.accepted).toBeLessThanOrEqual(sent);
  expect(await ledger(sinceHour)).toEqual([sums]);
  const minutes = await ledger('&by=minute');
  for (const name of ['accepted', 'delivered', 'pending'])
    expect(minutes.reduce((sum: number, line: any) => sum + line[name], 0)).toBe(sums[name]);
});
