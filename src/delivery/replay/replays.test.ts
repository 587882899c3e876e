import { afterEach, describe, expect, it } from 'vitest';
import { openDeliveryBed, sendAction, webhookTo } from '../../../test/support/delivery-bed.ts';
import type { DeliveryBed } from '../../../test/support/delivery-bed.ts';
import { waitFor } from '../../../test/support/wait-for.ts';
import { openWebhookReceiver } from '../../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../../test/support/webhook-receiver.ts';
import { replayEnded as ended, wholeReplay as everything } from '../../../test/support/whole-replay.ts';
import type { NewReplay, ReplayRun } from './replay.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const names = (inbox: WebhookReceiver, from = 0): string[] =>
  inbox.requests.slice(from).map(({ body }) => (JSON.parse(body) as { messageId: string }).messageId);

/** A destination that has delivered `events` events of `people` people. */
async function delivered(events: number, people = 5): Promise<{ bed: DeliveryBed; inbox: WebhookReceiver }> {
  const inbox = await openWebhookReceiver();
  const bed = await openDeliveryBed();
  closing.push(
    () => inbox.close(),
    () => bed.close(),
  );
  for (let n = 1; n <= events; n++) {
    const origin = { sourceId: n % 2 ? 'odd' : 'even', receivedAt: n * 1000 };
    bed.log.append({ messageId: `m${n}`, userId: `u${n % people}`, event: n % 10 ? 'Common' : 'Rare' }, origin);
  }
  await bed.configure(webhookTo(inbox.url));
  await bed.settled();
  return { bed, inbox };
}
const runOf = async (bed: DeliveryBed, id: string): Promise<ReplayRun> => (await bed.store.replay(id))!;

describe('a replay', () => {
  it('sends a stretch once more, marked, in order per person; cursor and ledger stay where they are', async () => {
    const { bed, inbox } = await delivered(300);
    const before = [await bed.store.states(), await bed.balance()];
    const { id } = await bed.service.startReplay('d1', { ...everything, fromOffset: 101, toOffset: 201 });
    expect(await ended(bed, id)).toMatchObject({
      state: 'done',
      total: 100,
      counts: { delivered: 100, failed: 0, filtered: 0, excluded: 0, gone: 0 },
      stretches: [{ from: 101, to: 201, offset: 201 }],
    });
    const again = inbox.requests.slice(300);
    expect(again.every(({ headers }) => headers['x-leat-replay'] === id)).toBe(true);
    expect(inbox.requests.slice(0, 300).some(({ headers }) => 'x-leat-replay' in headers)).toBe(false);
    expect(new Set(names(inbox, 300)).size).toBe(100);
    for (let person = 0; person < 5; person++) {
      const own = names(inbox, 300)
        .map((name) => Number(name.slice(1)))
        .filter((n) => n % 5 === person);
      expect(own).toEqual(own.toSorted((a, b) => a - b));
    }
    expect([await bed.store.states(), await bed.balance()]).toEqual(before);
  });

  it('takes only the events, sources and times that are meant, and accounts for all', async () => {
    const { bed, inbox } = await delivered(200);
    const { id } = await bed.service.startReplay('d1', {
      ...everything,
      filter: 'event = "Rare"',
      sourceIds: ['even'],
      from: 51_000,
      to: 151_000,
    });
    const run = await ended(bed, id);
    expect(run).toMatchObject({ total: 100, counts: { delivered: 10, excluded: 90 } });
    expect(names(inbox, 200).toSorted()).toEqual([
      'm100',
      'm110',
      'm120',
      'm130',
      'm140',
      'm150',
      'm60',
      'm70',
      'm80',
      'm90',
    ]);
  });

  it('shows beforehand what it would send, and sends nothing', async () => {
    const { bed, inbox } = await delivered(100);
    await bed.configure(webhookTo(inbox.url, { version: 2, actions: [sendAction({ trigger: 'userId != "u1"' })] }));
    const { id } = await bed.service.startReplay('d1', { ...everything, sourceIds: ['odd'], dryRun: true });
    const run = await ended(bed, id);
    expect(run).toMatchObject({ total: 100, counts: { matching: 40, filtered: 10, excluded: 50, delivered: 0 } });
    expect(run.samples).toHaveLength(5);
    expect(run.samples[0]).toMatchObject({
      messageId: 'm3',
      actions: [{ name: 'Send', problem: null, requests: [{ method: 'POST', url: inbox.url }] }],
    });
    expect(inbox.requests).toHaveLength(100);
  });

  it('keeps to its rate, pauses, goes on after a restart of the server, and is cancelled for good', async () => {
    const { bed, inbox } = await delivered(1000);
    const { id } = await bed.service.startReplay('d1', { ...everything, ratePerSecond: 100 });
    const began = performance.now();
    await waitFor('some of it', async () => inbox.requests.length >= 1020);
    expect(performance.now() - began).toBeGreaterThan(100);
    await expect(bed.service.startReplay('d1', everything)).rejects.toMatchObject({ code: 'conflict' });
    const paused = await bed.service.pauseReplay('d1', id);
    expect(paused).toMatchObject({ state: 'paused' });
    const sent = inbox.requests.length - 1000;
    expect(paused.counts.delivered).toBe(sent);
    await bed.restart();
    expect(await runOf(bed, id)).toMatchObject({ state: 'paused', counts: { delivered: sent } });
    await bed.service.resumeReplay('d1', id);
    await bed.restart();
    await waitFor('more of it', async () => inbox.requests.length > 1000 + sent + 10);
    const cancelled = await bed.service.cancelReplay('d1', id);
    expect(cancelled).toMatchObject({ state: 'cancelled', endedAt: expect.any(Number) as number });
    expect(cancelled.counts.delivered).toBe(inbox.requests.length - 1000);
    expect(new Set(names(inbox, 1000)).size).toBe(inbox.requests.length - 1000);
    await expect(bed.service.resumeReplay('d1', id)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('lists what the destination refuses, with request and answer, and makes no dead letters of it', async () => {
    const { bed, inbox } = await delivered(50);
    inbox.behave((_, body) => ({ status: body.includes('Rare') ? 400 : 200 }));
    const { id } = await bed.service.startReplay('d1', everything);
    expect(await ended(bed, id)).toMatchObject({ state: 'done', counts: { delivered: 45, failed: 5 } });
    const first = await bed.store.replayFailures(id, null, 3);
    expect(first.items).toMatchObject([
      {
        messageId: 'm10',
        reason: expect.stringContaining('400') as string,
        request: expect.stringContaining('POST') as string,
      },
      { messageId: 'm20' },
      { messageId: 'm30' },
    ]);
    const rest = await bed.store.replayFailures(id, first.next, 3);
    expect([rest.items.map(({ messageId }) => messageId), rest.next]).toEqual([['m40', 'm50'], null]);
    expect((await bed.store.deadLetters('d1', null, 1)).items).toEqual([]);
  });

  it('stands still while its destination is off or down, and goes on with mended settings', async () => {
    const { bed, inbox } = await delivered(100);
    inbox.behave(() => ({ status: 401 }));
    const { id } = await bed.service.startReplay('d1', everything);
    await waitFor('the problem', async () => (await runOf(bed, id)).problem?.includes('401'));
    await bed.configure(webhookTo(inbox.url, { enabled: false, version: 2 }));
    expect(await runOf(bed, id)).toMatchObject({ state: 'running', problem: expect.stringContaining('off') as string });
    const mended = await openWebhookReceiver();
    closing.push(() => mended.close());
    await bed.configure(webhookTo(mended.url, { version: 3 }));
    expect(await ended(bed, id)).toMatchObject({ state: 'done', problem: null, counts: { delivered: 100 } });
    expect(new Set(names(mended)).size).toBe(100);
  });

  it('repeats after a kill no more than what was not saved yet, and loses nothing', async () => {
    const { bed, inbox } = await delivered(400);
    const { id } = await bed.service.startReplay('d1', { ...everything, ratePerSecond: 2000 });
    await waitFor('some of it', async () => inbox.requests.length >= 450);
    await bed.crash();
    await ended(bed, id);
    expect(new Set(names(inbox, 400)).size).toBe(400);
  });

  it('counts what retention took before it came by', async () => {
    const { bed, inbox } = await delivered(100);
    inbox.behave(() => ({ status: 401 }));
    const { id } = await bed.service.startReplay('d1', { ...everything, fromOffset: 11, toOffset: 91 });
    await bed.service.pauseReplay('d1', id);
    bed.log.removeBefore(51);
    inbox.behave(() => ({ status: 200 }));
    await bed.service.resumeReplay('d1', id);
    const { counts } = await ended(bed, id);
    expect(counts.gone + counts.delivered).toBe(80);
    expect(counts.gone).toBe(40);
  });

  it('refuses what makes no sense', async () => {
    const { bed } = await delivered(10);
    const start = (change: Partial<NewReplay>) => bed.service.startReplay('d1', { ...everything, ...change });
    await expect(start({ filter: 'event =' })).rejects.toMatchObject({ code: 'invalid_request', field: 'filter' });
    await expect(start({ fromOffset: 11 })).rejects.toMatchObject({ code: 'invalid_request' });
    await expect(bed.service.startReplay('d2', everything)).rejects.toMatchObject({ code: 'not_found' });
    await expect(bed.service.pauseReplay('d1', 'rpl_none')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('goes when its destination goes', async () => {
    const { bed } = await delivered(100);
    const { id } = await bed.service.startReplay('d1', { ...everything, ratePerSecond: 10 });
    await bed.configure();
    expect(await bed.store.replay(id)).toBeNull();
  });
});
