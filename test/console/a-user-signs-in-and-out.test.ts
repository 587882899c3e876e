import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { expectAccessible, expectToFitNarrowScreens, openConsole, owner } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';

describeInChromium('a user', () => {
  let bed: ConsoleBed;
  beforeAll(async () => {
    bed = await openConsole();
    await bed.context.clearCookies();
  });
  afterAll(() => bed.dispose());

  it('sees nothing but the sign-in page before', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/sources`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await expectAccessible(page);
    await expectToFitNarrowScreens(page);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('is told when the password is wrong, and may try again', async () => {
    const { page } = bed;
    await page.getByLabel('Email').fill(owner.email);
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Email and password do not belong together').waitFor();
  });

  it('gets to the page that was asked for, with the keyboard alone', async () => {
    const { page } = bed;
    await page.getByLabel('Password', { exact: true }).fill(owner.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
  });

  it('chooses the dark colours, which stay', async () => {
    const { page } = bed;
    const scheme = (): Promise<string> => page.evaluate<string>('document.documentElement.dataset.mantineColorScheme');
    await page.getByRole('button', { name: owner.name }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect.poll(scheme).toBe('dark');
    await page.reload();
    await page.getByRole('heading', { name: 'Sources', level: 1 }).waitFor();
    expect(await scheme()).toBe('dark');
    await expectAccessible(page);
  });

  it('finds the navigation behind a button on a phone', async () => {
    const { page } = bed;
    await expectToFitNarrowScreens(page);
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'Open navigation' }).waitFor();
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('signs out, and the pages are closed again', async () => {
    const { page, url } = bed;
    await page.getByRole('button', { name: owner.name }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(`${url}/people`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(bed.faults()).toEqual([]);
  });
});
