import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { sendCall } from '../support/send-call.ts';
import { waitFor } from '../support/wait-for.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { expectAccessible, expectToFitNarrowScreens, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';

describeInChromium('a user finds out where an event went', () => {
  let opened: ConsoleBed;
  let receiver: WebhookReceiver;
  const call = (route: string, body: object) => sendCall(opened.server.url, opened.server.writeKey, route, body);

  beforeAll(async () => {
    opened = await openConsole();
    const { server } = opened;
    receiver = await openWebhookReceiver({
      behaviour: (_, body) => ({ status: body.includes('"event":"Refused"') ? 400 : 200 }),
    });
    await server.control.createWebhook('Hook', receiver.url);
    await call('identify', { userId: 'ada', traits: { email: 'ada@example.test' } });
    await call('track', { userId: 'ada', event: 'Taken', messageId: 'taken-1', properties: { total: 5 } });
    await call('track', { userId: 'ada', event: 'Refused', messageId: 'refused-1' });
    await call('track', { userId: 'ada', event: 'Kept', messageId: 'kept-1', integrations: { Webhook: false } });
    await waitFor('everything to be finished', async () => {
      const { items } = await server.control.ledger();
      return items.length === 2 && items.every(({ pending, accepted }) => pending === 0 && accepted === 4);
    });
  });
  afterAll(async () => {
    await opened.dispose();
    await receiver.close();
  });

  it('from the list of events, narrowed by name', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/events`);
    const list = page.getByRole('list', { name: 'Events' });
    await list.getByText('Kept', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByLabel('Event or page name').fill('Refused');
    await list.getByText('Kept', { exact: true }).waitFor({ state: 'detached' });
    await list.getByRole('button', { name: 'Refused' }).click();
    await page.getByRole('link', { name: 'What became of it' }).click();
    await page.getByRole('heading', { name: 'Refused', level: 1 }).waitFor();
  });

  it('reads its story: received, checked, told from repeats, applied, refused with the answer', async () => {
    const { page } = opened;
    for (const chapter of ['Received', 'Validation', 'De-duplication', 'Workspace', 'Hook'])
      await page.getByRole('heading', { name: chapter, level: 2 }).waitFor();
    await page.getByRole('link', { name: 'ada@example.test' }).waitFor();
    const summary = await page.getByRole('list', { name: 'Where it went' }).innerText();
    expect(summary.replaceAll(/\s+/g, ' ')).toBe('Workspace Applied Hook Dead letter');
    await page.getByText('Request and answer').click();
    await page.getByRole('region', { name: 'Answer' }).getByText('400').waitFor();
    await page.getByText(/Its actions, trigger by trigger \(1\)/).click();
    await page.getByText('type = "track"').waitFor();
    await page.getByText('The request, worked out anew').click();
    await page.getByRole('region', { name: `POST ${receiver.url}` }).waitFor();
    await expectAccessible(page);
  });

  it('of an event that was kept away is told by what', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/events`);
    await page.getByLabel('Explain a messageId').fill('kept-1');
    await page.getByRole('button', { name: 'Where did it go?' }).click();
    await page.getByText('The call itself kept it away').waitFor();
    await page.getByText('“Webhook”').waitFor();
  });

  it('of a call that was not taken is told why', async () => {
    const { page, url } = opened;
    await call('track', { userId: 'ada', messageId: 'without-name' });
    await page.goto(`${url}/events/without-name`);
    await page.getByText('This call was not taken').waitFor();
    await expectAccessible(page);
    await page.goto(`${url}/events/never-sent`);
    await page.getByText('No event and no rejected call has this messageId').waitFor();
  });

  it('watches events come in, pauses, and goes on without losing any', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/events?show=live`);
    await page.getByText('Live', { exact: true }).last().waitFor();
    const list = page.getByRole('list', { name: 'Live events' });
    // The stream begins some time after the page: until it does, calls go by unseen.
    let sent = 0;
    await waitFor('the first live event', async () => {
      await call('track', { userId: 'ada', event: `Live ${++sent}` });
      return (await list.count()) > 0;
    });
    await page.getByRole('button', { name: 'Pause' }).click();
    await call('track', { userId: 'ada', event: 'While paused' });
    const goOn = page.getByRole('button', { name: /^Go on \(\d+ held back\)$/ });
    await goOn.waitFor();
    expect(await list.getByText('While paused').count()).toBe(0);
    await expectAccessible(page);
    await goOn.click();
    await list.getByText('While paused').waitFor();
  });

  it('can do so on a phone', async () => {
    const { page, url } = opened;
    for (const path of ['/events', '/events/refused-1', '/events/kept-1']) {
      await page.goto(url + path);
      await page.getByText('Refused').or(page.getByText('Hook')).first().waitFor();
      await expectToFitNarrowScreens(page);
    }
  });
});
