// Customer.io's browser client, loaded by its snippet from Leat into a real Chromium.
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { travel } from '../support/browser-journey.ts';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import type { CreatedSource } from '../support/control-client.ts';
import { expectJourney, journeyCalls, journeyOf, onlyEvent, settled } from '../support/journey.ts';
import { openPageServer, snippetPage } from '../support/page-server.ts';
import type { PageServer } from '../support/page-server.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { waitFor } from '../support/wait-for.ts';

describeInChromium('@customerio/cdp-analytics-browser by its snippet', () => {
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  let browser: Browser;
  const pages: PageServer[] = [];
  beforeAll(async () => {
    server = closing.adopt(await startServer(), (one) => one.dispose());
    browser = closing.adopt(await launchChromium(), (one) => one.close());
  });
  afterEach(async () => {
    for (const pageServer of pages.splice(0)) await pageServer.close();
  });
  afterAll(() => closing.disposeAsync());

  /** A source of its own and an open page with its snippet; `hosts` collects every host the page asks. */
  async function visit(name: string): Promise<{ source: CreatedSource; page: Page; hosts: Set<string> }> {
    const source = await server.control.createSource({ name, kind: 'javascript' });
    const pageServer = await openPageServer({ '/shop': snippetPage(server.url, source.key) });
    pages.push(pageServer);
    const context = await browser.newContext();
    const page = await context.newPage();
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${pageServer.url}/shop`);
    return { source, page, hosts };
  }

  it('has every kind of call applied exactly once, and talks to nobody but Leat', async () => {
    const { source, page, hosts } = await visit('cio-browser');
    const journey = journeyOf('cio-browser');
    await travel(page, 'cioanalytics', server, source, journey);
    await settled(server, source.id, journeyCalls);
    const timeline = await expectJourney(server, journey);
    const order = timeline.find(({ name }) => name === 'Order Completed')!;
    const { event } = await onlyEvent(server, order.messageId);
    expect(event.context).toMatchObject({
      ip: '127.0.0.1',
      library: { name: 'analytics.js' },
      page: { path: '/shop', title: 'A shop' },
    });
    expect(event.messageId).toMatch(/^ajs-next-/);
    expect([...hosts].toSorted()).toEqual([new URL(page.url()).host, new URL(server.url).host].toSorted());
    await page.context().close();
  });

  it('keeps what a leaving page still had to say', async () => {
    const { source, page } = await visit('cio-browser leaving');
    await page.evaluate(`cioanalytics.track('Arrived')`);
    await settled(server, source.id, 1);
    await page.evaluate(`cioanalytics.track('Left'); location.href = '/elsewhere'; undefined`);
    await settled(server, source.id, 2).catch(async () => {
      // A fetch that the navigation cut off is repeated from the persisted queue by the next page with the snippet.
      await page.goto(`${pages[0]!.url}/shop`);
      await settled(server, source.id, 2);
    });
    await page.context().close();
  });

  it('delivers once what it could not deliver while the server was away', async () => {
    const { source, page } = await visit('cio-browser away');
    await page.evaluate(`cioanalytics.setAnonymousId('cio-browser-away'); cioanalytics.track('Before')`);
    await settled(server, source.id, 1);
    await server.kill();
    const failed = page.waitForEvent('requestfailed');
    await page.evaluate(`cioanalytics.track('While away')`);
    await failed;
    await server.start();
    await settled(server, source.id, 2);
    const names = await waitFor('both events in the timeline', async () => {
      const timeline = await server.control.timeline('cio-browser-away');
      return timeline.length >= 2 && timeline.map(({ name }) => name);
    });
    expect(names.toSorted()).toEqual(['Before', 'While away']);
    await page.context().close();
  });
});
