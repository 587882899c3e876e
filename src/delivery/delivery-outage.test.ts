// A destination that is down, slow or asks for patience: what it gets, what the others get, and that nothing is lost.
import { describe, expect, it } from 'vitest';
import { quickRetries, sendAction, webhookTo } from '../../test/support/delivery-bed.ts';
import type { DeliveryBed } from '../../test/support/delivery-bed.ts';
import { deliveryTests } from '../../test/support/delivery-tests.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { deadPort, failing, flapping, rateLimiting, slow } from '../../test/support/webhook-receiver.ts';
import { eventVersion } from '../event/canonical-event.ts';

const { open, receiver } = deliveryTests();
const idOf = (body: string): string => (JSON.parse(body) as { messageId: string }).messageId;
const state = async (bed: DeliveryBed, id = 'd1') =>
  (await bed.store.states()).find(({ destinationId }) => destinationId === id)!;

/** Between probes, and between tries of an event: longer than any test waits. */
const longPauses = { delivery: { firstRetryMs: 120_000, longestRetryMs: 120_000 } };

describe('a destination in trouble', () => {
  it('costs the others nothing: dead, slow and flapping beside healthy', async () => {
    const [healthy, slowOne, flaky] = [
      await receiver(),
      await receiver({ behaviour: slow(200) }),
      await receiver({ behaviour: flapping(7, 3) }),
    ];
    const bed = await open();
    await bed.configure(
      webhookTo(`http://127.0.0.1:${await deadPort()}/`, { id: 'dead' }),
      webhookTo(slowOne.url, { id: 'slow' }),
      webhookTo(flaky.url, { id: 'flaky' }),
      webhookTo(healthy.url, { id: 'healthy' }),
    );
    for (let n = 0; n < 1200; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n % 100}` });
    await waitFor('the healthy one to have everything', () => healthy.requests.length === 1200);
    const lines = new Map((await bed.balance()).map((line) => [line.destinationId, line]));
    expect([...lines.values()].every(({ balanced }) => balanced)).toBe(true);
    expect(lines.get('dead')).toMatchObject({ accepted: 1200, delivered: 0, pending: 1200 });
    expect(lines.get('slow')?.pending).toBeGreaterThan(200);
    slowOne.behave(() => ({ status: 200 }));
    await waitFor('all but the dead one to be done', async () =>
      (await bed.balance()).every(({ destinationId, pending }) => destinationId === 'dead' || pending === 0),
    );
    expect(new Set(flaky.delivered().map(({ body }) => idOf(body))).size).toBe(1200);
  });

  it('is asked for no more than probes while it is down, its cursor stands, nothing is parked and no retry used up', async () => {
    const down = await receiver({ behaviour: failing(503) });
    const bed = await open();
    for (let n = 0; n < 500; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n}` });
    await bed.configure(
      webhookTo(down.url, { settings: { delivery: { firstRetryMs: 20, longestRetryMs: 40, retryForMs: 100 } } }),
    );
    await waitFor('the breaker to open', async () => (await state(bed)).breaker !== 'closed');
    await waitFor('some probes', async () => down.requests.length > 40);
    const { cursors, parked, deadLetters, breakerReason } = await state(bed);
    expect([cursors[0]?.offset, deadLetters]).toEqual([1, 0]);
    expect(parked).toBe(0);
    expect(breakerReason).toMatch(/503/);
    // About ten tries opened it, the rest are probes at intervals.
    const [first, last] = [down.requests[20]!.at, down.requests.at(-1)!.at];
    expect((last - first) / (down.requests.length - 20)).toBeGreaterThan(8);
    down.behave(() => ({ status: 200 }));
    expect(await bed.settled()).toMatchObject([{ delivered: 500, failed: 0 }]);
    expect(bed.reports.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['breaker opened', 'breaker closed']));
  });

  it('is told of when it goes down, when the reason changes and when it works again, not at each probe', async () => {
    const down = await receiver({ behaviour: failing(401) });
    const bed = await open();
    const told = () => bed.reports.filter(({ kind }) => kind.startsWith('breaker'));
    await bed.configure(webhookTo(down.url));
    bed.log.append();
    await waitFor('some probes', () => down.requests.length > 5);
    expect(told()).toMatchObject([{ kind: 'breaker opened', reason: expect.stringMatching(/401/) as string }]);
    down.behave(failing(403));
    await waitFor('more probes', () => down.requests.filter(({ status }) => status === 403).length > 5);
    expect(told().slice(1)).toMatchObject([{ kind: 'breaker opened', reason: expect.stringMatching(/403/) as string }]);
    down.behave(() => ({ status: 200 }));
    await bed.settled();
    down.behave(failing(403));
    bed.log.append();
    await waitFor('another outage', () => told().length > 3);
    expect(told().map(({ kind }) => kind.split(' ')[1])).toEqual(['opened', 'opened', 'closed', 'opened']);
  });

  it('gets its whole backlog once its address is repaired', async () => {
    const bed = await open();
    await bed.configure(webhookTo(`http://127.0.0.1:${await deadPort()}/`));
    for (let n = 0; n < 300; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n % 9}` });
    await waitFor('the breaker to open', async () => (await state(bed)).breaker !== 'closed');
    const { lastError, lastErrorAt } = await state(bed);
    expect(lastError).toMatch(/refused the connection/);
    expect(Date.now() - lastErrorAt!).toBeLessThan(60_000);
    const { url, requests } = await receiver();
    await bed.configure(webhookTo(url, { version: 2 }));
    expect(await bed.settled()).toMatchObject([{ delivered: 300 }]);
    expect(requests.length).toBe(300);
  });

  it('gets its whole backlog once its token is repaired, also what was parked under the old one', async () => {
    const good = 'Bearer right';
    let revoked = false;
    const inbox = await receiver();
    const { url, requests } = inbox;
    // Events of the unlucky one fail at first; then the token is refused altogether.
    inbox.behave((_, body) => {
      if (revoked) return { status: 401 };
      return { status: body.includes('unlucky') ? 500 : 200 };
    });
    const bed = await open();
    const withToken = (token: string, version: number) =>
      webhookTo(url, { version, settings: { headers: { authorization: token } } });
    await bed.configure(withToken('Bearer old', 1));
    for (let n = 0; n < 40; n++) bed.log.append({ messageId: `m${n}`, userId: n % 4 === 0 ? 'unlucky' : `u${n}` });
    await waitFor('the unlucky one’s events to be parked', async () => (await state(bed)).parked === 10);
    revoked = true;
    await waitFor('the breaker to open', async () => (await state(bed)).breakerReason?.includes('401'));
    for (let n = 40; n < 60; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n}` });
    inbox.behave(() => ({ status: 200 }));
    const before = requests.length;
    await bed.configure(withToken(good, 2));
    expect(await bed.settled()).toMatchObject([{ delivered: 60 }]);
    expect(requests.slice(before + 1).every(({ headers }) => headers.authorization === good)).toBe(true);
    expect(new Set(requests.filter(({ status }) => status === 200).map(({ body }) => idOf(body))).size).toBe(60);
  });

  it('is left alone for as long as its 429 asks, and then loses nothing', async () => {
    const limited = await receiver({ behaviour: rateLimiting(1, 1) });
    const bed = await open();
    await bed.configure(webhookTo(limited.url));
    for (let n = 0; n < 200; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n}` });
    expect(await bed.settled()).toMatchObject([{ delivered: 200 }]);
    const [first] = limited.requests;
    const early = limited.requests.filter(({ at }) => at - first!.at < 990);
    // Only those that were under way with the first one.
    expect(early.length).toBeLessThanOrEqual(4);
  });

  it('keeps what a 429 asked for across a restart', async () => {
    const limited = await receiver({ behaviour: () => ({ status: 429, headers: { 'retry-after': '60' } }) });
    const bed = await open();
    await bed.configure(webhookTo(limited.url));
    bed.log.append({ messageId: 'm1' });
    await waitFor('the breaker to open', async () => (await state(bed)).breaker === 'open');
    await bed.restart();
    const { breaker, nextProbeAt } = await state(bed);
    expect(breaker).toBe('open');
    expect(nextProbeAt! - Date.now()).toBeGreaterThan(50_000);
    bed.log.append({ messageId: 'm2' });
    await waitFor('the new event to be read', async () => (await bed.store.standing('d1', 0, 2)) === 'in flight');
    expect(limited.requests.length).toBe(1);
  });

  it('parks a failing person’s events with their bodies while everyone else goes on', async () => {
    const inbox = await receiver({
      behaviour: (_, body) => ({ status: body.includes('"bad"') ? 500 : 200 }),
    });
    const { url, requests } = inbox;
    const bed = await open();
    await bed.configure(webhookTo(url));
    for (let n = 0; n < 300; n++) bed.log.append({ messageId: `m${n}`, userId: n % 10 === 0 ? 'bad' : `u${n}` });
    await waitFor('the others to be done', async () => (await bed.balance())[0]?.delivered === 270);
    await waitFor('the cursor to reach the end', async () => (await state(bed)).cursors[0]?.offset === 301);
    expect(await state(bed)).toMatchObject({ parked: 30, breaker: 'closed' });
    // What is parked needs the log no more.
    bed.log.removeBefore(301);
    await bed.restart();
    inbox.behave(() => ({ status: 200 }));
    expect(await bed.settled()).toMatchObject([{ delivered: 300, discarded: 0 }]);
    const bad = requests
      .filter(({ status, body }) => status === 200 && body.includes('"bad"'))
      .map(({ body }) => idOf(body));
    expect(bad).toEqual(Array.from({ length: 30 }, (_, index) => `m${index * 10}`));
  });

  it('parks no more than it may; then the cursor waits', async () => {
    const inbox = await receiver({
      behaviour: (_, body) => ({ status: body.includes('"bad"') ? 500 : 200 }),
    });
    const { url, requests } = inbox;
    const bed = await open({ settings: { maxParked: 5 } });
    await bed.configure(webhookTo(url));
    for (let n = 0; n < 100; n++) bed.log.append({ messageId: `m${n}`, userId: n % 5 === 0 ? 'bad' : `u${n}` });
    await waitFor('the others to be sent', () => requests.filter(({ status }) => status === 200).length === 80);
    await waitFor('the park to be full', async () => (await state(bed)).parked === 5);
    expect((await state(bed)).cursors[0]?.offset).toBe(26);
    inbox.behave(() => ({ status: 200 }));
    expect(await bed.settled()).toMatchObject([{ delivered: 100 }]);
  });

  it('does not let one event that is refused with a 403 stop everyone else', async () => {
    const { url } = await receiver({ behaviour: (_, body) => ({ status: body.includes('"m7"') ? 403 : 200 }) });
    const bed = await open();
    await bed.configure(webhookTo(url));
    for (let n = 0; n < 200; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n}` });
    await waitFor('the others to be done', async () => (await bed.balance())[0]?.delivered === 199);
    await waitFor('the breaker to close', async () => (await state(bed)).breaker === 'closed');
    await waitFor('the one to be parked', async () => (await state(bed)).parked === 1);
    for (let n = 200; n < 400; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n}` });
    await waitFor('the others to be done', async () => (await bed.balance())[0]?.delivered === 399);
  });

  it('stands still with a reason while its configuration cannot be used, and goes on when it can', async () => {
    const { url } = await receiver();
    const bed = await open();
    await bed.configure(webhookTo('not an address'));
    bed.log.append();
    await waitFor('a reason', async () => (await state(bed)).breakerReason?.includes('settings.url'));
    await bed.configure(webhookTo(url, { version: 2, actions: [sendAction({ trigger: 'type = ' })] }));
    await waitFor('another reason', async () => (await state(bed)).breakerReason?.includes('Action "Send"'));
    await bed.configure(webhookTo(url, { version: 3, settings: { delivery: quickRetries } }));
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
    expect(await state(bed)).toMatchObject({ breaker: 'closed', breakerReason: null });
  });

  it('does not reach private addresses unless the operator allows it', async () => {
    const { url, requests } = await receiver();
    const bed = await open({ settings: { allowPrivateAddresses: false } });
    await bed.configure(webhookTo(url));
    bed.log.append();
    await waitFor('a reason', async () => (await state(bed)).breakerReason?.includes('private address'));
    expect(requests).toEqual([]);
  });

  it('is tried at once by a start, which may be what it waited for', async () => {
    const { url, requests } = await receiver();
    const bed = await open({ settings: { allowPrivateAddresses: false } });
    for (let n = 0; n < 20; n++) bed.log.append({ userId: `u${n}` });
    await bed.configure(webhookTo(url, { settings: longPauses }));
    await waitFor('the breaker to open', async () => (await state(bed)).breaker === 'open');
    await bed.restart({ allowPrivateAddresses: true });
    expect(await bed.settled()).toMatchObject([{ delivered: 20 }]);
    expect(requests.length).toBe(20);
    expect(await state(bed)).toMatchObject({ breaker: 'closed', breakerReason: null });
  });

  it('gets one request of each start, however many events wait', async () => {
    const down = await receiver({ behaviour: failing(401) });
    const bed = await open();
    for (let n = 0; n < 20; n++) bed.log.append({ userId: `u${n}` });
    await bed.configure(webhookTo(down.url, { settings: longPauses }));
    await waitFor('the breaker to open', async () => (await state(bed)).breaker === 'open');
    const before = down.requests.length;
    for (const starts of [1, 2, 3]) {
      await bed.restart();
      await waitFor('the probe', () => down.requests.length === before + starts);
      const opened = () => bed.reports.filter(({ kind }) => kind === 'breaker opened').length;
      await waitFor('its end', () => opened() === starts + 1);
    }
    expect(down.requests.length).toBe(before + 3);
  });

  it('gets no more than one request of a start after a kill that came while it was probed', async () => {
    const inbox = await receiver({ behaviour: failing(401) });
    const bed = await open();
    for (let n = 0; n < 20; n++) bed.log.append({ userId: `u${n}` });
    await bed.configure(webhookTo(inbox.url));
    await waitFor('the breaker to open', async () => (await state(bed)).breaker === 'open');
    inbox.behave(() => ({ status: 401, delayMs: 200 }));
    await waitFor('a probe under way', async () => (await state(bed)).breaker === 'probing');
    await bed.crash();
    const atOnce: number[] = [];
    inbox.behave((index) => {
      atOnce.push(inbox.underWay());
      return { status: 401, delayMs: index === 0 ? 200 : 0 };
    });
    await waitFor('some probes', () => atOnce.length > 3);
    expect(new Set(atOnce)).toEqual(new Set([1]));
  });

  it('is tried at once when its connection test succeeds, and not when that fails', async () => {
    const inbox = await receiver({ behaviour: failing(401) });
    const bed = await open();
    bed.log.append({ messageId: 'm1' });
    await bed.configure(webhookTo(inbox.url, { settings: longPauses }));
    await waitFor('the breaker to open', async () => (await state(bed)).breaker === 'open');
    const { nextProbeAt } = await state(bed);
    expect(await bed.service.test('d1')).toMatchObject({ ok: false });
    expect(await state(bed)).toMatchObject({ breaker: 'open', nextProbeAt });
    inbox.behave(() => ({ status: 200 }));
    expect(await bed.service.test('d1')).toMatchObject({ ok: true });
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
  });

  it('is tried at once when a test event is delivered to it', async () => {
    const inbox = await receiver({ behaviour: failing(401) });
    const bed = await open();
    bed.log.append({ messageId: 'm1' });
    await bed.configure(webhookTo(inbox.url, { settings: longPauses }));
    await waitFor('the breaker to open', async () => (await state(bed)).breaker === 'open');
    inbox.behave(() => ({ status: 200 }));
    const now = new Date().toISOString();
    const times = { timestamp: now, receivedAt: now };
    const event = { type: 'track', messageId: 'tried', context: {}, integrations: {}, version: eventVersion } as const;
    const test = { sourceId: 's1', event: { ...event, ...times }, actionId: 'send' };
    expect(await bed.service.testEvent('d1', { ...test, dryRun: true })).toMatchObject({
      actions: [{ outcome: null }],
    });
    expect((await state(bed)).breaker).toBe('open');
    await bed.service.testEvent('d1', { ...test, dryRun: false });
    expect(await bed.settled()).toMatchObject([{ delivered: 1 }]);
    expect(inbox.delivered().map(({ body }) => idOf(body))).toEqual(['tried', 'm1']);
  });
});
