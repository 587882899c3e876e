// A wall clock that jumps, forth and back, while events come in. Nothing may get lost, doubled or stuck.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsIn, expectOrderPerPerson, missingFrom } from '../support/delivery-checks.ts';
import { createLoadClient } from '../support/load-client.ts';
import type { LoadClient } from '../support/load-client.ts';
import { runSeed, seededRandom } from '../support/seeded-random.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { settableClock } from '../support/settable-clock.ts';
import { allDone, ledgerOf, loggedIds } from '../support/settling.ts';
import { sendCall } from '../support/send-call.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { waitFor } from '../support/wait-for.ts';

const seed = runSeed();
const hour = 3_600_000;
/** Shifts of the wall clock, in the order they happen. */
const jumps = [0, 2 * hour, -2 * hour, 3 * 24 * hour, 90_000, -24 * hour, 0];

describe(`a wall clock that jumps (LEAT_TEST_SEED=${seed})`, () => {
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  let receiver: WebhookReceiver;
  let webhook: string;
  let client: LoadClient;

  beforeAll(async () => {
    const clock = closing.adopt(settableClock(0), (one) => one.dispose());
    const { environment } = clock;
    server = closing.adopt(await startServer({ environment }), (one) => one.dispose());
    receiver = closing.adopt(await openWebhookReceiver(), (one) => one.close());
    webhook = await server.control.createWebhook('receiver', receiver.url);
    client = createLoadClient({
      name: 'j',
      url: server.url,
      key: server.writeKey,
      random: seededRandom(seed),
      patient: true,
      eventsPerRequest: 2,
      people: 10,
      pauseMs: 5,
    });
    const stop = new AbortController();
    const running = client.run(stop.signal);
    for (const shift of jumps) {
      clock.shift(shift);
      const before = client.calls.length;
      await delay(200);
      await waitFor('calls under this clock', () => client.calls.length >= before + 30);
    }
    stop.abort();
    await running;
    await allDone(server, [webhook], 60_000);
  }, 120_000);
  afterAll(() => closing.disposeAsync());

  it('stores every acknowledged event once', async () => {
    expect(client.calls.length).toBeGreaterThan(100);
    const logged = await loggedIds(server);
    expect(client.calls.filter(({ messageId }) => logged.get(messageId) !== 1)).toEqual([]);
  }, 60_000);

  it('still knows a messageId that it took before the jumps', async () => {
    const { accepted } = await ledgerOf(server, 'workspace');
    const call = { messageId: client.calls[0]!.messageId, userId: 'again', event: 'Again' };
    expect((await sendCall(server.url, server.writeKey, 'track', call)).status).toBe(200);
    await allDone(server, [webhook]);
    expect((await ledgerOf(server, 'workspace')).accepted).toBe(accepted);
  });

  it('delivers everything in the order of each person, and the ledger balances', async () => {
    const delivered = eventsIn(receiver.delivered());
    expect(missingFrom(delivered, client.calls)).toEqual([]);
    expectOrderPerPerson(delivered);
    expect((await server.control.ledger()).balanced).toBe(true);
    expect(await ledgerOf(server, webhook)).toMatchObject({ delivered: client.calls.length, failed: 0, pending: 0 });
  });
});
