// An owner makes an API token for a program, deletes it, and reads in the audit log who did what.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { expectAccessible, openConsole, owner } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('an owner makes a token and reads the audit log', () => {
  let bed: ConsoleBed;
  let token: string;
  beforeAll(async () => {
    bed = await openConsole();
  });
  afterAll(() => bed?.dispose());

  it('makes a token that works and is shown once', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/settings/tokens`);
    await page.getByText('No token yet').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Make a token' }).first().click();
    const form = page.getByRole('dialog', { name: 'Make a token' });
    await form.getByLabel('Name').fill('nightly import');
    await form.getByLabel('Editor').check();
    await form.getByRole('button', { name: 'Make the token' }).click();
    await form.waitFor({ state: 'hidden' });
    token = (await page.getByRole('region', { name: 'Token', exact: true }).innerText()).trim();
    expect(await statusWith(url, token)).toBe(200);
    await expectAccessible(page);
    await page.reload();
    await page.getByText('nightly import').waitFor();
    expect(await page.content()).not.toContain(token);
    await expectToFitPhones(page);
  });

  it('deletes it after being asked, and it opens nothing from then on', async () => {
    const { page, url } = bed;
    await page.getByRole('button', { name: 'Delete the token nightly import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete token' }).click();
    await page.getByText('No token yet').waitFor();
    expect(await statusWith(url, token)).toBe(401);
  });

  it('reads who did it', async () => {
    const { page } = bed;
    await page.getByRole('tab', { name: 'Audit log' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Token made' });
    await row.getByText('nightly import', { exact: true }).waitFor();
    await row.getByText('@').first().waitFor();
    await page.getByRole('row').filter({ hasText: 'Token deleted' }).waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('looks for one kind of change by one person, and for a time', async () => {
    const { page, url, server } = bed;
    const rows = page.getByRole('row');
    const source = await server.control.createSource({ name: 'Till', kind: 'http' });
    await page.reload();
    await rows.filter({ hasText: 'Source added' }).getByRole('link', { name: 'Till' }).waitFor();
    await page.getByRole('combobox', { name: 'Who' }).click();
    await page.getByRole('option', { name: owner.email }).click();
    await expect.poll(() => rows.filter({ hasText: 'Source added' }).count()).toBe(0);
    await page.getByRole('combobox', { name: 'What' }).click();
    await page.getByRole('option', { name: 'Token: everything' }).click();
    await page.waitForURL(/action=token/);
    await expect.poll(() => rows.count()).toBe(3);
    await expectAccessible(page);
    await page.getByLabel('Before').fill('2020-01-01T00:00');
    await page.getByText('Nothing of the kind').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).click();
    await rows.filter({ hasText: 'Source added' }).getByRole('link', { name: 'Till' }).click();
    await page.waitForURL(`${url}/sources/${source.id}`);
    await page.goto(`${url}/settings/audit`);
  });

  it('finds version, retention and region, and the documents', async () => {
    const { page, url } = bed;
    await page.getByRole('tab', { name: 'Server and API' }).click();
    await page.getByRole('region', { name: 'Events' }).getByText('30 days').waitFor();
    await page.getByRole('region', { name: 'Regions' }).getByText('LEAT_REGION', { exact: true }).waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
    for (const link of await page.getByRole('region', { name: 'Documents' }).getByRole('link').all()) {
      const response = await fetch(new URL((await link.getAttribute('href')) ?? '', url));
      expect([link.toString(), response.status]).toEqual([link.toString(), 200]);
    }
  });
});

async function statusWith(url: string, token: string): Promise<number> {
  const response = await fetch(`${url}/api/v1/status`, { headers: { authorization: `Bearer ${token}` } });
  return response.status;
}
