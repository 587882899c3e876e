// An unstored call of a browser is answered 503 without CORS headers. The official client takes any readable answer for
// delivered, so this is what makes it keep the event and send it again (guarantee G9).
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chromiumPath, describeInChromium, launchChromium } from '../support/chromium.ts';
import { settled } from '../support/journey.ts';
import { openPageServer, snippetPage } from '../support/page-server.ts';
import { sendCall } from '../support/send-call.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { describeOnSmallDisk, mountSmallDisk } from '../support/small-disk.ts';
import type { SmallDisk } from '../support/small-disk.ts';
import { waitFor } from '../support/wait-for.ts';

const suite = chromiumPath() === null ? describeInChromium : describeOnSmallDisk;

suite('the official browser client while nothing can be stored', () => {
  const closing = new AsyncDisposableStack();
  let disk: SmallDisk;
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    disk = closing.adopt(mountSmallDisk(64), (one) => one.dispose());
    server = closing.adopt(await startServer({ dataDir: disk.path }), (one) => one.dispose());
    browser = closing.adopt(await launchChromium(), (one) => one.close());
  });
  afterAll(() => closing.disposeAsync());

  /** Fills the disk and sends until a call is refused, since room in files that exist already can take some more. */
  async function makeUnavailable(key: string): Promise<number> {
    disk.fill();
    let stored = 0;
    await waitFor('a refused call', async () => {
      const { status } = await sendCall(server.url, key, 'track', {
        userId: 'filler',
        event: 'Filler',
        properties: { text: 'x'.repeat(8000) },
      });
      if (status === 200) stored++;
      return status === 503;
    });
    return stored;
  }

  const trackFailing = async (page: Page, name: string): Promise<void> => {
    const failed = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/v1/t'));
    await page.evaluate(`cioanalytics.track(${JSON.stringify(name)})`);
    await failed;
  };

  it('re-sends a refused event, also from the next page, and nothing is lost or doubled', async () => {
    const source = await server.control.createSource({ name: 'shop', kind: 'javascript' });
    const pages = await openPageServer({ '/shop': snippetPage(server.url, source.key) });
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${pages.url}/shop`);
    await page.evaluate(`cioanalytics.setAnonymousId('full-disk-visitor'); cioanalytics.track('Before')`);
    await settled(server, source.id, 1);

    let stored = 1 + (await makeUnavailable(source.key));
    await trackFailing(page, 'Refused');
    disk.free();
    await settled(server, source.id, ++stored);

    stored += await makeUnavailable(source.key);
    await trackFailing(page, 'Refused on the page before');
    await page.goto(`${pages.url}/shop?next`);
    disk.free();
    await settled(server, source.id, ++stored);

    await page.evaluate(`cioanalytics.track('After')`);
    await settled(server, source.id, ++stored);
    const names = (await server.control.timeline('full-disk-visitor')).map(({ name }) => name);
    expect(names.toSorted()).toEqual(['After', 'Before', 'Refused', 'Refused on the page before']);
    await page.context().close();
    await pages.close();
  }, 120_000);
});
