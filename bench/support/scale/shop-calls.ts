// What the customers of a shop do, as templates: each with how often it comes among the calls of known people.
import type { JsonObject } from '../../../src/lib/json.ts';
import { CallTemplate, number, text } from './call-template.ts';

const clients: readonly JsonObject[] = [
  { library: { name: 'analytics.js', version: '0.5.11' }, locale: 'en-GB', timezone: 'Europe/London' },
  { library: { name: 'analytics-node', version: '0.5.9' } },
  { library: { name: 'analytics-ios', version: '4.1.0' }, os: { name: 'iOS', version: '19.1' } },
  { library: { name: 'analytics-android', version: '4.5.0' }, os: { name: 'Android', version: '16' } },
];

/** One template for each source's client. */
const forClients = (call: JsonObject, more: JsonObject = {}): readonly CallTemplate[] =>
  clients.map((context) => new CallTemplate({ ...call, context: { ...context, ...more } }));

const userId = text('user');
const anonymousId = text('visitor');
const product = {
  sku: `SKU-${text('sku')}`,
  price: number('price'),
  currency: 'GBP',
  quantity: 2,
  category: text('category'),
};
const pageProperties = {
  url: `https://shop.example.com/${text('category')}/${text('sku')}`,
  path: `/${text('category')}/${text('sku')}`,
  title: text('category'),
};

const track = (event: string, properties: JsonObject): JsonObject => ({ type: 'track', userId, event, properties });

export const firstIdentify = forClients({
  type: 'identify',
  userId,
  traits: {
    email: text('email'),
    first_name: text('firstName'),
    last_name: text('lastName'),
    plan: text('plan'),
    city: text('city'),
    lifetime_value: number('price'),
    newsletter: true,
    shop_number: number('shop'),
  },
});
/** Of somebody who looked around before. */
export const joiningIdentify = forClients({
  type: 'identify',
  userId,
  anonymousId,
  traits: { email: text('email'), first_name: text('firstName'), last_name: text('lastName'), plan: text('plan') },
});
export const visitorPage = forClients({ type: 'page', anonymousId, name: 'Product', properties: pageProperties });

export interface Habit {
  readonly templates: readonly CallTemplate[];
  /** How many of a million calls. */
  readonly perMillion: number;
}

const trackHabit = (event: string, perMillion: number, properties: JsonObject = product): Habit => ({
  templates: forClients(track(event, properties)),
  perMillion,
});

export const habits: readonly Habit[] = [
  trackHabit('Product Viewed', 240_000),
  trackHabit('Product Added', 90_000),
  trackHabit('Cart Viewed', 60_000),
  trackHabit('Products Searched', 80_000, { query: text('category'), results: number('shop') }),
  trackHabit('Checkout Started', 35_000),
  trackHabit('Order Completed', 30_000, { ...product, order_id: `order-${text('sku')}-${text('visitor')}` }),
  trackHabit('Signed In', 50_000, { method: 'password' }),
  trackHabit('Coupon Applied', 10_000, { coupon: text('category') }),
  trackHabit('Product Reviewed', 5000, { ...product, rating: 4 }),
  trackHabit('Order Refunded', 500, { order_id: `order-${text('sku')}`, total: number('price') }),
  // So rare that the last one lies far back.
  trackHabit('Address Disputed', 3, { note: 'rare' }),
  { templates: forClients({ type: 'page', userId, name: 'Product', properties: pageProperties }), perMillion: 150_000 },
  {
    templates: forClients({ type: 'screen', userId, name: 'Product', properties: { previous: 'Basket', ...product } }),
    perMillion: 70_000,
  },
  {
    templates: forClients({
      type: 'identify',
      userId,
      traits: { plan: text('plan'), lifetime_value: number('price'), last_visit: text('time') },
    }),
    perMillion: 80_000,
  },
  {
    templates: forClients({
      type: 'group',
      userId,
      groupId: `account-${text('account')}`,
      objectTypeId: '1',
      traits: { name: `Account ${text('account')}`, employees: number('shop'), city: text('city') },
    }),
    perMillion: 25_000,
  },
  {
    templates: forClients({
      type: 'group',
      userId,
      groupId: `shop-${text('shop')}`,
      traits: { object_type_id: '2', name: `Shop ${text('shop')}`, city: text('city') },
    }),
    perMillion: 10_000,
  },
  {
    templates: forClients(track('Device Created or Updated', {}), {
      device: { token: `token-${text('device')}`, type: 'ios' },
    }),
    perMillion: 25_000,
  },
  trackHabit('Report Delivery Event', 30_000, {
    deliveryId: `delivery-${text('messageId')}`,
    metric: 'opened',
    recipient: text('email'),
  }),
];
