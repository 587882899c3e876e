// Looks at a page as wide as a phone for a moment, then goes on as wide as before.
import type { Page } from 'playwright-core';
import { expectToFitNarrowScreens } from './console.ts';

/** Fails when the page scrolls sideways at 390 px. */
export async function expectToFitPhones(page: Page): Promise<void> {
  const before = page.viewportSize();
  await expectToFitNarrowScreens(page);
  if (before) await page.setViewportSize(before);
}
