// A user adds a destination and replays the last day to it: dry first, then for real.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { begunWebhook } from './support/begun-webhook.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('a user replays the last day to a new destination', () => {
  let bed: ConsoleBed;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await openWebhookReceiver();
    bed = await openConsole();
    await bed.send(
      Array.from({ length: 12 }, (_, at) => ({
        type: 'track' as const,
        userId: `u${at}`,
        event: at < 8 ? 'Order Completed' : 'Product Viewed',
      })),
    );
    await begunWebhook(bed.server, 'New hook', receiver.url);
  });
  afterAll(async () => {
    await bed?.dispose();
    await receiver?.close();
  });

  it('tries it dry: sees how many and which, and nothing is sent', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/destinations`);
    await page.getByRole('link', { name: 'New hook' }).click();
    await page.getByRole('tab', { name: 'Replay' }).click();
    await page.getByLabel('Only some events').check({ force: true });
    await page.getByText('Text', { exact: true }).click();
    await page.getByLabel('Filter as text').fill('event = "Order Completed"');
    await page.getByText('Matches 8 of the last 12 events.').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Dry run' }).click();
    const run = page.getByRole('region', { name: 'Dry run' });
    await run.getByText('8 would be sent').waitFor();
    await run.getByText('Done').waitFor();
    await run.getByText('"event": "Order Completed"').first().waitFor();
    expect(receiver.requests).toEqual([]);
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('starts it, watches it, and the destination gets exactly those', async () => {
    const { page } = bed;
    await page.getByRole('button', { name: 'Start replay' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
    const run = page.getByRole('region', { name: 'Replay', exact: true });
    await run.getByText('8 delivered').waitFor();
    await run.getByText('Done').waitFor();
    expect(receiver.requests).toHaveLength(8);
    expect(receiver.requests.every(({ headers }) => headers['x-leat-replay'] !== undefined)).toBe(true);
    await expectAccessible(page);
    await expectToFitPhones(page);
    expect(bed.faults()).toEqual([]);
  });
});
