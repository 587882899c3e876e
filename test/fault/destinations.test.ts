// A dead, a slow and a flapping webhook beside a healthy one (guarantees G3, G5 and G6).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventsIn, expectOrderPerPerson, missingFrom } from '../support/delivery-checks.ts';
import { createLoadClient } from '../support/load-client.ts';
import type { LoadClient, SentCall } from '../support/load-client.ts';
import { runSeed, seededRandom } from '../support/seeded-random.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { allDone, ledgerOf } from '../support/settling.ts';
import { waitFor } from '../support/wait-for.ts';
import { alwaysOk, deadPort, flapping, openWebhookReceiver, limitedFor, slow } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';

const seed = runSeed();
const events = 2_000;

describe(`a dead, a slow and a flapping webhook beside a healthy one (LEAT_TEST_SEED=${seed})`, () => {
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  const receivers: Record<string, WebhookReceiver> = {};
  const ids: Record<string, string> = {};
  let client: LoadClient;
  let deadPortNumber = 0;
  const calls = (): readonly SentCall[] => client.calls;

  beforeAll(async () => {
    server = closing.adopt(await startServer(), (one) => one.dispose());
    deadPortNumber = await deadPort();
    receivers['healthy'] = await openWebhookReceiver();
    receivers['slow'] = await openWebhookReceiver({ behaviour: slow(400) });
    receivers['flapping'] = await openWebhookReceiver({ behaviour: flapping(40, 8) });
    receivers['limited'] = await openWebhookReceiver({ behaviour: limitedFor(1500, 1) });
    for (const [name, { url }] of Object.entries(receivers)) ids[name] = await server.control.createWebhook(name, url);
    ids['dead'] = await server.control.createWebhook('dead', `http://127.0.0.1:${deadPortNumber}/hook`);
    client = createLoadClient({
      name: 'w',
      url: server.url,
      key: server.writeKey,
      random: seededRandom(seed),
      patient: true,
      eventsPerRequest: 20,
      people: 40,
    });
    const stop = new AbortController();
    const running = client.run(stop.signal);
    await waitFor(`${events} calls`, () => client.calls.length >= events);
    stop.abort();
    await running;
  });
  afterAll(async () => {
    for (const receiver of Object.values(receivers)) await receiver.close();
    await closing.disposeAsync();
  });

  it('delivers everything to the healthy one while the others are in trouble', async () => {
    await allDone(server, [ids['healthy']!], 30_000);
    const delivered = eventsIn(receivers['healthy']!.delivered());
    expect(missingFrom(delivered, calls())).toEqual([]);
    expectOrderPerPerson(delivered);
    expect(receivers['healthy']!.requests.length).toBe(calls().length);
    const dead = await ledgerOf(server, ids['dead']!);
    expect(dead).toMatchObject({ delivered: 0, failed: 0, discarded: 0 });
    expect(dead.pending).toBe(calls().length);
  }, 60_000);

  it('shows the dead one’s breaker as open, and keeps asking it again', async () => {
    const state = await waitFor('an open breaker', async () => {
      const found = (await server.control.status()).destinations.find(({ id }) => id === ids['dead']);
      return found && found.breaker !== 'closed' && found;
    });
    expect(state.lag).toBe(calls().length);
  });

  it('honours Retry-After of the one that limits its rate', async () => {
    await allDone(server, [ids['limited']!], 60_000);
    const { requests } = receivers['limited']!;
    const refusedAt = requests.filter(({ status }) => status === 429).map(({ at }) => at);
    expect(refusedAt.length).toBeGreaterThanOrEqual(2);
    // Requests that were under way when the refusal came may still arrive shortly after it.
    const tooSoon = requests.filter(({ at }) => refusedAt.some((since) => at - since > 300 && at - since < 950));
    expect(tooSoon).toEqual([]);
    expect(missingFrom(eventsIn(receivers['limited']!.delivered()), calls())).toEqual([]);
  }, 90_000);

  it('delivers everything in order to the flapping one, however often it fails', async () => {
    await waitFor('the flapping one to have failed', () =>
      receivers['flapping']!.requests.some(({ status }) => status !== 200),
    );
    receivers['flapping']!.behave(alwaysOk);
    await allDone(server, [ids['flapping']!], 120_000);
    const delivered = eventsIn(receivers['flapping']!.delivered());
    expect(missingFrom(delivered, calls())).toEqual([]);
    expectOrderPerPerson(delivered);
  }, 150_000);

  it('delivers everything in order to the slow one once it is quick', async () => {
    receivers['slow']!.behave(alwaysOk);
    await allDone(server, [ids['slow']!], 120_000);
    const delivered = eventsIn(receivers['slow']!.delivered());
    expect(missingFrom(delivered, calls())).toEqual([]);
    expectOrderPerPerson(delivered);
  }, 150_000);

  it('delivers everything in order to the dead one once it lives', async () => {
    receivers['dead'] = await openWebhookReceiver({ port: deadPortNumber });
    await allDone(server, [ids['dead']!], 120_000);
    const delivered = eventsIn(receivers['dead'].delivered());
    expect(missingFrom(delivered, calls())).toEqual([]);
    expectOrderPerPerson(delivered);
  }, 150_000);

  it('balances the ledger of each: everything delivered, nothing failed', async () => {
    expect((await server.control.ledger()).balanced).toBe(true);
    for (const [name, id] of Object.entries(ids))
      expect(await ledgerOf(server, id), name).toMatchObject({
        accepted: calls().length,
        delivered: calls().length,
        failed: 0,
        pending: 0,
      });
  });
});
