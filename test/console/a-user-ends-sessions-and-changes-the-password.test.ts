// A user sees where they are signed in, ends a forgotten session, and changes the password.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { expectAccessible, openConsole, owner } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('a user ends sessions and changes the password', () => {
  let bed: ConsoleBed;
  beforeAll(async () => {
    bed = await openConsole();
  });
  afterAll(() => bed?.dispose());

  const signIn = async (password: string): Promise<number> => {
    const response = await fetch(`${bed.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'a forgotten laptop' },
      body: JSON.stringify({ email: owner.email, password }),
    });
    return response.status;
  };

  it('ends a session that was forgotten elsewhere', async () => {
    const { page, url } = bed;
    expect(await signIn(owner.password)).toBe(200);
    await page.goto(`${url}/settings`);
    await page.getByText('This one').waitFor();
    await page.getByText('a forgotten laptop').waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
    await page.getByRole('button', { name: /^End the session of .* in a forgotten laptop/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click();
    await expect.poll(() => page.getByText('a forgotten laptop').count()).toBe(0);
    await page.getByText('This one').waitFor();
  });

  it('changes the password; a wrong current one is refused with the reason', async () => {
    const { page } = bed;
    const form = page.getByRole('region', { name: 'Change password' });
    const change = async (current: string): Promise<void> => {
      await form.getByLabel('Current password').fill(current);
      await form.getByLabel('New password', { exact: true }).fill('another fine passphrase');
      await form.getByLabel('New password again').fill('another fine passphrase');
      await form.getByRole('button', { name: 'Change password' }).click();
    };
    await change('not the password');
    await form.getByText('The current password is not right.').waitFor();
    await change(owner.password);
    await page.getByText('Password changed.').waitFor();
    expect(await signIn(owner.password)).toBe(401);
    expect(await signIn('another fine passphrase')).toBe(200);
  });
});
