// Takes the pictures of docs/screenshots: starts a demo that is always the same, signs in with Chromium, and visits
// every page of the console. Needs Chromium (LEAT_TEST_CHROMIUM, or where distributions put it).
//   node scripts/screenshots.ts
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../test/support/chromium.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'docs', 'screenshots');
const mostBytes = 150_000;
const mostBytesOfAll = 2_000_000;
/** Live traffic before the first picture: until a destination is down, see demo-receiver.ts. */
const liveMs = 60_000;

interface DemoFacts {
  readonly url: string;
  readonly owner: { readonly email: string; readonly password: string };
}

interface Shot {
  readonly name: string;
  /** Path of the page, or how to find it. */
  readonly path: string | ((page: Page) => Promise<string>);
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  /** @default 800, on a phone 844 */
  readonly height?: number;
}

const shots: readonly Shot[] = [
  { name: 'overview', path: '/', height: 1150 },
  { name: 'overview-dark', path: '/', scheme: 'dark', height: 1150 },
  { name: 'overview-phone', path: '/', width: 390 },
  { name: 'sources', path: '/sources' },
  { name: 'source', path: async (page) => `/sources/${await idOf(page, 'sources', 'Old till')}?tab=rejections` },
  { name: 'destinations', path: '/destinations' },
  { name: 'catalogue', path: '/destinations/new' },
  { name: 'destination', path: async (page) => `/destinations/${await idOf(page, 'destinations', 'Order desk')}` },
  {
    name: 'dead-letters',
    path: async (page) => `/destinations/${await idOf(page, 'destinations', 'Order desk')}?tab=dead-letters`,
  },
  { name: 'people', path: '/people' },
  { name: 'person', path: async (page) => `/people/${await buyerOf(page)}?tab=timeline` },
  { name: 'objects', path: '/objects/1' },
  { name: 'events', path: '/events' },
  { name: 'explain', path: async (page) => `/events/${await orderOf(page)}` },
  { name: 'ledger', path: '/ledger' },
  { name: 'settings', path: '/settings/server' },
];

const demo = spawn(
  process.execPath,
  [path.join(root, 'src', 'main.ts'), 'demo', '--json', '--seed', '7', '--days', '14', '--rate', '6'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
let browser: Browser | null = null;
try {
  const facts = await factsOf(demo);
  browser = await launchChromium();
  await new Promise((resolve) => setTimeout(resolve, liveMs));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  let total = 0;
  const state = await signIn(browser, facts);
  for (const shot of shots) {
    const bytes = await take(browser, facts.url, state, shot);
    total += bytes;
    if (bytes > mostBytes) throw new Error(`${shot.name}.png has ${bytes} bytes, more than ${mostBytes}.`);
    console.log(`${shot.name}.png  ${Math.round(bytes / 1000)} KB`);
  }
  if (total > mostBytesOfAll) throw new Error(`The pictures have ${total} bytes, more than ${mostBytesOfAll}.`);
} finally {
  await browser?.close();
  demo.kill('SIGINT');
}

/** What the demo prints once its past days are there. */
async function factsOf(child: ChildProcess): Promise<DemoFacts> {
  if (!child.stdout) throw new Error('The demo has no output.');
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as DemoFacts;
  throw new Error('The demo ended before it said where it is.');
}

type Session = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>;

async function signIn(opened: Browser, { url, owner }: DemoFacts): Promise<Session> {
  const context = await opened.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Email').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Ledger' }).waitFor();
  const session = await context.storageState();
  await context.close();
  return session;
}

async function take(opened: Browser, url: string, storageState: Session, shot: Shot): Promise<number> {
  const { name, scheme = 'light', width = 1280, height = width === 390 ? 844 : 800 } = shot;
  const context = await opened.newContext({
    storageState,
    colorScheme: scheme,
    reducedMotion: 'reduce',
    viewport: { width, height },
    locale: 'en-GB',
    timezoneId: 'UTC',
    baseURL: url,
  });
  try {
    const page = await context.newPage();
    const target = typeof shot.path === 'string' ? shot.path : await shot.path(page);
    await page.goto(target);
    await page.getByRole('heading', { level: 1 }).waitFor();
    // Answers are in when nothing loads any more; live streams never end, so the network is no measure of it.
    await page.locator('.mantine-Skeleton-root, .mantine-Loader-root').first().waitFor({ state: 'detached' });
    await page.waitForTimeout(1500);
    const file = path.join(folder, `${name}.png`);
    await page.screenshot({ path: file, animations: 'disabled' });
    return statSync(file).size;
  } finally {
    await context.close();
  }
}

async function answer<T>(page: Page, of: string): Promise<T> {
  const response = await page.request.get(`/api/v1/${of}`);
  if (!response.ok()) throw new Error(`/api/v1/${of} answered ${response.status()}.`);
  return (await response.json()) as T;
}

interface Items<T> {
  readonly items: readonly T[];
}

async function idOf(page: Page, kind: 'sources' | 'destinations', name: string): Promise<string> {
  const { items } = await answer<Items<{ readonly id: string; readonly name: string }>>(page, kind);
  const found = items.find((one) => one.name === name);
  if (!found) throw new Error(`There is no ${name} among the ${kind}.`);
  return found.id;
}

interface FoundEvent {
  readonly event: { readonly messageId: string; readonly userId?: string };
}

/** An order of a while ago: it has been delivered by now. */
async function someOrder(page: Page): Promise<FoundEvent['event']> {
  const { items } = await answer<Items<FoundEvent>>(page, 'events?type=track&name=Order%20Completed&limit=20');
  const found = items.at(-1);
  if (!found) throw new Error('Nobody has ordered yet.');
  return found.event;
}

async function orderOf(page: Page): Promise<string> {
  return encodeURIComponent((await someOrder(page)).messageId);
}

async function buyerOf(page: Page): Promise<string> {
  return encodeURIComponent((await someOrder(page)).userId ?? '');
}
