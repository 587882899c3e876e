// A user keeps the console open while the server restarts, the network goes, or a proxy gets in between: what happened
// and what to do is said on every page, and every page is there again without a reload.
import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('a user goes on after the server was away', () => {
  let bed: ConsoleBed;
  beforeAll(async () => {
    bed = await openConsole();
    await bed.send([
      { type: 'identify', userId: 'u1', traits: { plan: 'pro' } },
      { type: 'group', userId: 'u1', groupId: 'acme', objectTypeId: '1', traits: { name: 'Acme' } },
      { type: 'track', userId: 'u1', event: 'Ordered', messageId: 'first-order' },
    ]);
  });
  afterAll(() => bed?.dispose());

  const api = (at: URL): boolean => at.pathname.startsWith('/api/v1/') && at.pathname !== '/api/v1/session';
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
  const area = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'Areas' }).getByRole('link', { name, exact: true });

  it('is told once that the server does not answer, and that what is shown may be old', async () => {
    const { page, server, url } = bed;
    await page.goto(url);
    await page.getByText('All well').waitFor();
    await server.kill();
    const lost = page.getByRole('alert').filter({ hasText: 'what you see may be out of date' });
    await lost.waitFor();
    expect(await page.getByRole('alert').count()).toBe(1);
    await page.getByRole('region', { name: 'Events', exact: true }).waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('opens a page whose code was not loaded yet, keeps the console, and sees the page once the server is back', async () => {
    const { page, server, url } = bed;
    await area(page, 'Ledger').click();
    await page.waitForURL(`${url}/ledger`);
    const notice = page.getByRole('alert').filter({ hasText: 'No answer' });
    await notice.getByText(/asked again by itself every few seconds/).waitFor();
    await area(page, 'Sources').waitFor();
    await server.start();
    await heading(page, 'Ledger').waitFor();
    await page
      .getByText(/balances/)
      .first()
      .waitFor();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });

  it('is told so when there is no network, rather than that something is loading', async () => {
    const { page, context } = bed;
    await page.goto(`${bed.url}/settings/server`);
    await page.getByText('LEAT_RETENTION_DAYS').waitFor();
    await context.setOffline(true);
    await page.getByRole('alert').filter({ hasText: 'whether you are connected' }).waitFor();
    await area(page, 'Objects').click();
    await page.getByRole('alert').filter({ hasText: 'No answer' }).first().waitFor();
    await context.setOffline(false);
    await page.getByRole('link', { name: 'Type 1' }).waitFor();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });

  it('reads the same error while it is tried again, and what was asked for after it', async () => {
    const { page, url } = bed;
    const held: Route[] = [];
    let answer: 'fail' | 'hold' | 'pass' = 'fail';
    await page.route(api, async (route) => {
      if (answer === 'fail') await route.fulfill(fault(500));
      else if (answer === 'hold') held.push(route);
      else await route.continue();
    });
    await page.goto(`${url}/people`);
    const notice = page.getByRole('alert');
    await notice.getByText('Something went wrong inside Leat.').waitFor();
    await notice.getByText(/the log that the server prints says why/).waitFor();
    answer = 'hold';
    const again = notice.getByRole('button', { name: 'Try again' });
    await again.click();
    await expect.poll(() => held.length).toBeGreaterThan(0);
    await again.waitFor();
    answer = 'pass';
    for (const route of held) await route.continue();
    await page.getByRole('link', { name: 'u1' }).waitFor();
    await notice.waitFor({ state: 'detached' });
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('need not ask again: the page comes by itself, also one that is not watched', async () => {
    const { page, url } = bed;
    for (const [path, content] of [
      ['/events/first-order', 'Ordered'],
      ['/?range=30d', 'Events by source, per'],
    ] as const) {
      await page.route(api, (route) => route.fulfill(fault(503)));
      await page.goto(`${url}${path}`);
      await page
        .getByRole('alert')
        .getByText(/asked again by itself every few seconds/)
        .first()
        .waitFor();
      await page.unrouteAll({ behavior: 'wait' });
      await page.getByText(content).first().waitFor();
      await expect.poll(() => page.getByRole('alert').count(), { timeout: 10_000 }).toBe(0);
    }
  });

  it('is told when something else answers in the place of the server', async () => {
    const { page, url } = bed;
    await page.route(api, (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Sign in</h1>' }),
    );
    await page.goto(`${url}/sources`);
    await page
      .getByText(/What answered is not Leat, but perhaps a proxy/)
      .first()
      .waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByRole('link', { name: 'My first source' }).waitFor();
  });

  it('is told to reload when a newer console was installed meanwhile', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/settings`);
    await heading(page, 'My account').waitFor();
    await page.route(/\/assets\/objects-page/, (route) => route.fulfill({ status: 404, body: '' }));
    await area(page, 'Objects').click();
    await page.getByRole('link', { name: 'Type 1' }).click();
    await page.getByText(/a newer console was installed while this one was open/).waitFor();
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.getByRole('link', { name: 'acme' }).waitFor();
  });

  it('is shown on every page that it is loading, what is wrong, and then the page', async () => {
    const { page, url } = bed;
    for (const path of await pathsOf(bed)) {
      let answer: 'hold' | 'fail' = 'hold';
      const held: Route[] = [];
      await page.route(api, async (route) => {
        if (answer === 'hold') held.push(route);
        else await route.fulfill(fault(503));
      });
      await page.goto(`${url}${path}`);
      await page.getByRole('status', { name: 'Loading' }).first().waitFor();
      answer = 'fail';
      for (const route of held) await route.fulfill(fault(503));
      const notice = page.getByRole('alert').filter({ hasText: 'The server has a problem' });
      await notice.getByRole('button', { name: 'Try again' }).first().waitFor();
      // Said once, not once for each part of the page.
      expect(await notice.count(), path).toBe(1);
      await heading(page, '').waitFor();
      await page.unrouteAll({ behavior: 'wait' });
      await notice.getByRole('button', { name: 'Try again' }).click();
      await expect.poll(() => page.getByRole('alert').count(), { message: path }).toBe(0);
      await expect.poll(() => page.getByRole('status', { name: 'Loading' }).count(), { message: path }).toBe(0);
    }
    expect(bed.faults()).toEqual([]);
  }, 240_000);
});

const fault = (status: number) => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify({ code: 'internal', message: 'Something went wrong inside Leat.' }),
});

async function pathsOf({ context, server, url }: ConsoleBed): Promise<readonly string[]> {
  const destination = await server.control.createWebhook('Hook', 'http://127.0.0.1:9/');
  const answer = await context.request.get(`${url}/api/v1/sources`);
  const { items } = (await answer.json()) as { readonly items: readonly { readonly id: string }[] };
  return [
    '/',
    '/welcome',
    '/sources',
    `/sources/${items[0]?.id}`,
    '/destinations',
    '/destinations/new',
    `/destinations/${destination}`,
    '/people',
    '/people/u1',
    '/objects',
    '/objects/1',
    '/objects/1/acme',
    '/events',
    '/events/first-order',
    '/ledger',
    '/settings',
    '/settings/users',
    '/settings/audit',
    '/settings/server',
  ];
}
