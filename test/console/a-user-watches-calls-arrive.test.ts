// A user watches the calls of a source as they come, pauses, filters, and opens one.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { sendCall } from '../support/send-call.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('a user watches calls arrive', () => {
  let bed: ConsoleBed;
  beforeAll(async () => {
    bed = await openConsole();
  });
  afterAll(() => bed?.dispose());

  const send = (event: string) => sendCall(bed.url, bed.server.writeKey, 'track', { userId: 'u1', event });

  it('sees a call that was there before, and one that comes now', async () => {
    const { page, url } = bed;
    await send('Before');
    await page.goto(`${url}/sources`);
    await page.getByRole('link', { name: 'My first source' }).click();
    await page.getByRole('tab', { name: 'Data in' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    const calls = page.getByRole('list', { name: 'Calls' });
    await calls.getByText('Before').waitFor();
    await send('Just now arrived');
    await calls.getByText('Just now arrived').waitFor();
    expect(await calls.getByText('Before').count()).toBe(1);
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('pauses, and after going on sees what came meanwhile', async () => {
    const { page } = bed;
    const calls = page.getByRole('list', { name: 'Calls' });
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused').waitFor();
    await send('Meanwhile');
    expect(await calls.getByText('Meanwhile').count()).toBe(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await calls.getByText('Meanwhile').waitFor();
  });

  it('filters by type and by name, also what is to come', async () => {
    const { page, url, server } = bed;
    const calls = page.getByRole('list', { name: 'Calls' });
    await sendCall(url, server.writeKey, 'page', { userId: 'u1', name: 'Home' });
    await calls.getByText('Home').waitFor();
    await page.getByLabel('Event, page or screen name').fill('Just now arrived');
    await expect.poll(() => calls.getByRole('listitem').count()).toBe(1);
    await page.getByLabel('Event, page or screen name').fill('');
    await page.getByRole('combobox', { name: 'Type' }).click();
    await page.getByRole('option', { name: 'page' }).click();
    await expect.poll(() => calls.getByRole('listitem').count()).toBe(1);
    await calls.getByText('Home').waitFor();
  });

  it('opens a call and goes to where it went', async () => {
    const { page } = bed;
    const call = page.getByRole('list', { name: 'Calls' }).getByRole('listitem');
    await call.getByRole('button', { name: /Home/ }).click();
    await call.getByText('"name": "Home"').first().waitFor();
    await expectAccessible(page);
    await call.getByRole('link', { name: 'What became of it' }).click();
    await page.waitForURL(/\/events\/.+/);
  });

  it('is told of a restart, and sees by itself what came while the page was cut off', async () => {
    const { page, server } = bed;
    await page.goBack();
    await page.reload();
    await page.getByText('Live', { exact: true }).waitFor();
    await server.kill();
    await page.getByText('Cut off', { exact: true }).waitFor();
    await page.getByText(/The server has not answered since/).waitFor();
    // The page does not reach the server at first, so that a call can come before it does.
    await page.context().setOffline(true);
    await server.start();
    await send('While cut off');
    await page.context().setOffline(false);
    await page.getByText('Live', { exact: true }).waitFor();
    const calls = page.getByRole('list', { name: 'Calls' });
    await calls.getByText('While cut off').waitFor();
    await page.getByText(/went on where it had ended, nothing is missing/).waitFor();
    await send('Live again');
    await calls.getByText('Live again').waitFor();
    expect(await calls.getByText('While cut off').count()).toBe(1);
    await expectAccessible(page);
  });
});
