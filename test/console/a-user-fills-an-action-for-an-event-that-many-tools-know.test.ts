// A user has the fields and the trigger of an action filled in for an event such as Order Completed.
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isSegmentPackInstalled } from '../../connectors/segment/load-segment-pack.ts';
import { describeInChromium } from '../support/chromium.ts';
import { repositoryRoot } from '../support/server.ts';
import { expectAccessible, openConsole } from './support/console.ts';
import type { ConsoleBed } from './support/console.ts';
import { expectToFitPhones } from './support/expect-to-fit-phones.ts';

const installed = isSegmentPackInstalled(path.join(repositoryRoot, 'connectors', 'segment'));

describeInChromium('a user fills an action for an event that many tools know', () => {
  let bed: ConsoleBed;
  beforeAll(async () => {
    bed = await openConsole();
  });
  afterAll(() => bed?.dispose());

  it('is told where the usual mapping reads all there is', async () => {
    const { page, url, server } = bed;
    const { id } = await server.control.send<{ readonly id: string }>('POST', 'destinations', {
      kind: 'slack',
      name: 'Chat',
      settings: { webhookUrl: 'http://127.0.0.1:9/' },
    });
    await page.goto(`${url}/destinations/${id}?tab=actions&action=new:post_message`);
    await page.getByRole('button', { name: 'Fill it for an event that many tools know' }).click();
    await page.getByRole('combobox', { name: 'Semantic event' }).fill('Signed Up');
    await page.getByRole('option', { name: 'Signed Up', exact: true }).click();
    await page.getByText(/^Signed Up has no property for a field that this action leaves empty/).waitFor();
  });

  // Only kinds of the pack have fields that their usual mapping leaves empty.
  it.skipIf(!installed)('fills fields and trigger of a kind of the pack, sees them, and stores them', async () => {
    const { page, url, server } = bed;
    const { id } = await server.control.send<{ readonly id: string }>('POST', 'destinations', {
      kind: 'actions-klaviyo',
      name: 'Mail',
      settings: { api_key: 'pk_of_nobody' },
      enabled: false,
    });
    await page.goto(`${url}/destinations/${id}?tab=actions&action=new:orderCompleted`);
    await page.getByRole('button', { name: 'Fill it for an event that many tools know' }).click();
    await page.getByRole('combobox', { name: 'Semantic event' }).fill('Order Comp');
    await page.getByRole('option', { name: 'Order Completed', exact: true }).click();
    const list = page.getByRole('list', { name: 'What is suggested' });
    await list.getByText(/from properties\.products/).waitFor();
    await expectAccessible(page);
    await expectToFitPhones(page);
    await page.getByRole('button', { name: 'Fill the fields and the trigger' }).click();
    await page.getByText(/Nothing is stored until you save/).waitFor();
    await page.getByRole('button', { name: 'Save action' }).click();
    await page.getByRole('list', { name: 'Actions' }).waitFor();
    const { actions } = await server.control.get<{
      readonly actions: readonly { readonly kind: string; readonly trigger: string; readonly mapping: unknown }[];
    }>(`destinations/${id}`);
    expect(
      actions.find(({ kind, trigger }) => kind === 'orderCompleted' && trigger.includes('snakecase')),
    ).toMatchObject({
      trigger: 'snakecase(event) in ["order_completed", "completed_order"]',
      mapping: { value: 'coalesce($.properties.total, $.properties.revenue)' },
    });
    expect(bed.faults()).toEqual([]);
  });
});
