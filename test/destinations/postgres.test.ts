// The warehouse through delivery, in a real PostgreSQL.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DestinationKind } from '../../src/destinations/destination.ts';
import { postgres } from '../../src/destinations/postgres.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import type { DeliveryBed } from '../support/delivery-bed.ts';
import { findPostgres, openPostgres } from '../support/postgres.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { openRangeBed, rangeDestination } from '../support/range-destination.ts';
import { leftOut } from '../support/left-out.ts';
import { waitFor } from '../support/wait-for.ts';
import { replayEnded, wholeReplay } from '../support/whole-replay.ts';

const missing = findPostgres() === null ? 'PostgreSQL is not installed. On Debian: apt-get install postgresql' : null;
const kind = postgres as unknown as DestinationKind;

describe.skipIf(leftOut('the warehouse in PostgreSQL', missing))('the warehouse in PostgreSQL', () => {
  let server: PostgresServer;
  let schemas = 0;
  beforeAll(async () => {
    server = await openPostgres();
  });
  afterAll(() => server.close());

  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function open(): Promise<{
    bed: DeliveryBed;
    schema: string;
    to: (change?: JsonObject) => ReturnType<typeof rangeDestination>;
  }> {
    const bed = await openRangeBed(kind);
    closing.push(() => bed.close());
    const schema = `s${++schemas}`;
    const { host, port, user, password, database } = server;
    const settings = { host, port, user, password, database, tls: 'off', schema, loadEvents: 50, loadWaitMs: 100 };
    return { bed, schema, to: (change = {}) => rangeDestination(kind, { ...settings, ...change }) };
  }

  it('has the tables, columns and types of Segment’s schema', async () => {
    const { bed, schema, to } = await open();
    const context = { ip: '203.0.113.7', library: { name: 'js', version: '1' }, tags: ['a'] };
    bed.log.append({
      type: 'identify',
      messageId: 'i1',
      userId: 'u1',
      traits: { email: 'a@example.com', Plan: 'free', address: { city: 'Ulm' } },
      context,
    });
    bed.log.append({ type: 'identify', messageId: 'i2', userId: 'u1', traits: { Plan: 'pro', address: null } });
    bed.log.append({
      type: 'track',
      messageId: 't1',
      userId: 'u1',
      event: 'Order Completed',
      properties: { orderId: 'o1', total: 42.5, paid: true, at: '2026-03-01T12:00:00Z', lines: [{ sku: 'x' }], id: 7 },
      context,
    });
    bed.log.append({
      type: 'page',
      messageId: 'p1',
      anonymousId: 'a1',
      name: 'Home',
      properties: { url: 'https://example.com' },
    });
    bed.log.append({ type: 'screen', messageId: 's1', anonymousId: 'a1', name: 'Start' });
    bed.log.append({ type: 'group', messageId: 'g1', userId: 'u1', groupId: 'acme', traits: { employees: 12 } });
    bed.log.append({ type: 'alias', messageId: 'a1', userId: 'u1', previousId: 'a1' });
    bed.log.append({ type: 'track', messageId: 't2', userId: 'u1', event: 'Users', properties: {} });
    await bed.configure(to());
    expect(await bed.settled()).toMatchObject([{ accepted: 8, delivered: 8 }]);
    expect(await server.query(`SELECT * FROM ${schema}.order_completed`)).toMatchObject([
      {
        id: 't1',
        user_id: 'u1',
        event: 'order_completed',
        order_id: 'o1',
        total: '42.5',
        paid: true,
        at: new Date('2026-03-01T12:00:00Z'),
        lines: [{ sku: 'x' }],
        property_id: '7',
        context_ip: '203.0.113.7',
        context_library_name: 'js',
        context_tags: ['a'],
        received_at: expect.any(Date),
      },
    ]);
    expect(await server.query(`SELECT id, event, event_text FROM ${schema}.tracks ORDER BY id`)).toEqual([
      { id: 't1', event: 'order_completed', event_text: 'Order Completed' },
      { id: 't2', event: 'users', event_text: 'Users' },
    ]);
    expect(await server.query(`SELECT id, plan, address_city FROM ${schema}.identifies ORDER BY id`)).toEqual([
      { id: 'i1', plan: 'free', address_city: 'Ulm' },
      { id: 'i2', plan: 'pro', address_city: null },
    ]);
    expect(await server.query(`SELECT id, email, plan FROM ${schema}.users`)).toEqual([
      { id: 'u1', email: 'a@example.com', plan: 'pro' },
    ]);
    expect(await server.query(`SELECT name, url FROM ${schema}.pages`)).toEqual([
      { name: 'Home', url: 'https://example.com' },
    ]);
    expect(await server.query(`SELECT name FROM ${schema}.screens`)).toEqual([{ name: 'Start' }]);
    expect(await server.query(`SELECT group_id, employees FROM ${schema}.groups`)).toEqual([
      { group_id: 'acme', employees: '12' },
    ]);
    expect(await server.query(`SELECT id, employees FROM ${schema}.accounts`)).toEqual([
      { id: 'acme', employees: '12' },
    ]);
    expect(await server.query(`SELECT previous_id, user_id FROM ${schema}.aliases`)).toEqual([
      { previous_id: 'a1', user_id: 'u1' },
    ]);
    expect((await server.query(`SELECT count(*)::int AS n FROM ${schema}.event_users`))[0]).toEqual({ n: 1 });
  });

  it('keeps values of another type than their column beside it, counted, and values without a column too', async () => {
    const { bed, schema, to } = await open();
    const of = (properties: JsonObject) => bed.log.append({ event: 'Seen', properties });
    of({ size: 3, at: '2026-03-01T12:00:00Z', ok: true, text: 'a' });
    of({ size: 'XL', at: 'yesterday', ok: 'yes', text: 5 });
    of({ size: 4, Size: 5, ß: 1, '!!': 'nameless' });
    await bed.configure(to());
    expect(await bed.settled()).toMatchObject([{ delivered: 3 }]);
    expect(
      await server.query(`SELECT size, ok, text, _conflicts FROM ${schema}.seen ORDER BY received_at, id`),
    ).toEqual([
      { size: '3', ok: true, text: 'a', _conflicts: null },
      { size: null, ok: null, text: '5', _conflicts: { size: 'XL', at: 'yesterday', ok: 'yes' } },
      { size: '4', ok: null, text: null, _conflicts: { Size: 5, '!!': 'nameless' } },
    ]);
    expect(
      await server.query(
        `SELECT table_name, column_name, column_type, value_type, rows FROM ${schema}._leat_conflicts WHERE column_name = 'size'`,
      ),
    ).toEqual([{ table_name: 'seen', column_name: 'size', column_type: 'numeric', value_type: 'text', rows: '1' }]);
  });

  it('takes any text, and any name, that a client can send', async () => {
    const { bed, schema, to } = await open();
    const odd = 'a\0b\uD800c\'"\\$1 ü';
    const long = 'Very '.repeat(40);
    bed.log.append({
      messageId: 'o1',
      event: odd,
      properties: { [odd]: odd, list: [odd], [long]: 1, [`${long}2`]: 2 },
    });
    bed.log.append({ messageId: 'o2', event: long, properties: { 'quote\'"': 1 } });
    bed.log.append({
      messageId: 'o3',
      event: '',
      properties: JSON.parse('{"__proto__":{"x":1},"constructor":2,"1st":3}') as JsonObject,
    });
    await bed.configure(to());
    expect(await bed.settled()).toMatchObject([{ delivered: 3 }]);
    expect(await server.query(`SELECT event_text FROM ${schema}.tracks WHERE id = 'o1'`)).toEqual([
      { event_text: 'a\uFFFDb\uFFFDc\'"\\$1 ü' },
    ]);
    expect(await server.query(`SELECT constructor, _1st FROM ${schema}.unnamed_event`)).toEqual([
      { constructor: '2', _1st: '3' },
    ]);
  });

  it('sets aside a call that the database refuses, and loads the others of its range', async () => {
    const { bed, schema, to } = await open();
    bed.log.append({ messageId: 'first', event: 'Priced', properties: { price: 1 } });
    await bed.configure(to());
    await bed.settled();
    await server.query(`ALTER TABLE ${schema}.priced ADD CHECK (price < 100)`);
    for (let n = 0; n < 30; n++)
      bed.log.append({ event: 'Priced', properties: { price: n === 17 ? 1000 : n, extra: n } });
    expect(await bed.settled()).toMatchObject([{ delivered: 30, failed: 1 }]);
    const { items } = await bed.store.deadLetters('d1', null, 10);
    expect(items).toMatchObject([
      { reason: expect.stringMatching(/^The database refused the event: .*check constraint/) },
    ]);
    expect(await server.query(`SELECT count(*)::int AS n, sum(extra)::int AS extra FROM ${schema}.priced`)).toEqual([
      { n: 30, extra: (29 * 30) / 2 - 17 },
    ]);
  });

  it('has every call once after its server was killed and delivery restarted, again and again', async () => {
    const { bed, schema, to } = await open();
    const total = 600;
    for (let n = 0; n < total; n++) bed.log.append({ messageId: `m${n}`, event: `Kind ${n % 3}`, properties: { n } });
    await bed.configure(to({ loadEvents: 40 }));
    const loaded = async (): Promise<number> => {
      const [row] = await server.query(`SELECT count(*)::int AS n FROM ${schema}.tracks`);
      return Number(row?.['n']);
    };
    for (const enough of [1, 200, 350]) {
      await waitFor('some calls', async () => (await loaded()) >= enough);
      await server.kill();
      await bed.restart();
      await server.start();
    }
    expect(await bed.settled()).toMatchObject([{ accepted: total, delivered: total }]);
    const [row] = await server.query(
      `SELECT count(*)::int AS n, count(DISTINCT id)::int AS ids, (SELECT sum(rows)::int FROM ${schema}._leat_ranges) AS noted FROM ${schema}.tracks`,
    );
    expect(row).toEqual({ n: total, ids: total, noted: total });
  });

  it('adds nothing when the same calls are loaded in other ranges', async () => {
    const { bed, schema, to } = await open();
    for (let n = 0; n < 20; n++) bed.log.append({ messageId: `m${n}`, event: 'Seen' });
    await bed.configure(to(), { ...to({ loadEvents: 7 }), id: 'd2' });
    await bed.settled();
    expect(await server.query(`SELECT count(*)::int AS n FROM ${schema}.seen`)).toEqual([{ n: 20 }]);
  });

  it('gets nothing new by a replay, and no older values over newer ones', async () => {
    const { bed, schema, to } = await open();
    const at = (n: number) => ({ receivedAt: Date.parse('2026-03-01T12:00:00.000Z') + n * 1000 });
    bed.log.append({ type: 'identify', messageId: 'i1', userId: 'u1', traits: { plan: 'free', city: 'Graz' } }, at(1));
    for (let n = 0; n < 10; n++) bed.log.append({ messageId: `m${n}`, userId: 'u1', event: 'Seen' }, at(2));
    bed.log.append({ type: 'identify', messageId: 'i2', userId: 'u1', traits: { plan: 'paid' } }, at(3));
    await bed.configure(to());
    await bed.settled();
    await server.query(`UPDATE ${schema}.users SET city = NULL`);
    const { id } = await bed.service.startReplay('d1', { ...wholeReplay, toOffset: 9 });
    expect(await replayEnded(bed, id)).toMatchObject({ state: 'done', counts: { delivered: 8, failed: 0 } });
    expect(await server.query(`SELECT count(*)::int AS n FROM ${schema}.seen`)).toEqual([{ n: 10 }]);
    expect(await server.query(`SELECT plan, city FROM ${schema}.users`)).toEqual([{ plan: 'paid', city: 'Graz' }]);
    const ranges = await server.query(
      `SELECT count(*)::int AS n FROM ${schema}._leat_ranges WHERE range LIKE '%-${id}'`,
    );
    expect(ranges).toEqual([{ n: 1 }]);
  });

  it.each<[string, JsonObject, RegExp]>([
    ['the password is wrong', { password: 'wrong' }, /refused the password of leat/],
    ['there is no such database', { database: 'nowhere' }, /no database "nowhere"/],
    ['nobody listens', { port: 1 }, /refused the connection/],
    ['the server speaks no TLS', { tls: 'verified' }, /SSL|TLS/],
  ])('waits and says why when %s', async (_, wrong, reason) => {
    const { bed, to } = await open();
    bed.log.append({ messageId: 'm1' });
    await bed.configure(to(wrong));
    await waitFor('the reason', async () => reason.test((await bed.store.states())[0]?.breakerReason ?? ''));
    expect(await bed.service.test('d1')).toEqual({ ok: false, message: expect.stringMatching(reason) });
    await bed.configure({ ...to(), version: 2 });
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
    expect(await bed.service.test('d1')).toMatchObject({ ok: true });
  });

  it('reaches no private address unless the operator allows it', async () => {
    const bed = await openRangeBed(kind, { settings: { allowPrivateAddresses: false } });
    closing.push(() => bed.close());
    const { host, port, user, database } = server;
    await bed.configure(rangeDestination(kind, { host, port, user, database, tls: 'off' }));
    expect(await bed.service.test('d1')).toEqual({ ok: false, message: expect.stringMatching(/private address/) });
  });
});
