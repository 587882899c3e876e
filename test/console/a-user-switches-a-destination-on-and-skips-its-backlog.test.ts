// A user switches a destination off, and on again: first with what waited meanwhile, then without it.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { begunWebhook } from './support/begun-webhook.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('a user switches a destination on', () => {
  let bed: ConsoleBed;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await openWebhookReceiver();
    bed = await openConsole();
    await begunWebhook(bed.server, 'Billing', receiver.url);
  });
  afterAll(async () => {
    await bed?.dispose();
    await receiver?.close();
  });
  const sent = (event: string): number => receiver.requests.filter(({ body }) => body.includes(event)).length;
  const track = (event: string, count: number): Promise<void> =>
    bed.send(Array.from({ length: count }, (_, n) => ({ type: 'track' as const, userId: `u${n}`, event })));

  it('and has what waited sent', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/destinations`);
    await page.getByRole('link', { name: 'Billing' }).click();
    const on = page.getByRole('switch', { name: 'On' });
    await on.press('Space');
    await expect.poll(() => on.isChecked()).toBe(false);
    await track('Waited', 3);
    await page.getByText('3 events', { exact: true }).waitFor();
    await on.press('Space');
    const dialog = page.getByRole('dialog', { name: 'Switch on Billing' });
    await dialog.getByText('3 events wait for it.').waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
    await dialog.getByRole('button', { name: 'Send them' }).click();
    await expect.poll(() => on.isChecked()).toBe(true);
    await waitFor('what waited', () => sent('Waited') === 3);
  });

  it('or skips it, and goes on with what comes next', async () => {
    const { page } = bed;
    const on = page.getByRole('switch', { name: 'On' });
    await on.press('Space');
    await expect.poll(() => on.isChecked()).toBe(false);
    await track('Stale', 2);
    await page.getByText('2 events', { exact: true }).waitFor();
    await on.press('Space');
    const dialog = page.getByRole('dialog', { name: 'Switch on Billing' });
    await dialog.getByText('2 events wait for it.').waitFor();
    await dialog.getByRole('button', { name: 'Skip them' }).click();
    await expect.poll(() => on.isChecked()).toBe(true);
    await track('Fresh', 1);
    await waitFor('what came next', () => sent('Fresh') === 1);
    expect(sent('Stale')).toBe(0);
    expect(bed.faults()).toEqual([]);
  });
});
