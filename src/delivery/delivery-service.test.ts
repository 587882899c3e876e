import { afterEach, describe, expect, it } from 'vitest';
import { openDeliveryBed, webhookTo } from '../../test/support/delivery-bed.ts';
import type { DeliveryBed } from '../../test/support/delivery-bed.ts';
import { openWebhookReceiver } from '../../test/support/webhook-receiver.ts';
import type { WebhookReceiver } from '../../test/support/webhook-receiver.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
async function bed(options?: Parameters<typeof openDeliveryBed>[0]): Promise<DeliveryBed> {
  const opened = await openDeliveryBed(options);
  closing.push(() => opened.close());
  return opened;
}
async function receiver(...options: Parameters<typeof openWebhookReceiver>): Promise<WebhookReceiver> {
  const opened = await openWebhookReceiver(...options);
  closing.push(() => opened.close());
  return opened;
}

describe('delivery', () => {
  it('brings every event to its destination and counts it', async () => {
    const { url, requests } = await receiver();
    const delivery = await bed();
    for (let n = 1; n <= 1000; n++) delivery.log.append({ messageId: `m${n}`, userId: `u${n % 37}` });
    await delivery.configure(webhookTo(url));
    expect(await delivery.settled()).toMatchObject([{ accepted: 1000, delivered: 1000 }]);
    expect(requests.length).toBe(1000);
  });
});
