import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';
import { failing, openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { expectAccessible, expectToFitNarrowScreens, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';

describeInChromium('an operator on the overview', () => {
  let bed: ConsoleBed;
  let good: WebhookReceiver;
  let bad: WebhookReceiver;
  beforeAll(async () => {
    bed = await openConsole();
    good = await openWebhookReceiver();
    bad = await openWebhookReceiver();
    bad.behave(failing(400));
  });
  afterAll(async () => {
    await bed.dispose();
    await good.close();
    await bad.close();
  });

  it('is shown the way while nothing has come', async () => {
    const { page, url } = bed;
    await page.goto(url);
    await page.getByText('No event yet').waitFor();
    await page.getByText('All well').waitFor();
    await page.getByRole('link', { name: 'Show me the way' }).waitFor();
    await expectAccessible(page);
  });

  it('sees events by source and deliveries by destination', async () => {
    const { page, server } = bed;
    await server.control.createWebhook('CRM', good.url);
    await bed.send(
      Array.from({ length: 7 }, (_, index) => ({ type: 'track' as const, userId: `u${index}`, event: 'Ordered' })),
    );
    await waitFor('the deliveries', () => good.requests.length >= 7);
    await page.reload();
    await expect.poll(() => page.getByRole('region', { name: 'Events', exact: true }).innerText()).toContain('7');
    await expect
      .poll(() => page.getByRole('region', { name: /^Delivered by destination/ }).innerText())
      .toContain('CRM 7');
    await expect
      .poll(() => page.getByRole('region', { name: 'Delivered', exact: true }).innerText())
      .toContain('100 %');
  });

  it('is told which destination has dead letters, and goes there', async () => {
    const { page, server, url } = bed;
    const id = await server.control.createWebhook('Broken', bad.url);
    await bed.send([{ type: 'track', userId: 'u1', event: 'Ordered' }]);
    await page.reload();
    const attention = page.getByRole('region', { name: 'Needs attention' });
    await attention.getByText('Broken has 1 dead letter.').waitFor();
    await expectAccessible(page);
    await attention.getByRole('link', { name: 'See more' }).click();
    await page.waitForURL(`${url}/destinations/${id}?tab=dead-letters`);
  });

  it('looks back over a day, on a phone too', async () => {
    const { page, url } = bed;
    await page.goto(url);
    await page.getByText('24 hours').first().click();
    await page.waitForURL(/range=24h/);
    const chart = page.getByRole('region', { name: 'Events by source, per 10 minutes' });
    const total = chart.getByRole('listitem').filter({ hasText: 'My first source' });
    await expect.poll(() => total.innerText()).toContain('8');
    // The newest step, the one before, and the one before that, in which nothing had come.
    for (let back = 0; back < 3; back++) await chart.getByRole('slider').press('ArrowLeft');
    await expect.poll(() => total.innerText()).toMatch(/My first source\s*0$/);
    await page.getByRole('region', { name: 'Delay by destination' }).getByText('CRM').waitFor();
    await expectToFitNarrowScreens(page);
    expect(bed.faults()).toEqual([]);
  });
});
