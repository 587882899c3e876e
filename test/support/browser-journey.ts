// The journey of journey.ts as a page goes through it, with a client of the analytics.js family.
import type { Page } from 'playwright-core';
import type { CreatedSource } from './control-client.ts';
import { settled } from './journey.ts';
import type { Journey } from './journey.ts';
import { sendCall } from './send-call.ts';
import type { TestServer } from './server.ts';

/** Makes every call of the journey through the page's client, which is the global called `client`. */
export async function travel(
  page: Page,
  client: string,
  server: TestServer,
  source: CreatedSource,
  journey: Journey,
): Promise<void> {
  // The page has one visitor; that she used to have another id is known from elsewhere.
  const former = { userId: journey.oldId, traits: { legacy: true, plan: 'free' } };
  await sendCall(server.url, source.key, 'identify', former);
  await page.evaluate(`${client}.setAnonymousId('${journey.anonymousId}'); ${client}.track('Looked');`);
  // The client fills in the user id as it sends, so the anonymous call must be out before the identify.
  await settled(server, source.id, 2);
  const traits = { email: journey.email, plan: 'pro', score: 7 };
  const order = { total: 12.5, items: [{ sku: 'a' }] };
  const account = { name: 'Acme', objectTypeId: '1', relationshipAttributes: { role: 'owner' } };
  const device = { context: { device: { token: journey.deviceToken, type: 'ios' } } };
  await page.evaluate(`
    ${client}.identify('${journey.userId}', ${JSON.stringify(traits)});
    ${client}.track('Order Completed', ${JSON.stringify(order)});
    ${client}.page('Docs', 'Intro');
    ${client}.screen('Settings', { dark: true });
    ${client}.group('${journey.groupId}', ${JSON.stringify(account)});
    ${client}.alias('${journey.userId}', '${journey.oldId}');
    ${client}.track('Device Created or Updated', {}, ${JSON.stringify(device)});
  `);
}
