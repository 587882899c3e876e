// How long a page keeps its user waiting: from the click or the last key to what was asked for, and how long a spinner
// or a skeleton stood there meanwhile. Looked at in the page itself, once per frame.
import type { Page } from 'playwright-core';

export interface Wait {
  /** Until what was asked for is shown and nothing spins any more. */
  readonly ms: number;
  /** The longest that something spun. */
  readonly spinnerMs: number;
}

const busy =
  '[aria-label="Loading"], .mantine-Skeleton-root, .mantine-Loader-root, button[data-loading="true"], [aria-busy="true"]';

/** Goes in before the page's own scripts. `answered` says whether a request made since has had its answer. */
export const watchScript = `
window.leatWatch = (shown) => {
  const seen = { from: null, spinningSince: null, longest: 0 };
  // A chosen radio button tells of itself after the click has been dealt with.
  const note = (event) => { if (event.type !== 'input' || event.target.type !== 'radio') seen.from = event.timeStamp; };
  for (const kind of ['click', 'input', 'submit']) addEventListener(kind, note, true);
  const answered = (part) => performance.getEntriesByType('resource')
    .some((entry) => entry.name.includes(part) && entry.startTime >= seen.from && entry.responseEnd > 0);
  window.leatWaited = new Promise((resolve) => {
    const look = () => {
      const now = performance.now();
      const spins = [...document.querySelectorAll('${busy}')].some((element) => element.checkVisibility());
      if (spins) seen.spinningSince ??= now;
      else if (seen.spinningSince !== null) {
        seen.longest = Math.max(seen.longest, now - seen.spinningSince);
        seen.spinningSince = null;
      }
      if (seen.from !== null && !spins && shown(answered)) {
        for (const kind of ['click', 'input', 'submit']) removeEventListener(kind, note, true);
        resolve({ ms: now - seen.from, spinnerMs: seen.longest });
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
};`;

/**
 * Does `act` and waits until `shown`, an expression in the page that may ask \`answered(part of an address)\`.
 * @throws Error when that takes longer than \`withinMs\`.
 */
export async function measureWait(
  page: Page,
  act: () => Promise<void>,
  shown: string,
  withinMs = 30_000,
): Promise<Wait> {
  await page.evaluate(`leatWatch((answered) => Boolean(${shown}))`);
  await act();
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`Not shown within ${withinMs} ms: ${shown}`)), withinMs).unref();
  });
  return Promise.race([page.evaluate<Wait>('leatWaited'), late]);
}
