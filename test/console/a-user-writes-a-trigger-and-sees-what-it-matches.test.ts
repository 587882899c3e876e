// A user writes a trigger, as conditions and as text, sees which events it takes, and maps a field with a live preview.
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { begunWebhook } from './support/begun-webhook.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('a user writes a trigger and sees what it matches', () => {
  let bed: ConsoleBed;
  let receiver: WebhookReceiver;
  let id: string;
  beforeAll(async () => {
    receiver = await openWebhookReceiver();
    bed = await openConsole();
    await bed.send([
      { type: 'track', userId: 'u1', event: 'Order Completed', properties: { total: 120 } },
      { type: 'track', userId: 'u2', event: 'Order Completed', properties: { total: 20 } },
      { type: 'track', userId: 'u2', event: 'Product Viewed' },
      { type: 'identify', userId: 'u2', traits: { plan: 'pro' } },
    ]);
    id = await begunWebhook(bed.server, 'Orders', receiver.url);
  });
  afterAll(async () => {
    await bed?.dispose();
    await receiver?.close();
  });

  it('builds it from conditions', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/destinations/${id}?tab=actions`);
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Matches 4 of the last 4 events.').waitFor();
    await expectAccessible(page);
    for (let left = 6; left > 2; left -= 1)
      await page.getByRole('button', { name: `Remove condition ${left}` }).click();
    await page.getByText('ALL', { exact: true }).click();
    await input(page, 'Condition 1: field').fill('event');
    await input(page, 'Condition 1: value').fill('Order Completed');
    await input(page, 'Condition 2: field').fill('properties.total');
    await input(page, 'Condition 2: test').click();
    await page.getByRole('option', { name: '≥', exact: true }).click();
    await input(page, 'Condition 2: value').fill('100');
    await page.getByText('Matches 1 of the last 4 events.').waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('writes it as text, and is told where it is wrong', async () => {
    const { page } = bed;
    await page.getByText('Text', { exact: true }).click();
    const text = page.getByLabel('Trigger as text');
    expect(await text.inputValue()).toBe('event = "Order Completed" and properties.total >= 100');
    await text.fill('event = "Order Completed" and properties.total >');
    await page.getByText('Trigger, column 49: expected').waitFor();
    await expectAccessible(page);
    await text.fill('(event = "Order Completed" and properties.total > 50) or type = "identify"');
    await page.getByText('Matches 2 of the last 4 events.').waitFor();
    await text.fill('event = "Order Completed" and properties.total > 50');
    await page.getByText('Matches 1 of the last 4 events.').waitFor();
  });

  it('maps a field and sees the request as it types', async () => {
    const { page } = bed;
    await page.getByText('"event": "Order Completed"').first().waitFor();
    await input(page, 'Data: field of the event').fill('$.properties');
    await waitFor('the request of the mapping', async () => {
      const shown = await page.getByRole('region', { name: /^Request POST/ }).innerText();
      return shown.includes('"total": 120') && !shown.includes('"userId"');
    });
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('cannot store a mapping whose text cannot be read', async () => {
    const { page } = bed;
    // Suggestions of the field that was typed in last lie over the page until it is left.
    await page.keyboard.press('Tab');
    await page.getByRole('radiogroup', { name: 'Mapping: edit as' }).getByText('JSON').click();
    const editor = page.getByLabel('Mapping as JSON', { exact: true });
    const stored = await editor.inputValue();
    await editor.fill('{ "a": }');
    await page.getByRole('status').getByText('line 1, column 8 needs a value').waitFor();
    expect(await page.getByRole('button', { name: 'Save action' }).isDisabled()).toBe(true);
    await editor.fill(stored);
    await expect.poll(() => page.getByRole('button', { name: 'Save action' }).isEnabled()).toBe(true);
  });

  it('cannot store it either while one of its fields cannot be read', async () => {
    const { page } = bed;
    await page.getByRole('radiogroup', { name: 'Mapping: edit as' }).getByText('Fields').click();
    const choose = async (way: string): Promise<void> => {
      await input(page, 'Data: where from').click();
      await page.getByRole('option', { name: way }).click();
    };
    await choose('Directive (JSON)');
    await page.getByLabel('Data as JSON').fill('{ "@path": "$.properties" ');
    await page.getByRole('status').getByText('Data. This is not JSON: line 1, column 27 needs a comma or }.').waitFor();
    expect(await page.getByRole('button', { name: 'Save action' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await choose('From the event');
    await input(page, 'Data: field of the event').fill('$.properties');
    await page.keyboard.press('Tab');
    await expect.poll(() => page.getByRole('button', { name: 'Save action' }).isEnabled()).toBe(true);
  });

  it('stores it, and only such events are sent', async () => {
    const { page, send } = bed;
    await page.getByRole('button', { name: 'Save action' }).click();
    await page.getByText('event = "Order Completed" and properties.total > 50').waitFor();
    await expectAccessible(page);
    await send([
      { type: 'track', userId: 'u3', event: 'Order Completed', properties: { total: 10 } },
      { type: 'track', userId: 'u3', event: 'Order Completed', properties: { total: 77 } },
    ]);
    await waitFor('the delivery', () => receiver.requests.length > 0);
    expect(receiver.requests.map(({ body }) => JSON.parse(body) as unknown)).toEqual([{ total: 77 }]);
    expect(bed.faults()).toEqual([]);
  });
});

/** The field itself; its list of suggestions has the same name. */
const input = (page: Page, label: string): Locator => page.locator(`input[aria-label="${label}"]`);
