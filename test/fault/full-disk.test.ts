// A disk that fills up under load (guarantee G9): 503 and nothing stored, never a false 200; then full recovery.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLoadClient } from '../support/load-client.ts';
import type { LoadClient } from '../support/load-client.ts';
import { runSeed, seededRandom } from '../support/seeded-random.ts';
import { sendCall } from '../support/send-call.ts';
import type { Answer } from '../support/send-call.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { allDone, ledgerOf, loggedIds } from '../support/settling.ts';
import { describeOnSmallDisk, mountSmallDisk } from '../support/small-disk.ts';
import type { SmallDisk } from '../support/small-disk.ts';
import { waitFor } from '../support/wait-for.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';

const seed = runSeed();

describeOnSmallDisk(`a disk that is full (LEAT_TEST_SEED=${seed})`, () => {
  const closing = new AsyncDisposableStack();
  let disk: SmallDisk;
  let server: TestServer;
  let receiver: WebhookReceiver;
  let webhook: string;
  let clients: readonly LoadClient[];
  const refusals: Answer[] = [];
  const refusedIds: string[] = [];
  const storedIds: string[] = [];
  const readyStatuses: number[] = [];

  /** One call with a body large enough that room left in existing files runs out soon. */
  async function sendLarge(): Promise<number> {
    const messageId = `large-${refusedIds.length + storedIds.length}`;
    const call = { messageId, userId: 'large', event: 'Large', properties: { text: 'x'.repeat(8000) } };
    const answer = await sendCall(server.url, server.writeKey, 'track', call, { origin: 'https://shop.example' });
    (answer.status === 200 ? storedIds : refusedIds).push(messageId);
    if (answer.status !== 200) refusals.push(answer);
    return answer.status;
  }

  beforeAll(async () => {
    disk = closing.adopt(mountSmallDisk(96), (one) => one.dispose());
    server = closing.adopt(await startServer({ dataDir: disk.path }), (one) => one.dispose());
    receiver = closing.adopt(await openWebhookReceiver(), (one) => one.close());
    webhook = await server.control.createWebhook('receiver', receiver.url);
    clients = Array.from({ length: 3 }, (_, index) =>
      createLoadClient({
        name: `d${index}`,
        url: server.url,
        key: server.writeKey,
        random: seededRandom(seed + index),
        patient: index !== 2,
        eventsPerRequest: index === 1 ? 10 : 1,
        people: 10,
        pauseMs: 5,
      }),
    );
    for (let round = 0; round < 2; round++) {
      const stop = new AbortController();
      const running = Promise.all(clients.map((client) => client.run(stop.signal)));
      await delay(500);
      disk.fill();
      await waitFor('a refused call', async () => (await sendLarge()) === 503, { withinMs: 60_000 });
      for (let n = 0; n < 20; n++) await sendLarge();
      readyStatuses.push((await fetch(`${server.url}/readyz`)).status);
      disk.free();
      await waitFor('readiness', async () => (await fetch(`${server.url}/readyz`)).status === 200);
      await waitFor('a stored call', async () => (await sendLarge()) === 200);
      await delay(500);
      stop.abort();
      await running;
    }
    await allDone(server, [webhook], 120_000);
  }, 300_000);
  afterAll(() => closing.disposeAsync());

  it('answers 503 with Retry-After, and without CORS headers, what it cannot store', () => {
    expect(refusals.length).toBeGreaterThanOrEqual(2);
    for (const { status, headers, text } of refusals) {
      expect(status).toBe(503);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      expect(JSON.parse(text)).toMatchObject({ code: expect.any(String), meta: { errors: [expect.any(String)] } });
    }
  });

  it('says at /readyz that it cannot be durable', () => {
    expect(readyStatuses).toEqual([503, 503]);
  });

  it('has stored nothing that it refused, and everything that it took', async () => {
    const logged = await loggedIds(server);
    const acknowledged = clients.flatMap((client) => client.calls).filter((call) => call.acknowledged);
    const taken = [...storedIds, ...acknowledged.map(({ messageId }) => messageId)];
    expect(refusedIds.filter((id) => logged.has(id))).toEqual([]);
    expect(taken.filter((id) => logged.get(id) !== 1)).toEqual([]);
  }, 120_000);

  it('has a workspace, deliveries and a ledger that recovered in full', async () => {
    expect((await server.control.ledger()).balanced).toBe(true);
    const workspace = await ledgerOf(server, 'workspace');
    expect(workspace).toMatchObject({ failed: 0, pending: 0 });
    expect(await ledgerOf(server, webhook)).toMatchObject({ delivered: workspace.accepted, failed: 0, pending: 0 });
    const timeline = await server.control.timeline('large');
    expect(timeline.map(({ messageId }) => messageId).toSorted()).toEqual(storedIds.toSorted());
  });
});
