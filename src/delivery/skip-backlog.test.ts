// A destination that skips what waits for it, whichever way it is served: booked, durable, and nothing sent of it.
import { describe, expect, it } from 'vitest';
import { sendAction, webhookTo } from '../../test/support/delivery-bed.ts';
import { arrivedIds, deliveryTests } from '../../test/support/delivery-tests.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { failing } from '../../test/support/webhook-receiver.ts';
import { FaultError } from '../errors/errors.ts';
import type { DeliveryReport } from './report.ts';
import { emptyCommit, newCondition } from './delivery-store.ts';
import { skipBacklog } from './skip-backlog.ts';

const { open, receiver } = deliveryTests();
const minute = Math.floor(Date.now() / 60_000);

describe('a destination that skips its backlog', () => {
  it('goes on with what comes next; what waited is discarded(skipped) by source and minute, and says so', async () => {
    const inbox = await receiver();
    const bed = await open();
    const on = webhookTo(inbox.url);
    const off = webhookTo(inbox.url, { enabled: false });
    bed.log.append({ messageId: 'before' });
    await bed.configure(on);
    await bed.settled();
    await bed.configure(off);
    for (let n = 0; n < 10; n++)
      bed.log.append(
        { messageId: `waited${n}` },
        { sourceId: n < 4 ? 's1' : 's2', receivedAt: (minute - (n % 2)) * 60_000 },
      );
    expect(await bed.service.skipBacklog('d1')).toBe(10);
    expect(await bed.balance()).toMatchObject([
      { sourceId: 's1', accepted: 5, delivered: 1, discarded: 4, pending: 0, balanced: true },
      { sourceId: 's2', accepted: 6, discarded: 6, pending: 0, balanced: true },
    ]);
    const rows = await bed.store.ledger(minute - 1, minute + 1);
    expect(rows.filter(({ discarded }) => 'skipped' in discarded)).toMatchObject([
      { sourceId: 's1', minute: minute - 1, discarded: { skipped: 2 } },
      { sourceId: 's2', minute: minute - 1, discarded: { skipped: 3 } },
      { sourceId: 's1', minute, discarded: { skipped: 2 } },
      { sourceId: 's2', minute, discarded: { skipped: 3 } },
    ]);
    await bed.configure(on);
    bed.log.append({ messageId: 'after' });
    await bed.settled();
    expect(arrivedIds(inbox)).toEqual(['before', 'after']);
    const standings = [1, 2, 11, 12].map((offset) => bed.store.standing('d1', 0, offset));
    expect(await Promise.all(standings)).toEqual(['done', 'skipped', 'skipped', 'done']);
    expect(await bed.service.skipBacklog('d1')).toBe(0);
  });

  it('skips what is parked too, counting the actions that were carried out, and keeps its dead letters', async () => {
    const good = await receiver();
    const bad = await receiver({
      behaviour: (_, body) => ({
        status: body.includes('refused') ? 400 : body.includes('"messageId":"n') ? 500 : 200,
      }),
    });
    const bed = await open();
    const to = (id: string, url: string) => sendAction({ id, name: id, mapping: { data: { '@path': '$.' }, url } });
    bed.log.append({ messageId: 'refused', userId: 'u1' });
    for (let n = 0; n < 3; n++) bed.log.append({ messageId: `n${n}`, userId: 'u2' });
    for (let n = 0; n < 30; n++) bed.log.append({ messageId: `fine${n}`, userId: `other${n}` });
    const slow = { delivery: { firstRetryMs: 10, longestRetryMs: 60_000 } };
    await bed.configure(webhookTo(good.url, { actions: [to('good', good.url), to('bad', bad.url)], settings: slow }));
    await waitFor('three to be parked', async () => {
      const [state] = await bed.store.states();
      return state?.parked === 3 && state.cursors[0]?.offset === 35;
    });
    expect(await bed.service.skipBacklog('d1')).toBe(3);
    expect(await bed.settled()).toMatchObject([{ accepted: 34, delivered: 30, failed: 1, discarded: 3 }]);
    const [state] = await bed.store.states();
    expect(state).toMatchObject({ parked: 0, deadLetters: 1 });
    expect(await Promise.all([1, 2, 3, 4, 5].map((at) => bed.store.standing('d1', 0, at)))).toEqual([
      'dead letter',
      'skipped',
      'skipped',
      'skipped',
      'done',
    ]);
    const actions = await bed.store.actionLedger(minute - 1, minute + 2);
    const delivered = (id: string): number =>
      actions.filter(({ actionId }) => actionId === id).reduce((sum, row) => sum + row.delivered, 0);
    // The first of the three had gone out through the good action before it was parked behind the bad one.
    expect([delivered('good'), delivered('bad')]).toEqual([32, 30]);
  });

  it('skips dead letters that were told to go out again, in hand already or not', async () => {
    const inbox = await receiver({ behaviour: failing(400) });
    const bed = await open({ settings: { maxParked: 4 } });
    for (let n = 0; n < 9; n++) bed.log.append({ messageId: `refused${n}`, userId: `u${n}` });
    await bed.configure(webhookTo(inbox.url));
    await waitFor('nine dead letters', async () => (await bed.store.states())[0]?.deadLetters === 9);
    inbox.behave(failing(503));
    const { items } = await bed.store.deadLetters('d1', null, 9);
    expect(
      await bed.service.retryDeadLetters(
        'd1',
        items.slice(1).map(({ id }) => id),
      ),
    ).toBe(8);
    await waitFor('some of them to be taken', async () => (await bed.store.states())[0]?.parked === 2);
    expect(await bed.service.skipBacklog('d1')).toBe(8);
    inbox.behave(() => ({ status: 200 }));
    bed.log.append({ messageId: 'new', userId: 'u1' });
    expect(await bed.settled()).toMatchObject([{ accepted: 10, delivered: 1, failed: 1, discarded: 8 }]);
    expect(arrivedIds(inbox).slice(-1)).toEqual(['new']);
    expect(inbox.delivered()).toHaveLength(1);
  });

  it('counts each action’s outcome of an event once, however often the event was a dead letter', async () => {
    const good = await receiver();
    const bad = await receiver({ behaviour: failing(400) });
    const bed = await open();
    const to = (id: string, url: string) => sendAction({ id, name: id, mapping: { data: { '@path': '$.' }, url } });
    bed.log.append({ messageId: 'a' });
    bed.log.append({ messageId: 'b' });
    await bed.configure(webhookTo(good.url, { actions: [to('good', good.url), to('bad', bad.url)] }));
    await waitFor('two dead letters', async () => (await bed.store.states())[0]?.deadLetters === 2);
    bad.behave(failing(503));
    const [last, first] = (await bed.store.deadLetters('d1', null, 9)).items;
    await bed.service.retryDeadLetters('d1', [first!.id]);
    await waitFor('it to be taken', async () => (await bed.store.states())[0]?.parked === 1);
    await bed.service.skipBacklog('d1');
    bad.behave(() => ({ status: 200 }));
    await bed.service.retryDeadLetters('d1', [last!.id]);
    await waitFor('it to arrive', () => bad.delivered().length === 1);
    expect(await bed.settled()).toMatchObject([{ accepted: 2, delivered: 1, failed: 0, discarded: 1 }]);
    expect(good.requests).toHaveLength(2);
    const actions = await bed.store.actionLedger(minute - 1, minute + 5, 60 * 24);
    const sum = (id: string, of: 'delivered' | 'failed'): number =>
      actions.filter(({ actionId }) => actionId === id).reduce((total, row) => total + row[of], 0);
    expect([sum('good', 'delivered'), sum('bad', 'delivered'), sum('bad', 'failed')]).toEqual([2, 1, 0]);
  });

  it('does so for an enabled one that is down, which then takes what comes', async () => {
    const inbox = await receiver({ behaviour: failing(503) });
    const bed = await open();
    for (let n = 0; n < 50; n++) bed.log.append({ messageId: `old${n}`, userId: `u${n}` });
    await bed.configure(webhookTo(inbox.url));
    await waitFor('the breaker to open', async () => (await bed.store.states())[0]?.breaker !== 'closed');
    expect(await bed.service.skipBacklog('d1')).toBe(50);
    inbox.behave(() => ({ status: 200 }));
    bed.log.append({ messageId: 'new' });
    expect(await bed.settled()).toMatchObject([{ accepted: 51, delivered: 1, discarded: 50 }]);
    expect(arrivedIds(inbox).at(-1)).toBe('new');
  });

  it('is on disk before the call returns: a kill right after brings nothing back', async () => {
    const inbox = await receiver();
    const bed = await open();
    await bed.configure(webhookTo(inbox.url, { enabled: false }));
    for (let n = 0; n < 20; n++) bed.log.append({ messageId: `old${n}` });
    // It starts from the beginning and never ran, so all of the log is its backlog.
    expect(await bed.service.skipBacklog('d1')).toBe(20);
    await bed.crash();
    await bed.configure(webhookTo(inbox.url));
    bed.log.append({ messageId: 'new' });
    expect(await bed.settled()).toMatchObject([{ accepted: 21, delivered: 1, discarded: 20 }]);
    expect(arrivedIds(inbox)).toEqual(['new']);
  });

  it('cut short by a store that fails has skipped nothing, and goes on as before', async () => {
    const inbox = await receiver({ behaviour: failing(503) });
    let broken = false;
    const bed = await open({
      wrap: (store) =>
        new Proxy(store, {
          get: (target, name) => {
            const value: unknown = Reflect.get(target, name);
            if (typeof value !== 'function') return value;
            const method = (value as (...args: unknown[]) => unknown).bind(target);
            if (name !== 'commit') return method;
            return async (...args: unknown[]) => {
              const skips = JSON.stringify(args).includes('"skipped"');
              if (broken && skips) throw new FaultError('store_unavailable', 'The disk is full.');
              return method(...args);
            };
          },
        }),
    });
    for (let n = 0; n < 12; n++) bed.log.append({ messageId: `m${n}`, userId: `u${n}` });
    await bed.configure(webhookTo(inbox.url));
    await waitFor('the breaker to open', async () => (await bed.store.states())[0]?.breaker !== 'closed');
    broken = true;
    await expect(bed.service.skipBacklog('d1')).rejects.toMatchObject({ code: 'store_unavailable' });
    broken = false;
    inbox.behave(() => ({ status: 200 }));
    expect(await bed.settled()).toMatchObject([{ accepted: 12, delivered: 12, discarded: 0 }]);
  });

  it('told again after it was cut anywhere, has skipped each event once', async () => {
    const inbox = await receiver({ behaviour: (_, body) => ({ status: body.includes('"bad') ? 500 : 200 }) });
    const bed = await open();
    const slow = { delivery: { firstRetryMs: 10, longestRetryMs: 60_000 } };
    for (let n = 0; n < 5; n++) bed.log.append({ messageId: `bad${n}`, userId: 'u1' });
    for (let n = 0; n < 30; n++) bed.log.append({ messageId: `fine${n}`, userId: `other${n}` });
    await bed.configure(webhookTo(inbox.url, { settings: slow }));
    await waitFor('five to be parked', async () => {
      const [state] = await bed.store.states();
      return state?.parked === 5 && state.cursors[0]?.offset === 36;
    });
    await bed.configure(webhookTo(inbox.url, { enabled: false, settings: slow }));
    for (let n = 0; n < 20; n++) bed.log.append({ messageId: `waits${n}` });
    let skipped = 0;
    for (let cut = 0, whole = false; !whole; cut++) {
      let commits = 0;
      const store = new Proxy(bed.store, {
        get: (target, name) => {
          const value: unknown = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          const method = (value as (...args: unknown[]) => unknown).bind(target);
          if (name !== 'commit') return method;
          return async (...args: unknown[]) => {
            if (commits++ >= cut) throw new FaultError('store_unavailable', 'cut');
            return method(...args);
          };
        },
      });
      const report = (told: DeliveryReport): void => {
        if (told.kind === 'progress') skipped += told.events;
      };
      try {
        await skipBacklog('d1', { log: bed.log, store, report }, { events: 3, parked: 2 });
        whole = true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'store_unavailable' });
      }
      for (const line of await bed.balance()) expect(line).toMatchObject({ balanced: true });
    }
    expect(skipped).toBe(25);
    expect(await bed.settled()).toMatchObject([{ accepted: 55, delivered: 30, discarded: 25 }]);
  });

  it('skips a range that was begun in one piece, so that no other name is made of a part of it', async () => {
    const bed = await open();
    for (let n = 0; n < 30; n++) bed.log.append();
    await bed.store.begin('d2', [{ partition: 0, start: 1 }]);
    const cursors = [{ partition: 0, offset: 1, reached: 21 }];
    await bed.store.commit([{ ...emptyCommit, destinationId: 'd2', cursors, condition: newCondition }]);
    const stood: unknown[] = [];
    const store = new Proxy(bed.store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        const method = (value as (...args: unknown[]) => unknown).bind(target);
        if (name !== 'commit') return method;
        return async (...args: unknown[]) => {
          await method(...args);
          stood.push((await target.load('d2'))?.cursors[0]?.offset);
        };
      },
    });
    await skipBacklog('d2', { log: bed.log, store, report: () => undefined }, { events: 5, parked: 2 });
    expect(stood).toEqual([21, 26, 31]);
  });

  it('tells what retention took from what was skipped', async () => {
    const inbox = await receiver();
    const bed = await open();
    await bed.configure(webhookTo(inbox.url));
    bed.log.append({ messageId: 'first' });
    await bed.settled();
    await bed.configure(webhookTo(inbox.url, { enabled: false }));
    for (let n = 0; n < 10; n++) bed.log.append({ messageId: `old${n}` });
    bed.log.removeBefore(6);
    expect(await bed.service.skipBacklog('d1')).toBe(6);
    const rows = await bed.store.ledger(0, minute + 2, 2 * minute);
    expect(rows).toMatchObject([{ delivered: 1, discarded: { retention: 4, skipped: 6 } }]);
    expect(await bed.settled()).toMatchObject([{ accepted: 11, delivered: 1, discarded: 10 }]);
  });

  it('rejects for a destination that is not there', async () => {
    const bed = await open();
    await expect(bed.service.skipBacklog('nobody')).rejects.toMatchObject({ code: 'not_found' });
  });
});
