// A user finds the webhook in the catalogue, fills in its form, tests it, and sees the first event arrive.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { viewOf } from './support/begun-webhook.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

const secret = 'a-shared-secret-of-the-receiver';

describeInChromium('a user adds a webhook and sees the delivery', () => {
  let bed: ConsoleBed;
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await openWebhookReceiver();
    bed = await openConsole();
  });
  afterAll(async () => {
    await bed?.dispose();
    await receiver?.close();
  });

  it('finds it in the catalogue', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/destinations`);
    await page.getByRole('link', { name: 'Add destination' }).click();
    await page.getByRole('button', { name: /^Slack / }).waitFor();
    await expectToFitPhones(page);
    await page.getByLabel('Search').fill('webhook');
    await page.getByText(/^\d+ of \d+ kinds/).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Webhook / }).click();
    await page.getByRole('heading', { level: 1, name: 'Add Webhook' }).waitFor();
  });

  it('is told which field is missing or wrong, at the field', async () => {
    const { page } = bed;
    await page.getByRole('button', { name: 'Add destination' }).click();
    await page.getByText('Address is needed.').waitFor();
    await page.getByLabel('Address').fill('ftp://example.com');
    await page.getByRole('button', { name: 'Add destination' }).click();
    await page.getByText('Must be an http or https address').waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('adds it and tests the connection', async () => {
    const { page } = bed;
    await page.getByLabel('Name', { exact: true }).fill('Warehouse hook');
    await page.getByLabel('Address').fill(receiver.url);
    await page.getByLabel('Shared secret', { exact: true }).fill(secret);
    await page.getByRole('button', { name: 'Add one' }).click();
    await page.getByLabel('Headers: name 1').fill('x-team');
    await page.getByLabel('Headers: value 1', { exact: true }).fill('growth');
    await page.getByRole('button', { name: 'Add destination' }).click();
    await page.getByRole('heading', { level: 1, name: 'Warehouse hook' }).waitFor();
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('The receiver answered 200').waitFor();
    expect(receiver.requests.at(-1)?.headers).toMatchObject({ 'x-team': 'growth' });
    await expectAccessible(page);
  });

  it('sees the delivery, its request and the account of it', async () => {
    const { page, send, server } = bed;
    await waitFor('the destination to begin', async () => (await viewOf(server, addedId(bed))).state !== null);
    await send([{ type: 'track', userId: 'u1', event: 'Order Completed', properties: { total: 42 } }]);
    await page.getByRole('cell', { name: '1', exact: true }).first().waitFor();
    await expectAccessible(page);
    await page.getByRole('tab', { name: 'Data out' }).click();
    await page.getByRole('button', { name: 'track Order Completed' }).click();
    const drawer = page.getByRole('dialog', { name: 'track Order Completed' });
    await drawer.getByText('"total": 42').waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expectToFitPhones(page);
    expect(receiver.requests.some(({ body }) => body.includes('Order Completed'))).toBe(true);
  });

  it('cannot save headers that would be lost, and is told which', async () => {
    const { page, server } = bed;
    const id = addedId(bed);
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Add one' }).click();
    await page.getByLabel('Headers: value 2', { exact: true }).fill('nobody asked for');
    await page.getByText('Row 2 has a value but no name.').waitFor();
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByLabel('Headers: name 2').and(page.locator(':focus')).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Headers: name 2').fill('x-team');
    await page.getByText('Row 2 repeats the name x-team.').waitFor();
    await page.getByRole('button', { name: 'Save settings' }).click();
    expect(await viewOf(server, id)).toMatchObject({ version: 1 });
    await page.getByRole('button', { name: 'Remove x-team' }).last().click();
    await page.getByText('Row 2 repeats').waitFor({ state: 'detached' });
  });

  it('cannot save a setting of free shape while its text is not JSON', async () => {
    const { page, url } = bed;
    // No kind of Leat's own has such a setting; one from elsewhere may.
    await page.route('**/api/v1/catalog/webhook', async (route) => {
      const answer = await route.fetch();
      const kind = (await answer.json()) as { readonly settings: { readonly properties: object } };
      const properties = { ...kind.settings.properties, extra: { title: 'Extra', anyOf: [{}, {}] } };
      await route.fulfill({ response: answer, json: { ...kind, settings: { ...kind.settings, properties } } });
    });
    let changes = 0;
    page.on('request', (request) => (changes += Number(request.method() === 'PATCH')));
    await page.goto(`${url}/destinations/${addedId(bed)}?tab=settings`);
    await page.getByLabel('Extra').fill('{ "a": 1 }');
    await page.getByLabel('Extra').fill('{\n  "a": }');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('This is not JSON: line 2, column 8 needs a value.').waitFor();
    await page.getByLabel('Extra').and(page.locator(':focus')).waitFor();
    expect(changes).toBe(0);
    await page.getByLabel('Extra').fill('');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Saved.').waitFor();
    expect(changes).toBe(1);
    await page.unroute('**/api/v1/catalog/webhook');
  });

  it('never gets the secret back, and keeps it when other settings are saved', async () => {
    const { page } = bed;
    await page.getByRole('tab', { name: 'Settings' }).click();
    const field = page.getByLabel('Shared secret', { exact: true });
    expect(await field.inputValue()).toBe('');
    expect(await field.getAttribute('placeholder')).toContain('Stored');
    expect(await page.content()).not.toContain(secret);
    await page.getByLabel('Time limit').fill('5000');
    await page.getByRole('button', { name: 'Save settings' }).click();
    await page.getByText('Saved.').waitFor();
    expect((await viewOf(bed.server, addedId(bed))).settings).toMatchObject({ timeoutMs: 5000 });
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('The receiver answered 200').waitFor();
    expect(receiver.requests.at(-1)?.headers['x-signature-256']).toMatch(/^[0-9a-f]{64}$/);
    await expectAccessible(page);
    await expectToFitPhones(page);
  });

  it('switches it off and on again', async () => {
    const { page } = bed;
    await page.getByRole('switch', { name: 'On', exact: true }).click({ force: true });
    await page.getByText('Off', { exact: true }).first().waitFor();
    await page.getByRole('switch', { name: 'On', exact: true }).click({ force: true });
    await page.getByText('Delivering').waitFor();
    expect(bed.faults()).toEqual([]);
  });
});

/** Of the destination whose page is open. */
const addedId = ({ page }: ConsoleBed): string => /\/destinations\/(\w+)/.exec(page.url())?.[1] ?? '';
