import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { sendCall } from '../support/send-call.ts';
import { waitFor } from '../support/wait-for.ts';
import { expectAccessible, expectToFitNarrowScreens, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';

describeInChromium('a user finds a person by email and reads her story', () => {
  let opened: ConsoleBed;
  beforeAll(async () => {
    opened = await openConsole();
    const { server } = opened;
    const call = (route: string, body: object) => sendCall(server.url, server.writeKey, route, body);
    for (let n = 1; n <= 60; n++)
      await call('identify', { userId: `other-${n}`, traits: { email: `other-${n}@example.test`, plan: 'free' } });
    await call('track', { anonymousId: 'visitor-1', event: 'Viewed Pricing', properties: { page: 'pricing' } });
    await call('track', { anonymousId: 'visitor-2', event: 'Looked around' });
    await call('identify', {
      userId: 'ada',
      anonymousId: 'visitor-1',
      traits: { email: 'ada@example.test', plan: 'pro', city: 'London' },
    });
    await call('group', { userId: 'ada', groupId: 'acme', traits: { name: 'Acme Ltd' } });
    await call('identify', { userId: 'ada-old', traits: { email: 'ada.old@example.test' } });
    await call('alias', { userId: 'ada', previousId: 'ada-old' });
    await call('track', { userId: 'ada', event: 'Order Completed', messageId: 'order-1', properties: { total: 129 } });
    const metric = { deliveryId: 'newsletter-7', metric: 'opened', recipient: 'ada@example.test' };
    await call('track', { userId: 'ada', event: 'Report Delivery Event', properties: metric });
    await waitFor('the workspace to catch up', async () => (await server.control.status()).workspace.lag === 0);
  });
  afterAll(() => opened.dispose());

  it('by the beginning of the address, with one click to the profile', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/people`);
    await page.getByRole('table', { name: 'People' }).getByText('ada@example.test').waitFor();
    await page.getByRole('button', { name: 'Show more' }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Find a person').fill('ada@');
    await page.getByText('other-60@example.test').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'ada@example.test' }).click();
    await page.getByRole('heading', { name: 'ada@example.test', level: 1 }).waitFor();
  });

  it('sees who she was before: anonymous and merged identifiers', async () => {
    const { page } = opened;
    for (const identifier of ['visitor-1', 'ada-old', 'ada.old@example.test'])
      await page.getByRole('button', { name: `Copy ${identifier}` }).waitFor();
  });

  it('sees each attribute with its time and the source that set it', async () => {
    const { page } = opened;
    const row = page.getByRole('row').filter({ hasText: 'London' });
    expect(await row.innerText()).toContain('city');
    await row.getByRole('link', { name: 'My first source' }).waitFor();
    await expectAccessible(page);
  });

  it('reads what she did, before and after she was known, and how one event fared', async () => {
    const { page } = opened;
    await page.getByRole('tab', { name: 'Timeline' }).click();
    const timeline = page.getByRole('list', { name: 'Timeline' });
    await timeline.getByText('Viewed Pricing').waitFor();
    await timeline.getByRole('button', { name: 'Order Completed' }).click();
    await timeline.getByText('"total": 129').waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: /Relationships/ }).click();
    await page.getByRole('link', { name: 'acme' }).waitFor();
    await page.getByRole('tab', { name: 'Messages' }).click();
    await page.getByText('newsletter-7').waitFor();
    await page.getByRole('tab', { name: 'Timeline' }).click();
    await timeline.getByRole('button', { name: 'Order Completed' }).click();
    await page.getByRole('link', { name: 'What became of it' }).click();
    await page.getByRole('heading', { name: 'Order Completed', level: 1 }).waitFor();
  });

  it('finds her by an attribute, whatever its letter case', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/people`);
    await page.getByText('By attribute').click();
    await page.getByLabel('Attribute', { exact: true }).fill('plan');
    await page.getByLabel('Value (empty: any)').fill('PRO');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByText('other-60@example.test').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'ada@example.test' }).waitFor();
  });

  it('sees what an anonymous visitor did who is nobody yet', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/people/visitor-2`);
    await page.getByText('Nobody has this identifier').waitFor();
    await page.getByRole('list', { name: 'Timeline' }).getByText('Looked around').waitFor();
    await expectAccessible(page);
  });

  it('opens the object she belongs to, and names its type', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/objects`);
    await page.getByRole('button', { name: 'Rename Type 1' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Companies');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('link', { name: 'Companies' }).click();
    await page.getByRole('heading', { name: 'Companies', level: 1 }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'acme' }).click();
    await page.getByText('Acme Ltd').waitFor();
    await page.getByRole('link', { name: 'ada@example.test' }).waitFor();
    await expectAccessible(page);
  });

  it('can do so on a phone', async () => {
    const { page, url } = opened;
    for (const path of ['/people', '/people/ada', '/people/ada?tab=timeline', '/objects/1/acme']) {
      await page.goto(url + path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page
        .getByText(path.startsWith('/objects') ? 'Acme Ltd' : /ada@example|other-60/)
        .first()
        .waitFor();
      await expectToFitNarrowScreens(page);
    }
  });
});
