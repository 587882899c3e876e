// What suites of delivery open: beds and receivers, closed after each test, the last one first.
import { afterEach } from 'vitest';
import { openDeliveryBed } from './delivery-bed.ts';
import type { BedOptions, DeliveryBed } from './delivery-bed.ts';
import { openWebhookReceiver } from './webhook-receiver.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

interface DeliveryTests {
  readonly open: (options?: BedOptions) => Promise<DeliveryBed>;
  readonly receiver: (...options: Parameters<typeof openWebhookReceiver>) => Promise<WebhookReceiver>;
}

/** To be called once at the top of a suite. */
export function deliveryTests(): DeliveryTests {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  const closedAfterwards = <T extends { close(): Promise<void> }>(opened: T): T => {
    closing.push(() => opened.close());
    return opened;
  };
  return {
    open: async (options) => closedAfterwards(await openDeliveryBed(options)),
    receiver: async (...options) => closedAfterwards(await openWebhookReceiver(...options)),
  };
}

/** The messageIds that arrived, in order, refused ones too. */
export const arrivedIds = ({ requests }: Pick<WebhookReceiver, 'requests'>): string[] =>
  requests.map(({ body }) => (JSON.parse(body) as { messageId: string }).messageId);
