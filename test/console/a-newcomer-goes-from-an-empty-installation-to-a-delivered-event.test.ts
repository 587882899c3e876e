// The way of somebody who has never read the docs, in a browser from the printed link to the delivery.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { sendCall } from '../support/send-call.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { expectAccessible, expectToFitNarrowScreens, openConsole, owner } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';

describeInChromium('a newcomer', () => {
  let bed: ConsoleBed;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    bed = await openConsole({ signedIn: false });
    receiver = await openWebhookReceiver();
  });
  afterAll(async () => {
    await bed.dispose();
    await receiver.close();
  });

  it('is told where the link is, and becomes the owner with it', async () => {
    const { page, url } = bed;
    await page.goto(url);
    await page.getByRole('heading', { name: 'This installation has no owner yet' }).waitFor();
    await page.goto(bed.firstRunLink());
    await page.getByLabel('Name').fill(owner.name);
    await page.getByLabel('Email').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Create owner' }).click();
    await page.getByRole('heading', { name: 'From nothing to a delivered event' }).waitFor();
    expect(page.url()).toBe(`${url}/welcome`);
  });

  it('sees code with the real host and key, and a source is there already', async () => {
    const { page, url, server } = bed;
    await page.getByRole('tab', { name: 'Node.js' }).click();
    const code = page.getByRole('tabpanel');
    await expect.poll(() => code.innerText()).toContain(url);
    expect(await code.innerText()).toContain(server.writeKey);
    for (const client of ['curl', 'JavaScript', 'Python', 'Go', 'iOS', 'Android', 'React Native', 'Flutter'])
      await page.getByRole('tab', { name: client, exact: true }).waitFor();
  });

  it('sees the call live as it comes, and the person', async () => {
    const { page, url, server } = bed;
    await page.getByText('Waiting for a call').waitFor();
    const answer = await sendCall(url, server.writeKey, 'identify', { userId: 'u1', traits: { plan: 'pro' } });
    expect(answer.status).toBe(200);
    await page.getByText('Receiving', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'See the person' }).click();
    await page.waitForURL(`${url}/people/u1`);
    await page.getByText('pro').first().waitFor();
    await page.goto(`${url}/welcome`);
    await page.getByRole('link', { name: 'See the event' }).click();
    await page.waitForURL(/\/events\/./);
  });

  it('adds a webhook and sees a test call delivered to it', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/welcome`);
    await page.getByRole('link', { name: 'Add destination' }).click();
    await page.waitForURL(`${url}/destinations/new`);
    await page.getByLabel('Search').fill('webhook');
    await page.getByRole('button', { name: /^(Add )?Webhook\b/ }).click();
    await page.getByRole('heading', { name: 'Add Webhook' }).waitFor();
    await page.getByLabel('Address').fill(receiver.url);
    await page.getByRole('button', { name: 'Add destination' }).click();
    await page.waitForURL(/\/destinations\/dst_/);
    await page.getByRole('link', { name: 'Back to the guide' }).click();
    await page.waitForURL(`${url}/welcome`);
    await page.getByRole('button', { name: 'Send another test call' }).click();
    await page.getByText('Delivered', { exact: true }).waitFor();
    // The path is at its end; nothing leads back to it any more.
    await page.getByRole('link', { name: 'Back to the guide' }).waitFor({ state: 'detached' });
    expect(receiver.requests.length).toBeGreaterThan(0);
    await expectAccessible(page);
    await expectToFitNarrowScreens(page);
    expect(bed.faults()).toEqual([]);
  });
});
