// A user finds out which field of which call was wrong, reads what to do, and sees the call as it came.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { sendCall } from '../support/send-call.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('a user finds why a call was rejected', () => {
  let bed: ConsoleBed;
  beforeAll(async () => {
    bed = await openConsole();
    const { url, server } = bed;
    // Permissive: the clients were told nothing.
    await sendCall(url, server.writeKey, 'batch', {
      batch: [
        { type: 'track', userId: 'u1', event: 'Fine' },
        { type: 'track', event: 'Nobody’s' },
      ],
    });
    await sendCall(url, server.writeKey, 'track', { userId: 'u1', properties: { course: 'Maths 101' } });
    await sendCall(url, 'us_mistyped_key_00000000', 'track', { userId: 'u1', event: 'Lost' });
  });
  afterAll(() => bed?.dispose());

  it('sees in the list that a source rejects, and opens it', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/sources`);
    await page.getByText('Rejecting').waitFor();
    await page.getByRole('link', { name: 'My first source' }).click();
    await page.getByRole('tab', { name: /^Not taken/ }).click();
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('reads field, remedy and whether the client was told, and sees the call', async () => {
    const { page } = bed;
    const rejected = page.getByRole('article', { name: /needs event/ });
    await rejected.getByText('missing field').waitFor();
    await rejected.getByText('event', { exact: true }).waitFor();
    await rejected.getByText('Add the field to the call.').waitFor();
    await rejected.getByText('answered 200, as if all were well').waitFor();
    await rejected.getByRole('button', { name: 'Show the call' }).click();
    await rejected.getByText('"course": "Maths 101"').waitFor();
    await page.getByRole('article').getByText('batch[1].userId').waitFor();
    await expectAccessible(page);
  });

  it('is told the same by the connection test', async () => {
    const { page } = bed;
    await page.getByRole('tab', { name: 'Connect' }).click();
    const test = page.getByRole('region', { name: 'Connection test' });
    await test.getByText('Calls arrive, but the last one was not taken').waitFor();
    await test.getByRole('button', { name: 'Send a test call from here' }).click();
    await test.getByText('Calls arrive and are taken').waitFor();
    await expectAccessible(page);
  });

  it('finds calls with a key that nobody has, and gives that key to a source', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/sources`);
    await page.getByRole('link', { name: 'See which, and from where' }).click();
    await page.getByText('us_mis').first().waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
    await page.getByRole('button', { name: 'Bring a key along' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Source' }).click();
    await page.getByRole('option', { name: 'My first source' }).click();
    await form.getByLabel('The whole key').fill('us_mistyped_key_00000000');
    await form.getByRole('button', { name: 'Bring it along' }).click();
    await page.getByText('Calls with this key are taken from now on.').waitFor();
    expect(
      await sendCall(
        url,
        'us_mistyped_key_00000000',
        'track',
        { userId: 'u1', event: 'Found' },
        { 'x-strict-mode': '1' },
      ),
    ).toMatchObject({ status: 200 });
  });
});
