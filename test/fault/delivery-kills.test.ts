// kill -9 in the middle of delivery to every native destination, and of replays to a webhook and to those that are
// written to in ranges (guarantees G3 and G5).
// LEAT_SOAK=1 runs 40 rounds; LEAT_TEST_SEED repeats a run.
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSqliteDelivery } from '../../src/delivery/sqlite/sqlite-delivery.ts';
import type { RangeManifest } from '../../src/destinations/object-files/write-range.ts';
import { missingForKafka } from '../support/kafka.ts';
import { leftOut } from '../support/left-out.ts';
import { openNativePlaces } from '../support/native-places.ts';
import type { NativePlaces } from '../support/native-places.ts';
import type { Arrival } from '../support/native-receivers.ts';
import { findPostgres } from '../support/postgres.ts';
import { runSeed, seededRandom } from '../support/seeded-random.ts';
import { sendCall } from '../support/send-call.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { allDone, ledgerOf } from '../support/settling.ts';
import { waitFor } from '../support/wait-for.ts';

const soak = process.env['LEAT_SOAK'] === '1';
const rounds = soak ? 40 : 4;
const eventsAtFirst = 500;
const eventsEachRound = 120;
const people = 15;
const seed = runSeed();
const without = {
  kafka: leftOut('kills while Kafka is written', missingForKafka()),
  postgres: leftOut('kills while PostgreSQL is loaded', findPostgres() === null ? 'PostgreSQL is not installed' : null),
};
const overHttp = ['webhook', 'batches', 'segment', 'customerio', 'slack', 'ga4'] as const;

interface ReplayView {
  readonly id: string;
  readonly state: string;
  readonly problem: string | null;
  readonly total: number;
  readonly counts: { readonly delivered: number; readonly failed: number };
}

describe(`${rounds} rounds of kill -9 during delivery (LEAT_TEST_SEED=${seed})`, () => {
  const random = seededRandom(seed);
  const closing = new AsyncDisposableStack();
  /** Message ids in the order of the log, whose offsets begin at 1. */
  const sent: string[] = [];
  const sequences = new Map<string, number>();
  const ids = new Map<string, string>();
  /** Of each kill, what each destination had finished by what is stored: the ids of events it may never get again. */
  const finished: ReadonlyMap<string, ReadonlySet<string>>[] = [];
  const replays = new Map<string, { readonly view: ReplayView; readonly ids: readonly string[] }>();
  let server: TestServer;
  let places: NativePlaces;

  const send = async (count: number): Promise<void> => {
    const batch = Array.from({ length: count }, () => {
      const userId = `p${random.integer(people)}`;
      const seq = (sequences.get(userId) ?? 0) + 1;
      sequences.set(userId, seq);
      const messageId = `${userId}.${seq}`;
      sent.push(messageId);
      return { type: 'track', event: 'Counted', userId, anonymousId: `a-${userId}`, messageId, properties: { seq } };
    });
    for (let from = 0; from < count; from += 100) {
      const body = { batch: batch.slice(from, from + 100) };
      await waitFor('the events to be taken', async () => {
        const { status } = await sendCall(server.url, server.writeKey, 'batch', body);
        return status === 200;
      });
    }
  };
  const startReplay = async (name: string): Promise<void> => {
    const id = ids.get(name)!;
    const place = await waitFor('something to replay', async () => {
      const { offset } = await cursorOf(server, id);
      return offset > 50 && offset;
    });
    const toOffset = Math.min(place, 300);
    const asked = { toOffset, ratePerSecond: 150 };
    const view = await server.control.send<ReplayView>('POST', `destinations/${id}/replays`, asked);
    replays.set(name, { view, ids: sent.slice(0, toOffset - 1) });
  };
  const replayed = (): readonly string[] =>
    ['webhook', 'files', 's3', 'postgres', 'kafka'].filter((name) => ids.has(name));
  const settledReplay = (name: string): Promise<ReplayView> =>
    waitFor(
      `the replay to ${name} to be done`,
      async () => {
        const found = await server.control.get<ReplayView>(
          `destinations/${ids.get(name)!}/replays/${replays.get(name)!.view.id}`,
        );
        return found.state === 'done' && found;
      },
      { withinMs: 120_000 },
    );

  beforeAll(
    async () => {
      server = closing.adopt(await startServer(), (one) => one.dispose());
      places = closing.adopt(await openNativePlaces(seededRandom(seed + 1), without), (one) => one.close());
      await send(eventsAtFirst);

      for (const destination of places.destinations) {
        const body = { ...destination, startFrom: 'beginning' };
        const { id } = await server.control.send<{ readonly id: string }>('POST', 'destinations', body);
        ids.set(destination.name, id);
      }
      for (let round = 0; round < rounds; round++) {
        const before = places.receivers.arrivals('webhook').length;
        const enough = 20 + random.integer(90);
        await waitFor('some deliveries', () => places.receivers.arrivals('webhook').length >= before + enough);
        if (round === 1) for (const name of replayed()) await startReplay(name);
        await delay(random.integer(60));
        await server.kill();
        places.receivers.nextLife();
        finished.push(await finishedBy(server.dataDir, ids, sent));
        await server.start();
        await send(eventsEachRound);
      }
      await allDone(server, [...ids.values()], 180_000);
    },
    240_000 + rounds * 20_000,
  );
  afterAll(() => closing.disposeAsync());

  it('was killed while each destination still had events to get', () => {
    for (const name of ids.keys()) {
      const most = Math.max(
        ...finished.map((done, kill) => eventsAtFirst + kill * eventsEachRound - (done.get(name)?.size ?? 0)),
      );
      expect(most, name).toBeGreaterThan(0);
    }
  });

  it('balances the ledger of each destination: everything delivered, nothing failed', async () => {
    expect((await server.control.ledger()).balanced).toBe(true);
    for (const [name, id] of ids) {
      const { accepted, delivered, failed, filtered, pending } = await ledgerOf(server, id);
      expect({ name, accepted, delivered, failed, filtered, pending }).toEqual({
        name,
        accepted: sent.length,
        delivered: sent.length,
        failed: 0,
        filtered: 0,
        pending: 0,
      });
    }
  });

  it.each(overHttp)('%s: loses nothing and keeps each person’s order', (name) => {
    const own = places.receivers.arrivals(name).filter(({ replayId }) => replayId === null);
    expect(new Set(own.map(({ id }) => id))).toEqual(new Set(sent));
    expectOrder(own.map(({ id }) => id));
  });

  it.each(overHttp)('%s: repeats only what was in flight at a kill', (name) => {
    const own = places.receivers.arrivals(name).filter(({ replayId }) => replayId === null);
    expect(twiceInOneLife(own)).toEqual([]);
    for (const [life, done] of finished.entries()) {
      const again = own.filter((one) => one.life > life && done.get(name)?.has(one.id));
      expect(again).toEqual([]);
    }
  });

  it('goes on with running replays to their end', async () => {
    for (const name of replayed()) {
      const { length } = replays.get(name)!.ids;
      const { total, counts } = await settledReplay(name);
      expect({ name, total, ...counts }).toMatchObject({ name, total: length, delivered: length, failed: 0 });
    }
  }, 150_000);

  it('loses nothing of a replay to a webhook and keeps its order', () => {
    const { view, ids: asked } = replays.get('webhook')!;
    const own = places.receivers.arrivals('webhook').filter(({ replayId }) => replayId === view.id);
    expect(new Set(own.map(({ id }) => id))).toEqual(new Set(asked));
    expectOrder(own.map(({ id }) => id));
    expect(twiceInOneLife(own)).toEqual([]);
  });

  it('has each event once in the files that manifests name', async () => {
    const { view, ids: asked } = replays.get('files')!;
    expect(idsInFiles(await places.files())).toEqual(sent);
    expect(idsInFiles(await places.files(), view.id)).toEqual(asked);
  });

  it('has each event once in the objects that manifests name', async () => {
    const { view, ids: asked } = replays.get('s3')!;
    expect(idsInFiles(await places.objects())).toEqual(sent);
    expect(idsInFiles(await places.objects(), view.id)).toEqual(asked);
  });

  it.skipIf(without.postgres)('has each event once in the warehouse', async () => {
    const rows = await places.database!.query('SELECT id FROM leat.counted');
    expect(new Set(rows.map((row) => row['id']))).toEqual(new Set(sent));
    expect(rows.length).toBe(sent.length);
    const { view, ids: asked } = replays.get('postgres')!;
    const loaded = async (test: string) =>
      await places.database!.query(`SELECT sum(rows)::int AS rows FROM leat._leat_ranges WHERE range ${test}`);
    expect(await loaded(`NOT LIKE '%${view.id}'`)).toEqual([{ rows: sent.length }]);
    expect(await loaded(`LIKE '%${view.id}'`)).toEqual([{ rows: asked.length }]);
  });

  it.skipIf(without.kafka)('has each event in the topic, in order, repeats under the same headers', async () => {
    const { view, ids: asked } = replays.get('kafka')!;
    const all = await places.broker!.read('events', sent.length + asked.length);
    const isReplayed = ({ headers }: (typeof all)[number]): boolean => headers.get('leat-beside') === view.id;
    expect(new Set(all.filter(isReplayed).map(({ headers }) => headers.get('leat-message-id')))).toEqual(
      new Set(asked),
    );
    const found = all.filter((one) => !isReplayed(one));
    const names = new Map<string, Set<string>>();
    for (const { headers } of found) {
      const id = headers.get('leat-message-id')!;
      names.set(id, (names.get(id) ?? new Set()).add(`${headers.get('leat-range')} ${headers.get('leat-index')}`));
    }
    expect(new Set(names.keys())).toEqual(new Set(sent));
    expect([...names].filter(([, of]) => of.size > 1)).toEqual([]);
    for (const partition of new Set(found.map((one) => one.partition)))
      expectOrder(
        found
          .filter((one) => one.partition === partition)
          .toSorted((a, b) => Number(a.offset - b.offset))
          .map(({ headers }) => headers.get('leat-message-id')!),
      );
  });
});

/** First arrivals of each person's events ascend. */
function expectOrder(arrived: readonly string[]): void {
  const last = new Map<string, number>();
  const disorder: string[] = [];
  for (const id of new Set(arrived)) {
    const [person = '', seq] = id.split('.');
    if (Number(seq) < (last.get(person) ?? 0)) disorder.push(`${id} after ${person}.${last.get(person)}`);
    last.set(person, Number(seq));
  }
  expect(disorder).toEqual([]);
}

function twiceInOneLife(arrived: readonly Arrival[]): readonly string[] {
  const seen = new Set<string>();
  return arrived.flatMap(({ id, life }) => {
    const key = `${id} in life ${life}`;
    if (seen.has(key)) return [key];
    seen.add(key);
    return [];
  });
}

async function cursorOf(server: TestServer, id: string): Promise<{ readonly offset: number }> {
  const { destinations } = await server.control.status();
  const { lag } = destinations.find((one) => one.id === id)!;
  const { accepted } = await ledgerOf(server, id);
  return { offset: accepted - lag + 1 };
}

/** What a server that is dead has stored as finished. */
async function finishedBy(
  dataDir: string,
  destinations: ReadonlyMap<string, string>,
  sent: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const store = openSqliteDelivery(path.join(dataDir, 'delivery.db'));
  const done = new Map<string, ReadonlySet<string>>();
  for (const [name, id] of destinations) {
    const stored = await store.load(id);
    const passed = new Set(sent.slice(0, (stored?.cursors[0]?.offset ?? 1) - 1));
    for (const { messageId } of stored?.parked ?? []) passed.delete(messageId);
    done.set(name, passed);
  }
  await store.close();
  return done;
}

/** Message ids of the lines that manifests name, in the order of their ranges: the live ones, or those of a replay. */
function idsInFiles(objects: ReadonlyMap<string, Buffer>, replayId: string | null = null): readonly string[] {
  return [...objects]
    .filter(([name]) => name.startsWith('_manifests/'))
    .map(([, content]) => JSON.parse(content.toString()) as RangeManifest)
    .filter(({ range }) => (replayId === null ? !range.includes('-rpl_') : range.endsWith(replayId)))
    .toSorted((a, b) => a.first - b.first)
    .flatMap(({ files }) => files)
    .flatMap((file) => gunzipSync(objects.get(file.path)!).toString().trimEnd().split('\n'))
    .map((line) => (JSON.parse(line) as { readonly messageId: string }).messageId);
}
