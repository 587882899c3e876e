// A web page that loads the client from either region ends up sending to the region of its key.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserSnippet } from '../../src/reference/site/browser-snippet.ts';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { settled } from '../support/journey.ts';
import { openPageServer } from '../support/page-server.ts';
import { startRegions } from './start-regions.ts';
import type { Regions } from './start-regions.ts';

describeInChromium('a page that loads the client from either region', () => {
  let servers: Regions;
  let browser: Browser;
  beforeAll(async () => {
    [servers, browser] = await Promise.all([startRegions(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await servers?.dispose();
  });

  it.each([
    { loadedFrom: 'us', keyOf: 'us' },
    { loadedFrom: 'us', keyOf: 'eu' },
    { loadedFrom: 'eu', keyOf: 'us' },
    { loadedFrom: 'eu', keyOf: 'eu' },
  ] as const)('from $loadedFrom with a key of $keyOf sends to $keyOf', async ({ loadedFrom, keyOf }) => {
    const name = `from ${loadedFrom}, key of ${keyOf}`;
    const source = await servers[keyOf].control.createSource({ name, kind: 'javascript' });
    const snippet = browserSnippet(servers[loadedFrom].url, source.key);
    const site = await openPageServer({
      '/': `<!doctype html><title>A shop</title>${snippet}<script>cioanalytics.track('Crossed');</script>`,
    });
    const page = await browser.newPage();
    try {
      const hosts = new Set<string>();
      page.on('request', (request) => {
        if (request.method() === 'POST') hosts.add(new URL(request.url()).origin);
      });
      await page.goto(site.url);
      // The page view of the snippet, and the event.
      await settled(servers[keyOf], source.id, 2);
      expect([...hosts]).toEqual([servers[keyOf].url]);
      const away = servers[keyOf === 'us' ? 'eu' : 'us'];
      expect(await away.control.all('unrecognised-keys')).toEqual([]);
    } finally {
      await page.close();
      await site.close();
    }
  });
});
