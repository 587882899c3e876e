import { afterAll, beforeAll, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { sendCall } from '../support/send-call.ts';
import { waitFor } from '../support/wait-for.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';
import type { WebhookReceiver } from '../support/webhook-receiver.ts';
import { expectAccessible, expectToFitNarrowScreens, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';

describeInChromium('a user checks that the ledger balances', () => {
  let opened: ConsoleBed;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    opened = await openConsole();
    const { server } = opened;
    receiver = await openWebhookReceiver({
      behaviour: (_, body) => ({ status: body.includes('"event":"Refused"') ? 400 : 200 }),
    });
    await server.control.createWebhook('Hook', receiver.url);
    const call = (route: string, body: object) => sendCall(server.url, server.writeKey, route, body);
    for (let n = 1; n <= 5; n++) await call('track', { userId: 'ada', event: 'Taken' });
    await call('track', { userId: 'ada', event: 'Refused', messageId: 'refused-1' });
    await call('track', { userId: 'nobody', event: 'Kept', integrations: { Webhook: false } });
    await call('track', { userId: 'emil', event: 'User Suppressed' });
    await call('track', { userId: 'emil', event: 'Ignored' });
    await waitFor('everything to be finished', async () => {
      const { items } = await server.control.ledger();
      return items.length === 2 && items.every(({ pending, accepted }) => pending === 0 && accepted === 9);
    });
  });
  afterAll(async () => {
    await opened.dispose();
    await receiver.close();
  });

  it('sees at once that it does, and each line with its check', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/ledger`);
    await page.getByText('The ledger balances').waitFor();
    await page.getByText('18 accepted, 18 accounted for').waitFor();
    const hook = page.getByRole('table', { name: 'Ledger', exact: true }).getByRole('row').filter({ hasText: 'Hook' });
    await hook.getByText('balances').waitFor();
    await hook.getByRole('button', { name: '7 delivered: show the events' }).waitFor();
    await expectAccessible(page);
  });

  it('opens a sum and finds the very events behind it', async () => {
    const { page } = opened;
    await page.getByRole('button', { name: '1 dead letters: show the events' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Refused' }).click();
    await expectAccessible(page);
    await drawer.getByRole('link', { name: 'What became of it' }).click();
    await page.getByRole('heading', { name: 'Refused', level: 1 }).waitFor();
  });

  it('sees for what reason something was discarded', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/ledger`);
    await page.getByRole('button', { name: /discarded: show the events/ }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('suppressed: 1').click();
    await drawer.getByRole('button', { name: 'Ignored' }).waitFor();
  });

  it('looks at one hour only, and does so on a phone', async () => {
    const { page, url } = opened;
    await page.goto(`${url}/ledger?window=hour`);
    await page.getByText('accounted for in this time').waitFor();
    await expectToFitNarrowScreens(page);
  });
});
