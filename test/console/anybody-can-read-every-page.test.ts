// Every page as people with all sorts of eyes and screens meet it: light and dark, on a desk and on a phone.
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { buildConsole, expectAccessible, pageFaults } from './support/console.ts';
import { everyPage, startDemo } from './support/demo-pages.ts';
import type { RunningDemo } from './support/demo-pages.ts';

describeInChromium('anybody can read every page', () => {
  const closing = new AsyncDisposableStack();
  let demo: RunningDemo;
  let browser: Browser;
  let session: Awaited<ReturnType<BrowserContext['storageState']>>;
  let paths: readonly string[];
  beforeAll(async () => {
    await buildConsole();
    demo = closing.adopt(await startDemo(), (one) => one.dispose());
    browser = closing.adopt(await launchChromium(), (one) => one.close());
    const context = await browser.newContext({ baseURL: demo.url });
    const answer = await context.request.post('/api/v1/session', { data: demo.owner });
    expect(answer.status()).toBe(200);
    session = await context.storageState();
    paths = await everyPage(context.request);
    await context.close();
  });
  afterAll(() => closing.disposeAsync());

  it('axe finds nothing serious in light, in dark and on a phone, and nothing is cut off', async () => {
    const context = await browser.newContext({ baseURL: demo.url, storageState: session, reducedMotion: 'reduce' });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const faults = pageFaults(page);
    const failed: string[] = [];
    const look = async (where: string, rules: readonly string[] | null): Promise<void> => {
      try {
        await expectAccessible(page, rules);
      } catch (error) {
        failed.push(`${where}: ${String(error)}`);
      }
      const fits = await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth');
      if (!fits) failed.push(`${where}: scrolls sideways`);
    };
    for (const path of paths) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      // Loaded is what shows neither a skeleton nor a spinner any more.
      await expect.poll(() => page.locator('.mantine-Skeleton-root, .mantine-Loader-root').count()).toBe(0);
      await look(`${path} in light`, null);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html[data-mantine-color-scheme="dark"]').waitFor();
      // Nothing else that axe looks at depends on the colours.
      await look(`${path} in dark`, ['color-contrast']);
      await page.setViewportSize({ width: 390, height: 844 });
      await look(`${path} on a phone`, null);
    }
    expect(failed).toEqual([]);
    expect(faults).toEqual([]);
    await context.close();
  }, 240_000);
});
