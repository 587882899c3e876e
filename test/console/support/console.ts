// The console as a user meets it: a real server, its own build of the console, Chromium, and an owner who is signed in.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchChromium } from '../../support/chromium.ts';
import { sendCall } from '../../support/send-call.ts';
import { repositoryRoot, startServer } from '../../support/server.ts';
import type { TestServer } from '../../support/server.ts';
import { waitFor } from '../../support/wait-for.ts';

export const owner = { name: 'Ann Owner', email: 'ann@example.com', password: 'four words in a row' };

export interface ConsoleOptions {
  /** Whether an owner is made and signed in. @default true */
  readonly signedIn?: boolean;
  /** Settings of the server as environment. */
  readonly settings?: Readonly<Record<string, string>>;
  /** @default { width: 1280, height: 900 } */
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A call of the ingestion API; its `type` says where it is sent. */
interface Call {
  readonly type: 'identify' | 'track' | 'page' | 'screen' | 'group' | 'alias' | 'batch';
  readonly [field: string]: unknown;
}

export interface ConsoleBed {
  readonly server: TestServer;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly url: string;
  /** The one-time link that the server printed; only while there is no owner. */
  readonly firstRunLink: () => string;
  /** Sends calls with the first source's key, or another, and resolves when the workspace has applied them. */
  readonly send: (calls: readonly Call[], key?: string) => Promise<void>;
  /** What the page reported as wrong so far: errors of scripts and what the content policy refused. */
  readonly faults: () => readonly string[];
  readonly dispose: () => Promise<void>;
}

/** Starts a server and a browser. `dispose` ends both. */
export async function openConsole(options: ConsoleOptions = {}): Promise<ConsoleBed> {
  await buildConsole();
  const closing = new AsyncDisposableStack();
  try {
    const server = closing.adopt(await startServer({ settings: options.settings ?? {} }), (one) => one.dispose());
    const browser: Browser = closing.adopt(await launchChromium(), (one) => one.close());
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1280, height: 900 },
      reducedMotion: 'reduce',
    });
    // A step that takes longer has failed, and says which it was.
    context.setDefaultTimeout(10_000);
    const firstRunLink = (): string => {
      const found = /https?:\/\/\S+\/first-run\?token=\w+/.exec(server.output());
      if (!found) throw new Error(`The server printed no link for the first run:\n${server.output()}`);
      return found[0];
    };
    await waitFor('the link for the first run', () => server.output().includes('/first-run?token='));
    if (options.signedIn ?? true) {
      const token = new URL(firstRunLink()).searchParams.get('token');
      const made = await context.request.post(`${server.url}/api/v1/set-up`, { data: { token, ...owner } });
      if (!made.ok()) throw new Error(`Making the owner was answered ${made.status()}: ${await made.text()}`);
    }
    const page = await context.newPage();
    const faults = pageFaults(page);
    const all = closing.move();
    return {
      server,
      page,
      context,
      url: server.url,
      firstRunLink,
      send: async (calls, key = server.writeKey) => {
        for (const { type, ...fields } of calls) {
          const answer = await sendCall(server.url, key, type, fields, { 'x-strict-mode': '1' });
          if (answer.status !== 200) throw new Error(`The call was answered ${answer.status}: ${answer.text}`);
        }
        await waitFor(
          'the workspace to be up to date',
          async () => (await server.control.status()).workspace.lag === 0,
        );
      },
      faults: () => faults,
      dispose: () => all.disposeAsync(),
    };
  } catch (error) {
    await closing.disposeAsync();
    throw error;
  }
}

/** A list that grows by what the page reports as wrong: errors of scripts and what the content policy refused. */
export function pageFaults(page: Page): readonly string[] {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    // Refused calls are shown by the browser as errors too; the page handles them.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(message.text());
  });
  return faults;
}

/** What servers of this repository serve is the console as its sources are now. */
export async function buildConsole(): Promise<void> {
  const script = path.join(repositoryRoot, 'scripts', 'build-console.mjs');
  await promisify(execFile)(process.execPath, [script], { cwd: repositoryRoot });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Fails when axe finds something serious or critical on the page as it is now, naming the elements; by some rules or all. */
export async function expectAccessible(page: Page, rules: readonly string[] | null = null): Promise<void> {
  // What is still fading in has no contrast to measure yet.
  const moving = 'document.getAnimations().some(({ playState }) => playState === "running")';
  await expect.poll(() => page.evaluate<boolean>(moving)).toBe(false);
  await page.evaluate(axe);
  const asked = JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, ${asked})`);
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    serious.map(
      ({ id, help, nodes }) => `${id}: ${help} at ${nodes.map((node) => node.html.slice(0, 200)).join(' and ')}`,
    ),
  ).toEqual([]);
}

/** Fails when the page scrolls sideways at 390 px; leaves it that narrow. */
export async function expectToFitNarrowScreens(page: Page): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  const width = (): Promise<number> => page.evaluate<number>('document.documentElement.scrollWidth');
  await expect.poll(width).toBeLessThanOrEqual(390);
}
