// Every page as people with all sorts of eyes, hands and screens meet it: light and dark, on a desk and on a phone, with
// and without a pointer.
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { buildConsole, expectAccessible, pageFaults } from './support/console.ts';
import { everyPage, startDemo } from './support/demo-pages.ts';
import type { RunningDemo } from './support/demo-pages.ts';
import { walkByTab } from './support/walk-by-tab.ts';

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
      await open(page, path);
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

  it('Tab comes to everything that can be operated, and shows where it is', async () => {
    const context = await browser.newContext({ baseURL: demo.url, storageState: session, reducedMotion: 'reduce' });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const failed: unknown[] = [];
    for (const path of paths) {
      await open(page, path);
      const { missed, unmarked } = await walkByTab(page);
      if (missed.length + unmarked.length > 0) failed.push({ path, missed, unmarked });
    }
    expect(failed).toEqual([]);
    await context.close();
  }, 240_000);

  it('dialogs are opened, gone through and left by keys, and give the keyboard back', async () => {
    const context = await browser.newContext({ baseURL: demo.url, storageState: session, reducedMotion: 'reduce' });
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    const pathTo = (part: string): string => paths.find((path) => path.includes(part)) ?? part;
    const openers = [
      ['/sources', /^Add source$/],
      [pathTo('?tab=keys'), /^Add key$/],
      [pathTo('?tab=keys'), /^Rotate/],
      [pathTo('?tab=keys'), /^Revoke/],
      [pathTo('?tab=dead-letters'), /^Send again: all$/],
      [pathTo('?tab=dead-letters'), /^track Order/],
      [pathTo('?tab=data-out'), /^track Order/],
      [pathTo('?tab=attributes'), /^Delete$/],
      ['/ledger', /^[\d,]+/],
      ['/objects', /^Rename/],
      ['/settings/users', /^Invite a user$/],
      ['/settings/tokens', /^Make a token$/],
    ] as const;
    const inDialog = `document.activeElement?.closest('[role="dialog"]') !== null`;
    for (const [path, name] of openers) {
      await open(page, path);
      const opener = page.getByRole('button', { name }).first();
      await opener.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await expect.poll(() => page.evaluate<boolean>(inDialog), { message: `${path} ${name.source}` }).toBe(true);
      for (const key of [...Array<string>(25).fill('Tab'), ...Array<string>(5).fill('Shift+Tab')]) {
        await page.keyboard.press(key);
        expect(await page.evaluate<boolean>(inDialog), `${key} stays in the dialog of ${path} ${name.source}`).toBe(
          true,
        );
      }
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await opener.and(page.locator(':focus')).waitFor();
    }
    await context.close();
  }, 120_000);
});

async function open(page: Page, path: string): Promise<void> {
  const asked = new Set<Request>();
  const ask = (request: Request): void => {
    // What a page follows live has no end.
    const live = request.headers()['accept'] === 'text/event-stream';
    if (request.url().includes('/api/') && !live) asked.add(request);
  };
  const answered = (request: Request): unknown => asked.delete(request);
  page.on('request', ask).on('requestfinished', answered).on('requestfailed', answered);
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  // Loaded is what asks for nothing and shows neither a skeleton, which comes late, nor a spinner any more.
  const waiting = async (): Promise<number> =>
    asked.size + (await page.locator('.mantine-Skeleton-root, .mantine-Loader-root').count());
  await expect.poll(waiting).toBe(0);
  page.off('request', ask).off('requestfinished', answered).off('requestfailed', answered);
}
