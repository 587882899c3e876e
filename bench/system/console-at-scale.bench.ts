// The console on a large workspace, as a user meets it: how long after the click or the last key what was asked for is
// there, and whether a spinner stood there meanwhile; and how long the server takes to start on such a folder.
//
// `--long` makes 1,000,000 people and 50,000,000 events (an hour and some 25 GB); without it 20,000 and 200,000.
// `--folder` names a folder that is kept and, when it was filled before, taken as it is.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumPath } from '../../test/support/chromium.ts';
import type { TestServer } from '../../test/support/server.ts';
import { waitFor } from '../../test/support/wait-for.ts';
import { memoryFinding } from '../support/bench.ts';
import type { Bench, Finding } from '../support/bench.ts';
import type { BenchSetting } from '../support/bench-setting.ts';
import { watchMemory } from '../support/process-usage.ts';
import { steps } from '../support/scale/console-steps.ts';
import type { Step, StepTarget } from '../support/scale/console-steps.ts';
import { ensureShop, openShop, signIn } from '../support/scale/large-shop.ts';
import { dropFromPageCache } from '../support/scale/page-cache.ts';
import { measureWait } from '../support/scale/page-watch.ts';
import type { Wait } from '../support/scale/page-watch.ts';
import type { ShopSize } from '../support/scale/shop-file.ts';
import { median } from '../support/statistics.ts';
import { caughtUp } from '../support/workspace-lag.ts';

const large: ShopSize = { people: 1_000_000, events: 50_000_000 };
const small: ShopSize = { people: 20_000, events: 200_000 };
/** No spinner longer than this. */
const patienceMs = 300;

async function run(setting: BenchSetting): Promise<readonly Finding[]> {
  if (chromiumPath() === null) {
    console.error('console-at-scale is left out: it needs Chromium, or LEAT_TEST_CHROMIUM.');
    return [];
  }
  const folder = setting.folder ?? mkdtempSync(path.join(tmpdir(), 'leat-scale-'));
  try {
    const size = await ensureShop(folder, setting.long ? large : small);
    const server = await openShop(folder);
    try {
      await caughtUp(server.control);
      const starts = await measureStarts(server, size);
      const memory = watchMemory(() => server.pid);
      const waits = await measureSteps(server, size, setting.short ? 3 : 21);
      memory.stop();
      return [...starts, ...waits, memoryFinding(memory.peak())];
    } finally {
      await server.stop();
      await server.dispose();
    }
  } finally {
    if (setting.folder === null) rmSync(folder, { recursive: true });
  }
}

const named = ({ people, events }: ShopSize): string =>
  `${people.toLocaleString('en')} people and ${events.toLocaleString('en')} events`;

async function measureStarts(server: TestServer, size: ShopSize): Promise<readonly Finding[]> {
  const clean: number[] = [];
  const killed: number[] = [];
  for (let round = 0; round < 3; round++) {
    await server.stop();
    clean.push(await server.start());
    await server.kill();
    killed.push(await server.start());
  }
  const conditions = 'from spawning the process to a 200 of /readyz, the start of Node itself included; slowest of 3';
  const figure = (name: string, ms: readonly number[], atMost: number): Finding => ({
    name: `${name} at ${named(size)}`,
    value: Math.max(...ms) / 1000,
    unit: 's',
    target: { atMost },
    detail: { 'median s': median(ms) / 1000 },
    conditions,
  });
  return [figure('start', clean, 1.5), figure('start after kill -9', killed, 5)];
}

/** Of so many rounds one meets files that are not in the page cache. */
const coldEvery = 3;

async function measureSteps(server: TestServer, size: ShopSize, rounds: number): Promise<readonly Finding[]> {
  const browser = await signIn(server);
  const cold = new Map<string, Wait[]>();
  const warm = new Map<string, Wait[]>();
  try {
    for (let round = 0; round < rounds; round++) {
      const target = await targetOf(server, size, round);
      for (const step of steps) {
        const isCold = round % coldEvery === 0;
        const waited = await measureStep(browser.page, server, step, target, isCold);
        // A round takes a minute or two: whoever waits sees how it goes.
        console.error(JSON.stringify({ step: step.name, cold: isCold, ...waited }));
        const waits = isCold ? cold : warm;
        waits.set(step.name, [...(waits.get(step.name) ?? []), waited]);
      }
    }
  } finally {
    await browser.close();
  }
  return steps.map(({ name }) => toFinding(name, cold.get(name) ?? [], warm.get(name) ?? [], size));
}

async function measureStep(
  page: Page,
  server: TestServer,
  step: Step,
  target: StepTarget,
  cold: boolean,
): Promise<Wait> {
  const [address, there] = step.at(target);
  // From elsewhere: what the page before fetched is forgotten with it.
  await page.goto('about:blank');
  await page.goto(`${server.url}${address}`);
  await waitFor(`${address} to show ${there}`, () => page.evaluate<boolean>(`Boolean(${there})`), { withinMs: 30_000 });
  if (cold) dropFromPageCache(server.dataDir);
  try {
    return await measureWait(page, () => step.act(page, target), step.shown(target));
  } catch (error) {
    throw new Error(`The step "${step.name}" failed.`, { cause: error });
  }
}

/** Another person, event and time each round, spread by strides; the first tenth of the people came first. */
async function targetOf(server: TestServer, { people }: ShopSize, round: number): Promise<StepTarget> {
  const person = Math.floor(people * 0.05) + ((round * 7919) % Math.floor(people * 0.05));
  const at = new Date(Date.now() - (1 + ((round * 5) % 26)) * 86_400_000);
  const { items } = await server.control.get<{ readonly items: readonly { readonly messageId: string }[] }>(
    `events?limit=1&to=${at.toISOString()}`,
  );
  const messageId = items[0]?.messageId;
  if (messageId === undefined) throw new Error(`The log has no event before ${at.toISOString()}.`);
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  return { person, heavyPerson: round % 5, messageId, time: local };
}

function toFinding(name: string, cold: readonly Wait[], warm: readonly Wait[], size: ShopSize): Finding {
  const all = [...cold, ...warm];
  const ms = (waits: readonly Wait[]): readonly number[] => waits.map((wait) => wait.ms);
  return {
    name: `${name}: longest spinner`,
    value: Math.max(...all.map(({ spinnerMs }) => spinnerMs)),
    unit: 'ms',
    target: { atMost: patienceMs },
    detail: {
      'shown after ms, median warm': median(ms(warm)),
      'worst warm': Math.max(...ms(warm)),
      'median cold': median(ms(cold)),
      'worst cold': Math.max(...ms(cold)),
      samples: all.length,
    },
    conditions:
      `${named(size)}; headless Chromium on the same cores; from the click or the last key (typing itself waits 200 to ` +
      '300 ms for the next one) to the content; cold: database files out of the page cache before each',
  };
}

export const consoleAtScale: Bench = { name: 'console-at-scale', run };
