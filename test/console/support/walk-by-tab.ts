// Goes through a page by Tab alone, as people without a pointer do.
import type { Page } from 'playwright-core';

export interface TabWalk {
  /** Controls that Tab never came to. */
  readonly missed: readonly string[];
  /** Controls that do not show that the keyboard is at them. */
  readonly unmarked: readonly string[];
}

/** Some fields have their border around them. */
const borders = `((one) => [one, one.parentElement].map((of) => getComputedStyle(of).borderColor).join())`;

/**
 * Numbers what can be operated and remembers how inputs look while nobody is at them. Left out: what is one of a group
 * that arrow keys go through (radios, tabs) and what repeats the keys of the field it belongs to (steppers), all of
 * which say so by a tab index below zero.
 */
const number = `(() => {
  const borders = ${borders};
  const operable = 'a[href], button, input, select, textarea, summary, [tabindex]';
  let next = 0;
  for (const one of document.querySelectorAll(operable)) {
    const { width, height } = one.getBoundingClientRect();
    const skipped = one.disabled || one.tabIndex < 0 || one.closest('[aria-hidden="true"], [inert]') !== null
      || (one.type === 'radio' && !one.checked) || width === 0 || height === 0
      || getComputedStyle(one).visibility === 'hidden';
    if (skipped) continue;
    one.dataset.walk = String(next++);
    one.dataset.border = borders(one);
  }
  document.activeElement?.blur();
  return next;
})()`;

const name = `((one) => [one.tagName.toLowerCase(), one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent?.trim().slice(0, 40)].join(' '))`;

/** Where the keyboard is: null outside the page. An input that is hidden behind a label or a track shows it there. */
const here = `(() => {
  const borders = ${borders};
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  one.dataset.seen = 'yes';
  // Colours that fade in have not changed yet.
  for (const moving of document.getAnimations()) if (moving instanceof CSSTransition) moving.finish();
  const outlined = (shown) => {
    if (!shown) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  };
  const changed = one.matches('input, textarea, select') && borders(one) !== one.dataset.border;
  return { id: one.dataset.walk ?? null, name: ${name}(one), marked: outlined(one) || outlined(one.nextElementSibling) || changed };
})()`;

const missed = `[...document.querySelectorAll('[data-walk]:not([data-seen])')].map(${name})`;

export async function walkByTab(page: Page): Promise<TabWalk> {
  const controls = await page.evaluate<number>(number);
  const unmarked = new Set<string>();
  let first: string | null = null;
  let laps = 0;
  // Live lists grow meanwhile; what came later is gone through as well.
  for (let steps = 0; steps < controls * 3 + 20; steps++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate<{ id: string | null; name: string; marked: boolean } | null>(here);
    // Outside the page, or what had the keyboard was replaced by newer data: Tab goes on from there.
    if (at === null) continue;
    if (at.id !== null && at.id === first) {
      // Newer data that comes in the middle may move the keyboard; what can be reached is then met in the next lap.
      laps++;
      if (laps === 2 || (await page.evaluate<string[]>(missed)).length === 0) break;
    }
    first ??= at.id;
    if (!at.marked) unmarked.add(at.name);
  }
  return { missed: await page.evaluate<string[]>(missed), unmarked: [...unmarked] };
}
