// The reference as a reader sees it: no page breaks its own content security policy, none is wider than a phone, and code
// can be copied.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pageAddress, sections } from '../../src/reference/site/page-list.ts';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

describeInChromium('the reference in a browser', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startServer(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it('fits a phone, page by page, and asks nobody else for anything', async () => {
    const page = await browser.newPage({ viewport: { width: 375, height: 700 } });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) complaints.push(request.url());
    });
    for (const file of sections.flatMap(({ files }) => files)) {
      await page.goto(`${server.url}${pageAddress(file)}?key=${server.writeKey}`);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      if (width > 375) complaints.push(`${file} is ${width} px wide`);
    }
    await page.close();
    expect(complaints).toEqual([]);
  });

  it('keeps the reader’s key from page to page and copies code with it', async () => {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    await page.goto(`${server.url}/docs`);
    await page.getByLabel('Your public key').fill(server.writeKey);
    await page.getByRole('button', { name: 'Fill in' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Alias' }).click();
    await page.waitForURL(`${server.url}/docs/api/alias?key=${server.writeKey}`);
    const block = page.locator('pre').first();
    await block.hover();
    await block.getByRole('button', { name: 'Copy' }).click();
    await block.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
      `curl -u "${server.writeKey}:" "${server.url}/v1/alias" -d '{ "userId": "u1", "previousId": "old-u1" }'`,
    );
    await context.close();
  });
});
