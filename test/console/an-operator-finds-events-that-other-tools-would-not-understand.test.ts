// An operator is told of events that many tools know and that are sent otherwise than these expect, and finds the sender.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInChromium } from '../support/chromium.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

describeInChromium('an operator finds events that other tools would not understand', () => {
  let bed: ConsoleBed;
  beforeAll(async () => {
    bed = await openConsole();
  });
  afterAll(() => bed?.dispose());

  it('is told that there are none', async () => {
    const { page, url } = bed;
    await bed.send([{ type: 'track', userId: 'u1', event: 'Product Viewed', properties: { product_id: '1' } }]);
    await page.goto(`${url}/sources/odd-events`);
    await page.getByText('Nothing odd of late').waitFor();
    await expectAccessible(page);
  });

  it('is told on the overview, and sees which events they are and what to do', async () => {
    const { page, url } = bed;
    await bed.send([
      { type: 'track', userId: 'u1', event: 'Order Completed', messageId: 'odd-1', properties: { order_id: 7 } },
      { type: 'track', userId: 'u1', event: 'order_completed', properties: { order_id: '8' } },
    ]);
    await page.goto(url);
    const attention = page.getByRole('region', { name: 'Needs attention' });
    const told = attention.getByText(
      /My first source sends Order Completed otherwise than tools .* properties.order_id/,
    );
    await told.getByRole('link', { name: 'See more' }).click();
    await page.waitForURL(`${url}/sources/odd-events`);
    const table = page.getByRole('table', { name: 'Odd events' });
    const row = table.getByRole('row').filter({ hasText: 'properties.order_id' });
    await row.getByText('Property', { exact: true }).waitFor();
    await table.getByRole('row').filter({ hasText: 'order_completed' }).getByText('Spelling').waitFor();
    await page.getByText(/Mend what sends them/).waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
    await row.getByRole('link', { name: 'See it' }).click();
    await page.waitForURL(`${url}/events/odd-1`);
  });

  it('comes there from the sources, too', async () => {
    const { page, url } = bed;
    await page.goto(`${url}/sources`);
    await page.getByRole('link', { name: 'See which events these are' }).click();
    await page.getByRole('heading', { level: 1, name: 'Odd events' }).waitFor();
    expect(bed.faults()).toEqual([]);
  });
});
