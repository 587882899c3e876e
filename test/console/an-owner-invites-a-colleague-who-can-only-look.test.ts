// An owner invites a colleague by a one-time link; the colleague can look at everything and change nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { BrowserContext, Page } from 'playwright-core';
import { describeInChromium } from '../support/chromium.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { begunWebhook } from './support/begun-webhook.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('an owner invites a colleague who can only look', () => {
  let bed: ConsoleBed;
  let theirs: BrowserContext;
  let their: Page;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    bed = await openConsole();
    receiver = await openWebhookReceiver();
    const browser = bed.page.context().browser();
    if (!browser) throw new Error('The page has no browser.');
    theirs = await browser.newContext();
    their = await theirs.newPage();
    their.setDefaultTimeout(10_000);
  });
  afterAll(async () => {
    await theirs?.close();
    await bed?.dispose();
    await receiver?.close();
  });

  it('makes an invitation, whose link is shown once', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/settings/users`);
    await page.getByRole('button', { name: 'Invite a user' }).click();
    const form = page.getByRole('dialog', { name: 'Invite a user' });
    await form.getByLabel('Email').fill('vera@example.com');
    await form.getByLabel('Name').fill('Vera');
    await expectAccessible(page);
    await form.getByRole('button', { name: 'Make the invitation' }).click();
    await form.waitFor({ state: 'hidden' });
    const link = (await page.getByRole('region', { name: 'One-time link' }).innerText()).trim();
    await page.getByText('Invited', { exact: true }).waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);

    await their.goto(link);
    await their.getByText('You are invited.').waitFor();
    await their.getByLabel('Password', { exact: true }).fill('a colleague of few words');
    await their.getByRole('button', { name: 'Save and sign in' }).click();
    await their.getByText('Vera').first().waitFor();
  });

  it('lets the colleague look at sources, and offers nothing to change', async () => {
    await their.goto(`${bed.url}/sources`);
    await their.getByRole('link', { name: 'My first source' }).click();
    await their.getByRole('tab', { name: 'Keys' }).click();
    await their.getByRole('region', { name: 'Key' }).waitFor();
    expect(await their.getByRole('button', { name: /Rotate|Revoke|Add key/ }).count()).toBe(0);
    await their.getByRole('tab', { name: 'Settings' }).click();
    await their.getByText('an editor or owner can change them').waitFor();
    expect(await their.getByRole('button', { name: /Save|Delete/ }).count()).toBe(0);
  });

  it('says what a colleague may not see of a delivery, rather than that it is loading', async () => {
    const { server, url } = bed;
    const id = await begunWebhook(server, 'CRM', receiver.url);
    await bed.send([{ type: 'track', userId: 'u1', event: 'Ordered' }]);
    await their.goto(`${url}/destinations/${id}?tab=data-out`);
    await their.getByRole('button', { name: 'track Ordered' }).click();
    const drawer = their.getByRole('dialog', { name: 'track Ordered' });
    await drawer.getByText('editors and owners see here how it is made').waitFor();
    await drawer.getByRole('link', { name: 'Explain this event' }).waitFor();
  });

  it('says kindly that users are for owners, and the API refuses as well', async () => {
    await their.goto(`${bed.url}/settings/users`);
    await their.getByText('Only owners see this').waitFor();
    await expectAccessible(their);
    const status = await their.evaluate(async () => (await fetch('/api/v1/users')).status);
    expect(status).toBe(403);
  });

  it('changes the role, which holds at once, and removes the colleague, who is signed out', async () => {
    const { page } = bed;
    await page.reload();
    await page.getByRole('combobox', { name: 'Role of vera@example.com' }).click();
    await page.getByRole('option', { name: 'Editor' }).click();
    await their.goto(`${bed.url}/sources`);
    await their.getByRole('button', { name: 'Add source' }).first().waitFor();

    await page.getByRole('button', { name: 'Remove vera@example.com' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove user' }).click();
    await expect.poll(() => page.getByText('vera@example.com').count()).toBe(0);
    await their.reload();
    await their.getByLabel('Password', { exact: true }).waitFor();
  });
});
