// A user finds a dead letter, edits it and sends it again; the others are given up.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { begunWebhook, viewOf } from './support/begun-webhook.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('a user finds a dead letter, edits it and sends it again', () => {
  let bed: ConsoleBed;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await openWebhookReceiver({
      behaviour: (_, body) =>
        body.includes('"currency"') ? { status: 200 } : { status: 422, body: '{"error":"currency is missing"}' },
    });
    bed = await openConsole();
    const { server } = bed;
    const id = await begunWebhook(server, 'Billing', receiver.url);
    await bed.send(
      ['Order Completed', 'Order Refunded', 'Cart Viewed'].map((event) => ({
        type: 'track' as const,
        userId: event,
        event,
      })),
    );
    await waitFor('the dead letters', async () => (await viewOf(server, id)).state?.deadLetters === 3);
  });
  afterAll(async () => {
    await bed?.dispose();
    await receiver?.close();
  });

  it('finds it from the list of destinations', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/destinations`);
    await page.getByText('3 dead letters').waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
    await page.getByRole('link', { name: 'Billing' }).click();
    await page.getByRole('tab', { name: 'Dead letters (3)' }).click();
    await page.getByLabel('Reason or answer contains').fill('500');
    await page.getByText('None fits').waitFor();
    await page.getByLabel('Reason or answer contains').fill('CURRENCY IS');
    await page.getByText('3 dead letters found').waitFor();
    await page.getByLabel('Reason or answer contains').fill('422');
    await page.getByRole('button', { name: 'track Order Refunded' }).waitFor();
    await page.getByText('3 dead letters found').waitFor();
    expect(await page.getByText('“{"error":"currency is missing"}”').count()).toBe(3);
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('sees what was sent and answered, edits the event and sends it again', async () => {
    const { page } = bed;
    await page.getByRole('button', { name: 'track Order Completed' }).click();
    const drawer = page.getByRole('dialog', { name: 'track Order Completed' });
    await drawer.getByText('Try 1', { exact: true }).waitFor();
    await expectAccessible(page);
    const editor = drawer.getByLabel('The event, as this destination gets it');
    const event = JSON.parse(await editor.inputValue()) as object;
    await editor.fill('{ "type": ');
    await drawer.getByText(/JSON/).first().waitFor();
    await editor.fill(JSON.stringify({ ...event, properties: { currency: 'EUR' } }));
    await drawer.getByRole('button', { name: 'Save and send again' }).click();
    await waitFor('the delivery', () => receiver.requests.some(({ status }) => status === 200));
    await page.getByRole('tab', { name: 'Dead letters (2)' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'track Order Completed' }).count()).toBe(0);
  });

  it('cannot send while the text is not a JSON object, and is told where it is wrong', async () => {
    const { page } = bed;
    const sent = receiver.requests.length;
    await page.getByRole('button', { name: 'track Order Refunded' }).click();
    const drawer = page.getByRole('dialog', { name: 'track Order Refunded' });
    const editor = drawer.getByLabel('The event, as this destination gets it');
    const stored = await editor.inputValue();
    const cases = [
      ['{\n  "type": "track",\n  "event": }', 'line 3, column 12 needs a value'],
      ['{ "type": "track", }', 'line 1, column 20 needs a name in double quotes'],
      ['[]', 'not an object'],
      ['', 'line 1, column 1 needs a value'],
    ] as const;
    for (const [text, reason] of cases) {
      // Each time from an edit that could be sent: the fault must hold that back as well.
      await editor.fill('{ "type": "track", "currency": true }');
      await expect.poll(() => drawer.getByRole('button', { name: 'Save and send again' }).isEnabled()).toBe(true);
      await editor.fill(text);
      await drawer.getByRole('status').getByText(reason).waitFor();
      expect(await drawer.getByRole('button', { name: 'Save and send again' }).isDisabled()).toBe(true);
      expect(await drawer.getByRole('button', { name: 'Save only' }).isDisabled()).toBe(true);
      expect(await drawer.getByRole('button', { name: 'Send again', exact: true }).count()).toBe(0);
    }
    await expectAccessible(page);
    await editor.fill(stored);
    await expect.poll(() => drawer.getByRole('button', { name: 'Send again', exact: true }).isEnabled()).toBe(true);
    expect(receiver.requests.length).toBe(sent);
    await drawer.getByRole('button', { name: 'Close' }).click();
  });

  it('is asked before all are sent again, with their number', async () => {
    const { page } = bed;
    const sent = receiver.requests.length;
    await page.getByLabel('Reason or answer contains').fill('');
    await page.getByRole('button', { name: 'Send again: all', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 events are sent to Billing again').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(receiver.requests.length).toBe(sent);
  });

  it('sees that the connection test failed, here and on the overview, until the settings are changed', async () => {
    const { page, url } = bed;
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Connection test failed', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('Connection test failed', { exact: true }).waitFor();
    await page.getByText(/currency is missing.*Tested|422.*Tested/).waitFor();
    await page.goto(url);
    await page.getByText(/The last connection test of Billing failed:/).waitFor();
    await page.getByRole('cell', { name: 'Test failed' }).waitFor();
    await expectAccessible(page);
    await page
      .getByRole('region', { name: 'Needs attention' })
      .getByText('The last connection test of Billing failed')
      .getByRole('link', { name: 'See more' })
      .click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByLabel('Time limit').fill('7000');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Connection test failed', { exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'Dead letters (2)' }).click();
  });

  it('gives the others up, after being asked', async () => {
    const { page } = bed;
    await page.getByLabel('Reason or answer contains').fill('');
    await page.getByRole('button', { name: 'Discard: all', exact: true }).click();
    await expectAccessible(page);
    await page.getByRole('dialog').getByText('2 events are discarded').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Discard', exact: true }).click();
    await page.getByText('No dead letters', { exact: true }).waitFor();
    expect(bed.faults()).toEqual([]);
  });
});
