// The client pages for websites: their snippet and their scripts run in Chromium, on a page of another origin, and what
// the pages say happens is checked. Packages come as their own browser builds.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeInChromium, launchChromium } from '../support/chromium.ts';
import { openPageServer } from '../support/page-server.ts';
import type { PageServer } from '../support/page-server.ts';
import { repositoryRoot, startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';
import { documentedPages, pageVariables } from './documented-pages.ts';
import { runPage } from './run-page.ts';

/** Browser builds of the packages that scripts import; each gives `window.AnalyticsNext`. */
const builds: Readonly<Record<string, string>> = {
  '@customerio/cdp-analytics-browser': 'dist/umd/index.js',
  '@segment/analytics-next': 'dist/umd/index.js',
};

describeInChromium('the pages for websites', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  describe.each(documentedPages().filter(({ inBrowser }) => inBrowser))('$file', ({ file, steps }) => {
    let server: TestServer;
    const pages: PageServer[] = [];
    const contexts: BrowserContext[] = [];
    beforeAll(async () => {
      server = await startServer();
    });
    afterAll(async () => {
      await Promise.all(contexts.map((context) => context.close()));
      await Promise.all(pages.map((page) => page.close()));
      await server?.dispose();
    });

    it('does what it says', async () => {
      const family = file.includes('segment') ? 'segment' : 'customerio';
      const variables = await pageVariables(server, { name: file, kind: 'javascript', family });
      await runPage(server, file, steps, variables, async (language, code) => {
        const site = await openPageServer(language === 'html' ? { '/': htmlPage(code) } : await scriptPage(code));
        pages.push(site);
        const context = await browser.newContext();
        contexts.push(context);
        const page = await context.newPage();
        const errors: unknown[] = [];
        page.on('pageerror', (error) => errors.push(error));
        const sent = page.waitForResponse((response) => response.url().endsWith('/v1/t') && response.ok());
        await page.goto(site.url);
        await sent;
        expect(errors).toEqual([]);
      });
    });
  });
});

const htmlPage = (content: string): string => `<!doctype html><title>A shop</title>${content}<h1>A shop</h1>`;

/** A page that runs the script, its import replaced by the package's browser build. */
async function scriptPage(code: string): Promise<Readonly<Record<string, string>>> {
  const imported = /^import \{ (\w+) \} from '([^']+)';\n/.exec(code);
  const [statement = '', name = '', specifier = ''] = imported ?? [];
  const build = builds[specifier];
  if (build === undefined) throw new Error(`There is no browser build for ${specifier}.`);
  const script = code.replace(statement, `const { ${name} } = window.AnalyticsNext;\n`);
  return {
    '/': htmlPage(`<script src="/client.js"></script><script type="module">${script}</script>`),
    '/client.js': await readFile(path.join(repositoryRoot, 'node_modules', specifier, build), 'utf8'),
  };
}
