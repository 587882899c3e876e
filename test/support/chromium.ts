// Finds and starts the machine's Chromium. Without it browser suites skip and say so; in CI that is a failure.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { describe, it } from 'vitest';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of the browser: LEAT_TEST_CHROMIUM, else where distributions put it; null when there is none. */
export function chromiumPath(): string | null {
  const given = process.env['LEAT_TEST_CHROMIUM'];
  return (given ? [given] : places).find((place) => existsSync(place)) ?? null;
}

/** Starts Chromium with an empty profile; it talks to nobody but the pages it is given. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null)
    throw new Error('Chromium is missing: install the package chromium or set LEAT_TEST_CHROMIUM.');
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A `describe` for suites that need Chromium. */
export function describeInChromium(name: string, body: () => void): void {
  if (chromiumPath() !== null) describe(name, body);
  else if (process.env['CI']) {
    describe(name, () => {
      it('has Chromium to run in', () => {
        throw new Error('Chromium is missing, and in CI its suites may not be skipped.');
      });
    });
  } else describe.skip(`${name} (skipped: no Chromium; install it or set LEAT_TEST_CHROMIUM)`, body);
}
