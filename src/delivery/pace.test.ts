// What can be seen of how fast a destination is served: limit, requests under way, rate, breaker, the wait it asked for.
import { afterEach, describe, expect, it } from 'vitest';
import { openDeliveryBed, quickRetries, webhookTo } from '../../test/support/delivery-bed.ts';
import type { DeliveryBed } from '../../test/support/delivery-bed.ts';
import { GiveUp, waitFor } from '../../test/support/wait-for.ts';
import { openWebhookReceiver, slow } from '../../test/support/webhook-receiver.ts';
import type { Pace } from './pace.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
async function openWith(...options: Parameters<typeof openWebhookReceiver>) {
  const inbox = await openWebhookReceiver(...options);
  const bed = await openDeliveryBed();
  closing.push(
    () => inbox.close(),
    () => bed.close(),
  );
  return { inbox, bed };
}
const paceOf = async ({ service }: DeliveryBed): Promise<Pace> => (await service.paces())[0]!;
const fill = ({ log }: DeliveryBed, events: number): void => {
  for (let n = 0; n < events; n++) log.append({ messageId: `m${n}`, userId: `u${n}` });
};

describe('the pace of a destination', () => {
  it('shows the limit grow with successes, and as many requests under way as it lets through', async () => {
    const { inbox, bed } = await openWith({ behaviour: slow(30) });
    fill(bed, 400);
    await bed.configure(webhookTo(inbox.url, { settings: { delivery: { ...quickRetries, maxConcurrency: 12 } } }));
    const before = await paceOf(bed);
    expect(before).toMatchObject({ destinationId: 'd1', limit: 4, maxConcurrency: 12, ratePerSecond: null });
    expect(before).toMatchObject({ breaker: 'closed', nextProbeAt: null, lastRetryAfter: null });
    await waitFor('the most at once', async () => {
      const { limit, inFlight } = await paceOf(bed);
      if (inFlight > limit) throw new GiveUp(`${inFlight} requests at a limit of ${limit}`);
      return limit === 12 && inFlight === 12;
    });
    await bed.settled();
    expect(await paceOf(bed)).toMatchObject({ limit: 12, inFlight: 0 });
  });

  it('shows the rate in force, also when it is changed', async () => {
    const { inbox, bed } = await openWith();
    const at = (ratePerSecond: number, version: number) =>
      webhookTo(inbox.url, { version, settings: { delivery: { ...quickRetries, ratePerSecond } } });
    await bed.configure(at(50, 1));
    expect(await paceOf(bed)).toMatchObject({ ratePerSecond: 50 });
    await bed.configure(at(5, 2));
    expect(await paceOf(bed)).toMatchObject({ ratePerSecond: 5 });
  });

  it('shows the open breaker, until when, and how long the destination asked to be left alone', async () => {
    const limited = { status: 429, headers: { 'retry-after': '120' } };
    const { inbox, bed } = await openWith({ behaviour: () => limited });
    fill(bed, 20);
    const began = Date.now();
    await bed.configure(webhookTo(inbox.url));
    const pace = await waitFor('the breaker to open', async () => {
      const now = await paceOf(bed);
      return now.breaker === 'open' ? now : null;
    });
    expect(pace).toMatchObject({ limit: 0, breakerReason: expect.stringContaining('429') as string });
    expect(pace.lastRetryAfter?.ms).toBe(120_000);
    expect(pace.lastRetryAfter?.at).toBeGreaterThanOrEqual(began);
    expect(pace.nextProbeAt).toBeGreaterThanOrEqual(began + 119_000);
  });

  it('is none while the destination is disabled', async () => {
    const { inbox, bed } = await openWith();
    await bed.configure(webhookTo(inbox.url));
    await bed.configure(webhookTo(inbox.url, { enabled: false }));
    expect(await bed.service.paces()).toEqual([]);
  });
});
