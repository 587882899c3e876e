// Kafka through delivery, to a real broker.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DestinationKind } from '../../src/destinations/destination.ts';
import { kafka } from '../../src/destinations/kafka.ts';
import type { JsonObject } from '../../src/lib/json.ts';
import type { DeliveryBed } from '../support/delivery-bed.ts';
import { missingForKafka, openKafka } from '../support/kafka.ts';
import type { KafkaBroker } from '../support/kafka.ts';
import { leftOut } from '../support/left-out.ts';
import { openRangeBed, rangeDestination } from '../support/range-destination.ts';
import { waitFor } from '../support/wait-for.ts';
import { replayEnded, wholeReplay } from '../support/whole-replay.ts';

const kind = kafka as unknown as DestinationKind;

describe.skipIf(leftOut('the destination Kafka', missingForKafka()))('the destination Kafka', () => {
  let broker: KafkaBroker;
  beforeAll(async () => {
    broker = await openKafka();
  }, 120_000);
  afterAll(() => broker.close());

  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  async function open(): Promise<DeliveryBed> {
    const bed = await openRangeBed(kind);
    closing.push(() => bed.close());
    return bed;
  }
  const to = (topic: string, change: JsonObject = {}, version = 1) => {
    const settings = { brokers: [broker.address], tls: 'off', topic, sendEvents: 100, sendWaitMs: 50, ...change };
    return rangeDestination(kind, settings, { version });
  };

  it('gets every event with key and headers, each person’s in order in one partition', async () => {
    await broker.createTopic('events', 3);
    const bed = await open();
    for (let n = 0; n < 500; n++)
      bed.log.append({ messageId: `m${n}`, ...(n % 2 ? { userId: `u${n % 7}` } : { anonymousId: `a${n % 5}` }) });
    await bed.configure(to('events'));
    expect(await bed.settled()).toMatchObject([{ accepted: 500, delivered: 500 }]);
    const found = await broker.read('events', 500);
    expect(found.length).toBe(500);
    const last = new Map<string, { partition: number; n: number }>();
    for (const { key, value, partition, headers } of found.toSorted((a, b) => Number(a.offset - b.offset))) {
      const event = JSON.parse(value) as { messageId: string; userId?: string; anonymousId?: string };
      expect(key).toBe(event.userId ?? event.anonymousId);
      expect(headers.get('leat-message-id')).toBe(event.messageId);
      expect(headers.get('leat-range')).toMatch(/^d1-produce-p0-/);
      const before = last.get(key!);
      const n = Number(event.messageId.slice(1));
      if (before) expect([partition, n > before.n]).toEqual([before.partition, true]);
      last.set(key!, { partition, n });
    }
  });

  it('gets what a replay or a test sends marked as such', async () => {
    await broker.createTopic('again', 1);
    const bed = await open();
    for (let n = 1; n <= 5; n++) bed.log.append({ messageId: `m${n}` });
    await bed.configure(to('again'));
    await bed.settled();
    const { id } = await bed.service.startReplay('d1', { ...wholeReplay, fromOffset: 2, toOffset: 4 });
    await replayEnded(bed, id);
    const [event] = kafka.examples.map((example) => example.event);
    await bed.service.testEvent('d1', { sourceId: 's1', event: event!, actionId: null, dryRun: false });
    const found = await broker.read('again', 8);
    const marked = found.map(({ headers }) => [headers.get('leat-message-id'), headers.get('leat-beside')]);
    expect(marked.slice(0, 5).every(([, mark]) => mark === undefined)).toBe(true);
    expect(marked.slice(5)).toEqual([
      ['m2', id],
      ['m3', id],
      [event!.messageId, 'test'],
    ]);
  });

  it('sets aside an event that is larger than the topic takes, and writes the others once', async () => {
    await broker.createTopic('small', 1, { 'max.message.bytes': '20000' });
    const bed = await open();
    for (let n = 0; n < 40; n++)
      bed.log.append({ messageId: `m${n}`, properties: { text: 'x'.repeat(n === 23 ? 30_000 : 300) } });
    await bed.configure(to('small'));
    expect(await bed.settled()).toMatchObject([{ delivered: 39, failed: 1 }]);
    const found = await broker.read('small', 39);
    expect(found.map(({ headers }) => headers.get('leat-message-id'))).toEqual(
      Array.from({ length: 40 }, (_, n) => `m${n}`).filter((id) => id !== 'm23'),
    );
    const { items } = await bed.store.deadLetters('d1', null, 10);
    expect(items).toMatchObject([{ messageId: 'm23', reason: expect.stringMatching(/larger than the topic takes/) }]);
  });

  it('loses nothing while its broker is killed; repeats carry the same headers', async () => {
    await broker.createTopic('killed', 2);
    const bed = await open();
    const total = 3000;
    for (let n = 0; n < total; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n % 11}` });
    await bed.configure(to('killed'));
    await waitFor('some', async () => ((await bed.balance())[0]?.delivered ?? 0) >= 300);
    await broker.kill();
    await waitFor('the breaker to open', async () => (await bed.store.states())[0]?.breaker !== 'closed');
    await broker.start();
    expect(await bed.settled()).toMatchObject([{ accepted: total, delivered: total }]);
    const found = await broker.read('killed', total);
    const names = new Map<string, Set<string>>();
    for (const { headers } of found) {
      const id = headers.get('leat-message-id')!;
      const of = names.get(id) ?? new Set();
      names.set(id, of.add(`${headers.get('leat-range')} ${headers.get('leat-index')}`));
    }
    expect(names.size).toBe(total);
    expect([...names.values()].every((of) => of.size === 1)).toBe(true);
    expect(found.length - total).toBeLessThanOrEqual(100);
  }, 120_000);

  it('lets Leat in with user name and password', async () => {
    await broker.createTopic('secured', 1);
    const bed = await open();
    bed.log.append();
    const { username, password, saslAddress } = broker;
    await bed.configure(to('secured', { brokers: [saslAddress], sasl: 'PLAIN', username, password }));
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
    expect(await bed.service.test('d1')).toEqual({ ok: true, message: expect.stringContaining('1 partitions') });
  });

  it.each<[string, () => JsonObject, RegExp]>([
    ['the topic is not there', () => ({ topic: 'nowhere' }), /no topic nowhere\. Create it/],
    ['nobody listens', () => ({ brokers: ['127.0.0.1:1'] }), /No broker accepts connections/],
    [
      'the password is wrong',
      () => ({ brokers: [broker.saslAddress], sasl: 'PLAIN', username: 'leat', password: 'no' }),
      /refused our credentials/,
    ],
    ['the broker speaks no TLS', () => ({ tls: 'verified' }), /TLS/],
  ])('waits and says why when %s', async (_, wrong, reason) => {
    const topic = `mended-${_.replaceAll(' ', '-')}`;
    await broker.createTopic(topic, 1);
    const bed = await open();
    bed.log.append();
    await bed.configure(to(topic, wrong()));
    await waitFor('the reason', async () => reason.test((await bed.store.states())[0]?.breakerReason ?? ''));
    expect(await bed.service.test('d1')).toEqual({ ok: false, message: expect.stringMatching(reason) });
    await bed.configure(to(topic, {}, 2));
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
  });
});
