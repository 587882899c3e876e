import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { sendCall } from '../support/send-call.ts';
import { waitFor } from '../support/wait-for.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';

describeInChromium('a user deletes a person and is told what it reaches', () => {
  let opened: ConsoleBed;
  const identify = (userId: string) =>
    sendCall(opened.server.url, opened.server.writeKey, 'identify', {
      userId,
      traits: { email: `${userId}@example.test` },
    });
  const caughtUp = () =>
    waitFor('the workspace to catch up', async () => (await opened.server.control.status()).workspace.lag === 0);

  beforeAll(async () => {
    opened = await openConsole();
    for (const userId of ['emil', 'fay']) await identify(userId);
    await caughtUp();
  });
  afterAll(() => opened.dispose());

  it('before confirming: the workspace now, the raw log and dead letters at retention', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/people/emil`);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Workspace, now:').waitFor();
    await dialog.getByText('This cannot be undone.').waitFor();
    await dialog.getByText('identify or track, creates the person again').waitFor();
    await dialog.getByText('Raw log and dead letters, at retention:').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'emil@example.test' }).waitFor();
  });

  it('after it, with the event that did it', async () => {
    const { page, url } = opened;
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete this person' }).click();
    await page.getByText('The person is deleted').waitFor();
    await page.getByText('Raw log and dead letters, at retention:').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'see the event' }).click();
    await page.getByRole('heading', { name: 'User Deleted', level: 1 }).waitFor();
    await page.getByText('Leat itself, made by the console or the API').waitFor();
    await page.goto(`${url}/people?query=emil`);
    await page.getByText('Nobody found').waitFor();
  });

  it('suppresses another, whose calls are then ignored, and takes that back', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/people/fay`);
    await page.getByRole('button', { name: 'Suppress', exact: true }).click();
    await page.getByRole('button', { name: 'Suppress this person' }).click();
    await page.getByText('The person is suppressed').waitFor();
    await identify('fay');
    await caughtUp();
    await page.goto(`${url}/people?query=fay`);
    await page.getByText('Nobody found').waitFor();
    await page.getByRole('tab', { name: 'Suppressed' }).click();
    const row = page.getByRole('row').filter({ hasText: 'fay@example.test' });
    await row.waitFor();
    await expectAccessible(page);
    await row.getByRole('button', { name: 'Unsuppress' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unsuppress' }).click();
    await page.getByText('Nobody is suppressed').waitFor();
    await identify('fay');
    await caughtUp();
    await page.goto(`${url}/people/fay`);
    await page.getByRole('heading', { name: 'fay@example.test' }).waitFor();
    expect(await page.getByRole('button', { name: 'Suppress', exact: true }).isVisible()).toBe(true);
  });
});
