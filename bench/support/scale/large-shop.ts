// The data folder of a large shop, made when it is not there yet, and a server with a signed-in browser on it.
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { launchChromium } from '../../../test/support/chromium.ts';
import { repositoryRoot, startServer } from '../../../test/support/server.ts';
import type { TestServer } from '../../../test/support/server.ts';
import { waitFor } from '../../../test/support/wait-for.ts';
import { watchScript } from './page-watch.ts';
import { readShopSize } from './shop-file.ts';
import type { ShopSize } from './shop-file.ts';

const owner = { name: 'Ann Owner', email: 'ann@example.com', password: 'four words in a row' };
const readyWithinMs = 120_000;

/** Fills the folder unless it has been filled; resolves with the size of what is there. */
export async function ensureShop(folder: string, size: ShopSize): Promise<ShopSize> {
  const there = readShopSize(folder);
  if (there) return there;
  const file = fileURLToPath(new URL('make-folder.process.ts', import.meta.url));
  // Its progress goes to where it disturbs no report.
  const child = fork(file, [folder, String(size.people), String(size.events)], { stdio: ['ignore', 2, 2, 'ipc'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`Making the data folder ended with ${code}.`);
  return size;
}

export const openShop = (folder: string): Promise<TestServer> => startServer({ dataDir: folder, readyWithinMs });

export interface SignedIn {
  readonly page: Page;
  close(): Promise<void>;
}

/** A browser in which the owner is signed in, whom the one-time link makes at first. */
export async function signIn(server: TestServer): Promise<SignedIn> {
  const script = path.join(repositoryRoot, 'scripts', 'build-console.mjs');
  await promisify(execFile)(process.execPath, [script], { cwd: repositoryRoot });
  const browser = await launchChromium();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
  const { name: _, ...credentials } = owner;
  const known = await context.request.post(`${server.url}/api/v1/session`, { data: credentials });
  if (!known.ok()) {
    // Each start prints a new one, and only the last counts.
    await waitFor('the owner to be made', async () => {
      const token = [...server.output().matchAll(/\/first-run\?token=(\w+)/g)].at(-1)?.[1];
      const made = await context.request.post(`${server.url}/api/v1/set-up`, { data: { token, ...owner } });
      return made.ok();
    });
  }
  const page = await context.newPage();
  await page.addInitScript(watchScript);
  return { page, close: () => browser.close() };
}
