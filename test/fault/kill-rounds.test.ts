// kill -9 under load, again and again (guarantees G1 to G5). LEAT_SOAK=1 runs 50 rounds; LEAT_TEST_SEED repeats a run.
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsIn, expectOrderPerPerson, missingFrom } from '../support/delivery-checks.ts';
import { createLoadClient } from '../support/load-client.ts';
import type { LoadClient, SentCall } from '../support/load-client.ts';
import { runSeed, seededRandom } from '../support/seeded-random.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { allDone, inParallel, ledgerOf, loggedIds } from '../support/settling.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { workspaceDump } from '../support/workspace-dump.ts';

const soak = process.env['LEAT_SOAK'] === '1';
const rounds = soak ? 50 : 5;
const seed = runSeed();

describe(`${rounds} rounds of kill -9 under load (LEAT_TEST_SEED=${seed})`, () => {
  const random = seededRandom(seed);
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  let receiver: WebhookReceiver;
  let webhook: string;
  let clients: readonly LoadClient[];
  /** Message ids found in the log. */
  const stored = new Set<string>();
  const calls = (): readonly SentCall[] => clients.flatMap((client) => client.calls);

  beforeAll(
    async () => {
      server = closing.adopt(await startServer(), (one) => one.dispose());
      receiver = closing.adopt(await openWebhookReceiver(), (one) => one.close());
      webhook = await server.control.createWebhook('receiver', receiver.url);
      clients = Array.from({ length: 6 }, (_, index) =>
        createLoadClient({
          name: `c${index}`,
          url: server.url,
          key: server.writeKey,
          random: seededRandom(seed + index + 1),
          patient: index % 3 !== 2,
          eventsPerRequest: index < 4 ? 1 : 10,
          people: 10,
          pauseMs: index < 4 ? 2 : 20,
        }),
      );
      const stop = new AbortController();
      const running = Promise.all(clients.map((client) => client.run(stop.signal)));
      for (let round = 0; round < rounds; round++) {
        await delay(200 + random.integer(1300));
        await server.kill();
        await server.start();
      }
      stop.abort();
      await running;
      await allDone(server, [webhook], 180_000);
    },
    rounds * 15_000 + 300_000,
  );
  afterAll(() => closing.disposeAsync());

  it('stores every acknowledged event exactly once, and any other at most once', async () => {
    const logged = await loggedIds(server);
    const lost = calls().filter(({ messageId, acknowledged }) => acknowledged && !logged.has(messageId));
    const doubled = [...logged].filter(([, times]) => times > 1);
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
    for (const { messageId } of calls()) if (logged.has(messageId)) stored.add(messageId);
    expect(logged.size).toBe(stored.size);
    // The look-up by id goes another way than reading the log; some of each client show that it agrees.
    const sample = clients.flatMap((client) => client.calls.filter((_, index) => index % 50 === 0));
    await inParallel(sample, 4, async ({ messageId }) => {
      expect(await server.control.events(messageId)).toHaveLength(logged.get(messageId) ?? 0);
    });
    expect(calls().filter(({ acknowledged }) => acknowledged).length).toBeGreaterThan(rounds * 50);
    const { accepted } = await ledgerOf(server, 'workspace');
    expect(accepted).toBe(stored.size);
  }, 300_000);

  it('shows every event once in the timeline of its person', async () => {
    const counted = calls().filter(({ person, messageId }) => person !== null && stored.has(messageId));
    const people = Map.groupBy(counted, ({ person }) => person!);
    await inParallel([...people], 4, async ([person, own]) => {
      const timeline = await server.control.timeline(person);
      const ids = timeline.filter(({ name }) => name === 'Counted').map(({ messageId }) => messageId);
      expect(ids.toSorted()).toEqual(own.map(({ messageId }) => messageId).toSorted());
    });
  }, 120_000);

  it('delivers every stored event at least once, in the order of each person', () => {
    const delivered = eventsIn(receiver.delivered());
    expect(
      missingFrom(
        delivered,
        calls().filter(({ messageId }) => stored.has(messageId)),
      ),
    ).toEqual([]);
    expectOrderPerPerson(delivered);
  });

  it('has a balanced ledger with nothing failed and nothing pending', async () => {
    const { balanced } = await server.control.ledger();
    expect(balanced).toBe(true);
    expect(await ledgerOf(server, webhook)).toMatchObject({ delivered: stored.size, failed: 0, pending: 0 });
    expect(await ledgerOf(server, 'workspace')).toMatchObject({ failed: 0, pending: 0 });
  });

  it('has the workspace that a run without kills builds from the same log, byte for byte', async () => {
    expect(await server.stop(), server.output()).toBe(0);
    const copy = await mkdtemp(path.join(tmpdir(), 'leat-rebuilt-'));
    await cp(server.dataDir, copy, { recursive: true });
    for (const file of await readdir(copy))
      if (/^workspace\b|^server\.json$|\.lock$/.test(file)) await rm(path.join(copy, file), { recursive: true });
    const rebuilt = await startServer({ dataDir: copy });
    await allDone(rebuilt, [], 180_000);
    expect(await rebuilt.stop(), rebuilt.output()).toBe(0);
    const [lived, built] = [await workspaceDump(server.dataDir), await workspaceDump(copy)];
    expect(lived.length).toBeGreaterThan(stored.size / 2);
    expect(built).toEqual(lived);
    await rm(copy, { recursive: true });
  }, 300_000);
});
