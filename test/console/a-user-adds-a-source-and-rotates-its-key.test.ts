// A user adds a source for a server, sees its secret key, rotates it and ends the old one.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { sendCall } from '../support/send-call.ts';
import { expectAccessible, openConsole, owner } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

const call = { userId: 'u1', event: 'Order Completed' };

describeInChromium('a user adds a source and rotates its key', () => {
  let bed: ConsoleBed;
  beforeAll(async () => {
    bed = await openConsole();
  });
  afterAll(() => bed?.dispose());

  it('adds a source for a server, with a secret key', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/sources`);
    await page.getByRole('button', { name: 'Add source' }).first().click();
    const form = page.getByRole('dialog', { name: 'Add source' });
    await form.getByRole('button', { name: 'Add source' }).click();
    await form.getByText('Give it a name by which you know it').waitFor();
    await form.getByLabel('Name').fill('Orders service');
    await form.getByRole('combobox', { name: 'What sends' }).click();
    await page.getByRole('option', { name: 'Node.js' }).click();
    await form.getByLabel('Secret').check();
    await expectAccessible(page);
    await form.getByRole('button', { name: 'Add source' }).click();
    await page.getByRole('heading', { level: 1, name: 'Orders service' }).waitFor();
    await page.getByText('Nothing has been taken from this source yet.').waitFor();
    await page.getByText("writeKey: 'YOUR_SECRET_KEY'").waitFor();
    await expectAccessible(page);
  });

  it('sees the secret key on request only, and the audit log says so', async () => {
    const { page, server } = bed;
    await page.getByRole('tab', { name: 'Keys' }).click();
    const key = page.getByRole('article', { name: /^Key ak_us_/ });
    await key.getByRole('button', { name: 'Show key' }).click();
    const shown = await key.getByRole('region', { name: 'Key' }).innerText();
    expect(shown.trim()).toMatch(/^ak_us_\w{32}$/);
    const [latest] = await server.control.all('audit');
    expect(latest).toMatchObject({ action: 'key.reveal', actor: owner.email });
    await key.getByRole('button', { name: 'Hide' }).click();
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('rotates it: both keys work until the old one is revoked', async () => {
    const { page, url } = bed;
    const send = (key: string) => sendCall(url, key, 'track', call, { 'x-strict-mode': '1' });
    const old = page.getByRole('article', { name: /^Key ak_us_/ });
    await old.getByRole('button', { name: 'Show key' }).click();
    const oldKey = (await old.getByRole('region', { name: 'Key' }).innerText()).trim();
    await old.getByRole('button', { name: 'Rotate' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Make a new key' }).click();
    const newKey = (await page.getByRole('region', { name: 'New key' }).innerText()).trim();
    expect(newKey).not.toBe(oldKey);
    expect(await send(oldKey)).toMatchObject({ status: 200 });
    expect(await send(newKey)).toMatchObject({ status: 200 });

    const card = page.getByRole('article').filter({ hasText: oldKey });
    await card.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke key' }).click();
    await page.getByRole('region', { name: 'Revoked keys' }).getByText('revoked', { exact: true }).waitFor();
    expect(await send(oldKey)).toMatchObject({ status: 401 });
    expect(await send(newKey)).toMatchObject({ status: 200 });
  });

  it('makes it strict, renames it, and deletes it after being asked', async () => {
    const { page } = bed;
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByLabel('Name').fill('Orders');
    await page.getByLabel('Strict').check();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByRole('heading', { level: 1, name: 'Orders', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Delete source' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete source' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sources' }).waitFor();
    await expect.poll(() => page.getByRole('link', { name: 'Orders' }).count()).toBe(0);
    await expectAccessible(page);
    await expectToFitPhones(page);
  });
});
