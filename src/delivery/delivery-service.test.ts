import { describe, expect, it } from 'vitest';
import { quickRetries, sendAction, webhookTo } from '../../test/support/delivery-bed.ts';
import { arrivedIds, deliveryTests } from '../../test/support/delivery-tests.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { failing } from '../../test/support/webhook-receiver.ts';
import { FaultError } from '../errors/errors.ts';

const { open, receiver } = deliveryTests();
const minute = Math.floor(Date.now() / 60_000);

describe('delivery', () => {
  it('brings every event to its destination as it was stored, and counts it by source and minute', async () => {
    const inbox = await receiver();
    const bed = await open();
    const before = (minute - 5) * 60_000;
    for (let n = 1; n <= 500; n++) {
      bed.log.append(
        { messageId: `m${n}`, userId: `u${n % 37}` },
        { sourceId: n % 5 === 0 ? 's2' : 's1', receivedAt: before },
      );
    }
    await bed.configure(webhookTo(inbox.url));
    expect(await bed.settled()).toMatchObject([
      { sourceId: 's1', accepted: 400, delivered: 400 },
      { sourceId: 's2', accepted: 100, delivered: 100 },
    ]);
    expect(new Set(arrivedIds(inbox)).size).toBe(500);
    expect(await bed.store.ledger(minute - 5, minute - 4)).toMatchObject([
      { destinationId: 'd1', sourceId: 's1', delivered: 400 },
      { sourceId: 's2', delivered: 100 },
    ]);
    expect(await bed.store.actionLedger(minute - 5, minute - 4)).toMatchObject([{ actionId: 'send', delivered: 500 }]);
  });

  it('keeps Leat’s own remarks on an event at home', async () => {
    const inbox = await receiver();
    const bed = await open();
    bed.log.append({ messageId: 'm1', _leat: { notes: [] } });
    await bed.configure(webhookTo(inbox.url));
    await bed.settled();
    expect(JSON.parse(inbox.requests[0]!.body)).not.toHaveProperty('_leat');
  });

  it('filters what no action matches, what comes from other sources, and what `integrations` keeps away', async () => {
    const inbox = await receiver();
    const bed = await open();
    bed.log.append({ messageId: 'page', type: 'page' });
    bed.log.append({ messageId: 'other' }, { sourceId: 's2' });
    bed.log.append({ messageId: 'kept away', integrations: { Webhook: false } });
    bed.log.append({ messageId: 'all but', integrations: { All: false, Webhook: true } });
    bed.log.append({ messageId: 'wanted' });
    await bed.configure(
      webhookTo(inbox.url, { sourceIds: ['s1'], actions: [sendAction({ trigger: 'type = "track"' })] }),
    );
    expect(await bed.settled()).toMatchObject([
      { sourceId: 's1', delivered: 2, filtered: 2 },
      { sourceId: 's2', filtered: 1 },
    ]);
    expect(arrivedIds(inbox).toSorted()).toEqual(['all but', 'wanted']);
  });

  it('lets the worst outcome of several actions count, and runs only those again that failed', async () => {
    const [good, bad] = [await receiver(), await receiver({ behaviour: failing(400) })];
    const flaky = await receiver({ behaviour: (index) => ({ status: index < 2 ? 500 : 200 }) });
    const to = (id: string, url: string, trigger = 'type = "track"') =>
      sendAction({ id, name: id, trigger, mapping: { data: { '@path': '$.' }, url } });
    const bed = await open();
    bed.log.append({ messageId: 'm1' });
    bed.log.append({ messageId: 'm2', event: 'Refused' });
    await bed.configure(
      webhookTo(good.url, {
        actions: [to('good', good.url), to('flaky', flaky.url), to('bad', bad.url, 'event = "Refused"')],
      }),
    );
    expect(await bed.settled()).toMatchObject([{ accepted: 2, delivered: 1, failed: 1 }]);
    expect(arrivedIds(good).toSorted()).toEqual(['m1', 'm2']);
    expect(flaky.delivered().length).toBe(2);
    expect(bad.requests.length).toBe(1);
    const rows = await bed.store.actionLedger(minute - 1, minute + 2);
    const sum = (id: string) =>
      rows.filter(({ actionId }) => actionId === id).map(({ delivered, failed }) => [delivered, failed]);
    expect([sum('good'), sum('flaky'), sum('bad')]).toEqual([[[2, 0]], [[2, 0]], [[0, 1]]]);
  });

  it('makes a dead letter of an event that is refused, which can be retried or given up', async () => {
    const inbox = await receiver({ behaviour: (_, body) => ({ status: body.includes('bad') ? 422 : 200 }) });
    const bed = await open();
    for (const messageId of ['bad1', 'good', 'bad2', 'bad3']) bed.log.append({ messageId, userId: 'u1' });
    await bed.configure(webhookTo(inbox.url));
    expect(await bed.settled()).toMatchObject([{ delivered: 1, failed: 3 }]);
    const { items } = await bed.store.deadLetters('d1', null, 10);
    expect(items).toMatchObject([{ messageId: 'bad3' }, { messageId: 'bad2' }, { messageId: 'bad1' }]);
    expect(items[0]).toMatchObject({ attempts: 1, reason: 'The destination refused the event (422).' });
    expect(JSON.parse(items[0]!.body)).toMatchObject({ messageId: 'bad3', userId: 'u1' });
    inbox.behave(() => ({ status: 200 }));
    expect(await bed.service.retryDeadLetters('d1', [items[2]!.id, items[1]!.id])).toBe(2);
    await waitFor('the retried ones', async () => (await bed.balance())[0]?.delivered === 3);
    expect(arrivedIds(inbox).slice(-2)).toEqual(['bad1', 'bad2']);
    expect(await bed.service.discardDeadLetters('d1', 'all')).toBe(1);
    expect(await bed.settled()).toMatchObject([{ delivered: 3, failed: 0, discarded: 1 }]);
    await expect(bed.service.retryDeadLetters('nobody', 'all')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('takes thousands of dead letters back as there is room for them, also after a restart', async () => {
    const inbox = await receiver({ behaviour: failing(400) });
    const bed = await open({ settings: { maxParked: 40 } });
    for (let n = 0; n < 300; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n % 3}` });
    await bed.configure(webhookTo(inbox.url));
    expect(await bed.settled()).toMatchObject([{ failed: 300 }]);
    inbox.behave((index) => ({ status: index < 100 ? 200 : 503 }));
    expect(await bed.service.retryDeadLetters('d1', 'all')).toBe(300);
    await waitFor('some to be delivered', async () => ((await bed.balance())[0]?.delivered ?? 0) >= 100);
    await bed.restart();
    inbox.behave(() => ({ status: 200 }));
    await waitFor('the rest', async () => (await bed.balance())[0]?.delivered === 300);
    expect(await bed.settled()).toMatchObject([{ failed: 0, delivered: 300 }]);
  });

  it('gives an event up when its time is over, with the last reason', async () => {
    const inbox = await receiver({ behaviour: (_, body) => ({ status: body.includes('bad') ? 500 : 200 }) });
    const bed = await open();
    const delivery = { ...quickRetries, retryForMs: 150 };
    for (const messageId of ['bad', 'after']) bed.log.append({ messageId, userId: 'u1' });
    await bed.configure(webhookTo(inbox.url, { settings: { delivery } }));
    expect(await bed.settled()).toMatchObject([{ delivered: 1, failed: 1 }]);
    const [letter] = (await bed.store.deadLetters('d1', null, 1)).items;
    expect(letter?.reason).toMatch(/^Given up after \d+ tries. The destination answered 500.$/);
    const attempts = await bed.store.attempts(0, 1);
    expect(attempts[0]).toMatchObject({ attempt: 1, outcome: 'retry', status: 500, action: 'send', version: 1 });
    expect(attempts.length).toBe(Math.min(10, letter!.attempts));
  });

  it('keeps the failed tries of an event and the success after them, without secrets', async () => {
    const inbox = await receiver({ behaviour: (index) => ({ status: index === 0 ? 500 : 200 }) });
    const bed = await open();
    bed.log.append({ messageId: 'm1', properties: { echo: 'hush-hush' } });
    await bed.configure(
      webhookTo(`${inbox.url}?token=hush-hush`, { settings: { headers: { authorization: 'hush-hush' } } }),
    );
    await bed.settled();
    const attempts = await bed.store.attempts(0, 1);
    expect(attempts.map(({ attempt, outcome, status }) => [attempt, outcome, status])).toEqual([
      [1, 'retry', 500],
      [2, 'delivered', null],
    ]);
    expect(attempts[0]?.request).toMatch(/^POST http:.*token=•••\n\n\{.*"messageId":"m1".*"echo":"•••"/);
    expect(attempts[0]?.response).toMatch(/^500/);
  });

  it('says where an event stands and by which configuration it was routed', async () => {
    const inbox = await receiver({ behaviour: (_, body) => ({ status: body.includes('bad') ? 400 : 200 }) });
    const bed = await open();
    bed.log.append({ messageId: 'm1' });
    bed.log.append({ messageId: 'bad' });
    await bed.configure(webhookTo(inbox.url, { settings: { sharedSecret: 'hush-hush' } }));
    await bed.settled();
    await bed.configure(webhookTo(inbox.url, { version: 2, actions: [] }));
    bed.log.append({ messageId: 'm3' });
    await bed.settled();
    const standings = [1, 2, 3, 4].map((offset) => bed.store.standing('d1', 0, offset));
    expect(await Promise.all(standings)).toEqual(['done', 'dead letter', 'done', 'not reached']);
    const [first, third] = [await bed.store.configAt('d1', 0, 1), await bed.store.configAt('d1', 0, 3)];
    expect(first).toMatchObject({ version: 1, codeVersion: 'test', config: { actions: [{ id: 'send' }] } });
    expect(JSON.stringify(first)).not.toContain('hush-hush');
    expect(third).toMatchObject({ version: 2, from: 3, config: { actions: [] } });
  });

  it('begins where the destination was made, or with all that the log holds', async () => {
    const [now, all] = [await receiver(), await receiver()];
    const bed = await open();
    const t = minute * 60_000;
    bed.log.append({ messageId: 'before' }, { receivedAt: t - 1000 });
    bed.log.append({ messageId: 'after' }, { receivedAt: t + 1000 });
    await bed.configure(
      webhookTo(now.url, { id: 'now', startFrom: 'now', createdAt: t }),
      webhookTo(all.url, { id: 'all', startFrom: 'beginning', createdAt: t }),
    );
    expect(await bed.settled()).toMatchObject([
      { destinationId: 'all', accepted: 2, delivered: 2 },
      { destinationId: 'now', accepted: 1, delivered: 1 },
    ]);
    expect(arrivedIds(now)).toEqual(['after']);
  });

  it('keeps the cursor of a disabled destination, and holds the log for it for a time', async () => {
    const inbox = await receiver();
    const bed = await open();
    await bed.configure(webhookTo(inbox.url));
    bed.log.append({ messageId: 'm1' });
    await bed.settled();
    expect(await bed.service.retentionFloor()).toEqual([{ partition: 0, offset: 2 }]);
    await bed.configure(webhookTo(inbox.url, { version: 2, enabled: false }));
    bed.log.append({ messageId: 'm2' });
    expect(await bed.service.retentionFloor()).toEqual([{ partition: 0, offset: 2 }]);
    await bed.restart();
    expect(inbox.requests.length).toBe(1);
    await bed.configure(webhookTo(inbox.url, { version: 3 }));
    await bed.settled();
    expect(arrivedIds(inbox)).toEqual(['m1', 'm2']);
    expect(await bed.service.retentionFloor()).toEqual([{ partition: 0, offset: 3 }]);
  });

  it('holds nothing for a destination that is disabled for longer than agreed', async () => {
    const inbox = await receiver();
    const bed = await open({ settings: { disabledHoldDays: 0 } });
    await bed.configure(webhookTo(inbox.url));
    await bed.configure(webhookTo(inbox.url, { version: 2, enabled: false }));
    expect(await bed.service.retentionFloor()).toEqual([]);
  });

  it('begins a destination that was made disabled when it is enabled', async () => {
    const inbox = await receiver();
    const bed = await open();
    await bed.configure(webhookTo(inbox.url, { enabled: false, startFrom: 'now' }));
    bed.log.append({ messageId: 'm1' });
    await bed.configure(webhookTo(inbox.url, { version: 2, startFrom: 'now' }));
    bed.log.append({ messageId: 'm2' });
    expect(await bed.settled()).toMatchObject([{ accepted: 1, delivered: 1 }]);
    expect(arrivedIds(inbox)).toEqual(['m2']);
  });

  it('counts and reports what retention took before it could be delivered', async () => {
    const inbox = await receiver();
    const bed = await open();
    await bed.configure(webhookTo(inbox.url));
    bed.log.append({ messageId: 'm1' });
    await bed.settled();
    await bed.configure(webhookTo(inbox.url, { version: 2, enabled: false }));
    for (let n = 2; n <= 50; n++) bed.log.append({ messageId: `m${n}` }, { sourceId: n % 7 === 0 ? 's2' : 's1' });
    bed.log.removeBefore(41);
    await bed.configure(webhookTo(inbox.url, { version: 3 }));
    expect(await bed.settled()).toMatchObject([
      { sourceId: 's1', accepted: 43, delivered: 9, discarded: 34 },
      { sourceId: 's2', accepted: 7, delivered: 2, discarded: 5 },
    ]);
    expect(bed.reports).toContainEqual({ kind: 'retention gap', destinationId: 'd1', events: 39 });
    expect(await bed.store.standing('d1', 0, 20)).toBe('discarded');
    await bed.service.retentionFloor();
    expect((await bed.balance()).every(({ balanced }) => balanced)).toBe(true);
  });

  it('forgets a destination that is deleted, also one deleted while it was stopped', async () => {
    const inbox = await receiver();
    const bed = await open();
    await bed.configure(webhookTo(inbox.url, { id: 'd1' }), webhookTo(inbox.url, { id: 'd2' }));
    bed.log.append();
    await bed.settled();
    await bed.configure(webhookTo(inbox.url, { id: 'd2' }));
    expect(await bed.store.destinationIds()).toEqual(['d2']);
  });

  it('leaves the workspace to its own thread', async () => {
    const bed = await open();
    await bed.configure({ ...webhookTo('http://127.0.0.1:9/'), kind: 'workspace' });
    expect(await bed.store.destinationIds()).toEqual([]);
  });

  it('makes a dead letter of what cannot be sent because the mapping gives nothing', async () => {
    const bed = await open();
    bed.log.append();
    await bed.configure(
      webhookTo('http://127.0.0.1:9/', { actions: [sendAction({ mapping: { data: { '@path': '$.nowhere' } } })] }),
    );
    expect(await bed.settled()).toMatchObject([{ failed: 1 }]);
    const [letter] = (await bed.store.deadLetters('d1', null, 1)).items;
    expect(letter?.reason).toBe(
      'The mapping of action "Send" does not fit this event: data is missing, since the mapping makes nothing of this event. Change the action’s mapping, or its trigger so that it leaves such events out.',
    );
  });

  it('sets aside what it cannot read and goes on', async () => {
    const inbox = await receiver();
    const bed = await open();
    bed.log.appendBody('{"type":');
    bed.log.append({ messageId: 'm2' });
    await bed.configure(webhookTo(inbox.url));
    expect(await bed.settled()).toMatchObject([{ delivered: 1, failed: 1 }]);
  });

  it('waits for a log or store that fails, says so, and goes on where it stood', async () => {
    const inbox = await receiver();
    const bed = await open();
    await bed.configure(webhookTo(inbox.url));
    bed.log.append({ messageId: 'm1' });
    await bed.settled();
    bed.log.fail('the disk is gone');
    bed.log.append({ messageId: 'm2' });
    await waitFor('a report', () => bed.reports.some((report) => report.kind === 'waiting for storage'));
    bed.log.fail(null);
    expect(await bed.settled()).toMatchObject([{ delivered: 2 }]);
  });

  it('keeps what it could not commit until the store takes it, once', async () => {
    const inbox = await receiver();
    let full = false;
    const bed = await open({
      wrap: (store) =>
        new Proxy(store, {
          get(target, name) {
            const value: unknown = Reflect.get(target, name);
            if (name === 'commit' && full)
              return () => Promise.reject(new FaultError('store_unavailable', 'disk full'));
            return typeof value === 'function' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
          },
        }),
    });
    await bed.configure(webhookTo(inbox.url));
    full = true;
    for (let n = 0; n < 50; n++) bed.log.append({ messageId: `m${n}` });
    await waitFor('a report', () => bed.reports.some((report) => report.kind === 'waiting for storage'));
    await waitFor('all to be sent', () => inbox.requests.length === 50);
    expect(await bed.balance()).toMatchObject([{ pending: 50, delivered: 0, balanced: true }]);
    full = false;
    expect(await bed.settled()).toMatchObject([{ delivered: 50 }]);
    expect(inbox.requests.length).toBe(50);
  });

  it('tests a destination with its present settings, enabled or not', async () => {
    const inbox = await receiver();
    const bed = await open();
    await bed.configure(webhookTo(inbox.url, { enabled: false }));
    expect(await bed.service.test('d1')).toMatchObject({ ok: true });
    await bed.configure(webhookTo('nonsense', { version: 2, enabled: false }));
    expect(await bed.service.test('d1')).toMatchObject({ ok: false, message: expect.stringMatching(/settings.url/) });
    await expect(bed.service.test('nobody')).rejects.toMatchObject({ code: 'not_found' });
  });
});
