// Calls, and the Google Analytics 4 events they become.
import { eventVersion } from '../../event/canonical-event.ts';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import type { JsonObject } from '../../lib/json.ts';
import type { Example } from '../destination.ts';

/** 2026-03-01T12:00:00Z. */
const timestamp_micros = 1_772_366_400_000_000;

type Call = Partial<CanonicalEvent> & Pick<CanonicalEvent, 'type'>;

function example(
  title: string,
  call: Call,
  event: JsonObject,
  settings: JsonObject = {},
  url = 'https://www.google-analytics.com/mp/collect?measurement_id=G-ABC123&api_secret=s',
  ids: JsonObject = { client_id: 'a1' },
): Example {
  return {
    title,
    settings: { streamId: 'G-ABC123', apiSecret: 's', ...settings },
    event: {
      messageId: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
      anonymousId: 'a1',
      timestamp: '2026-03-01T12:00:00.000Z',
      receivedAt: '2026-03-01T12:00:00.250Z',
      context: {},
      integrations: {},
      version: eventVersion,
      ...call,
    },
    requests: [
      {
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json' },
        body: { ...ids, timestamp_micros, events: [event] },
      },
    ],
  };
}

const product = {
  product_id: 'p1',
  name: 'Mug',
  price: 12.5,
  quantity: 2,
  category: 'Kitchen',
  url: 'https://x.test/p1',
};
const item = { item_id: 'p1', item_name: 'Mug', item_category: 'Kitchen', price: 12.5, quantity: 2 };

export const examples: readonly Example[] = [
  example(
    'An order, which Google calls purchase',
    {
      type: 'track',
      event: 'Order Completed',
      properties: { order_id: 'o1', revenue: 25, total: 30, tax: 5, currency: 'EUR', products: [product], gift: true },
    },
    {
      name: 'purchase',
      params: {
        engagement_time_msec: 1,
        currency: 'EUR',
        value: 25,
        transaction_id: 'o1',
        tax: 5,
        gift: 'true',
        items: [item],
      },
    },
  ),
  example(
    'A product put into the cart, currency from the settings',
    { type: 'track', event: 'Product Added', properties: { ...product, cart_id: 'c1' } },
    {
      name: 'add_to_cart',
      params: { engagement_time_msec: 1, value: 25, currency: 'USD', cart_id: 'c1', items: [item] },
    },
    { currency: 'USD' },
  ),
  example(
    'An event of one’s own, taken in in the EU',
    {
      type: 'track',
      event: 'Report Exported!',
      properties: { format: 'pdf', pages: 3, tags: ['a', 'b'], by: { role: 'x' } },
    },
    {
      name: 'report_exported',
      params: { engagement_time_msec: 1, format: 'pdf', pages: 3, tags: 'a,b', by_role: 'x' },
    },
    { collection: 'eu' },
    'https://region1.google-analytics.com/mp/collect?measurement_id=G-ABC123&api_secret=s',
  ),
  example(
    'A page view with the browser’s own client ID',
    {
      type: 'page',
      userId: 'u1',
      properties: { url: 'https://x.test/', title: 'Home' },
      integrations: { 'Google Analytics 4': { clientId: '123.456', sessionId: 789 } },
    },
    {
      name: 'page_view',
      params: { session_id: '789', engagement_time_msec: 1, page_location: 'https://x.test/', page_title: 'Home' },
    },
    {},
    undefined,
    { client_id: '123.456', user_id: 'u1' },
  ),
  example(
    'A screen view of an app',
    { type: 'screen', name: 'Cart', integrations: { 'Google Analytics 4': { appInstanceId: 'f00d' } } },
    { name: 'screen_view', params: { engagement_time_msec: 1, screen_name: 'Cart' } },
    { streamId: '1:1234:ios:321abc' },
    'https://www.google-analytics.com/mp/collect?firebase_app_id=1%3A1234%3Aios%3A321abc&api_secret=s',
    { app_instance_id: 'f00d' },
  ),
  example(
    'A group joined',
    { type: 'group', groupId: 'g1' },
    { name: 'join_group', params: { engagement_time_msec: 1, group_id: 'g1' } },
  ),
];
