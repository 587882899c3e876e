// Segment's browser client from its npm package, at a source of Segment's family, in a real Chromium. Its calls carry an
// Authorization header, so each of them is preflighted.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { travel } from '../support/browser-journey.ts';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { expectJourney, journeyCalls, journeyOf, settled } from '../support/journey.ts';
import { openPageServer, segmentPage } from '../support/page-server.ts';
import { repositoryRoot, startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const bundle = path.join(repositoryRoot, 'node_modules/@segment/analytics-next/dist/umd/index.js');

describeInChromium('@segment/analytics-next', () => {
  const closing = new AsyncDisposableStack();
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    server = closing.adopt(await startServer(), (one) => one.dispose());
    browser = closing.adopt(await launchChromium(), (one) => one.close());
  });
  afterAll(() => closing.disposeAsync());

  it('has every kind of call applied exactly once, and talks to nobody but Leat', async () => {
    const source = await server.control.createSource({ name: 'segment', kind: 'javascript', family: 'segment' });
    const journey = journeyOf('segment-browser');
    const pages = await openPageServer({
      '/shop': segmentPage(server.url, source.key),
      '/segment.js': readFileSync(bundle, 'utf8'),
    });
    const page = await browser.newPage();
    const hosts = new Set<string>();
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${pages.url}/shop`);
    await travel(page, 'analytics', server, source, journey);
    await settled(server, source.id, journeyCalls);
    await expectJourney(server, journey);
    expect([...hosts].toSorted()).toEqual([new URL(page.url()).host, new URL(server.url).host].toSorted());
    await page.close();
    await pages.close();
  });
});
