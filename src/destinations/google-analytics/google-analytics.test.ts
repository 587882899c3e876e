import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import { semanticEvents } from '../../event/semantic/recognise.ts';
import { isObject } from '../../lib/json.ts';
import type { JsonObject } from '../../lib/json.ts';
import { snakeCase } from '../../lib/word-case.ts';
import { compileTrigger } from '../../routing/fql/compile-trigger.ts';
import { parseTrigger } from '../../routing/fql/parse-trigger.ts';
import { toGa4Event } from './ga4-event.ts';
import { toEventName, toParams, toUserProperties } from './ga4-names.ts';
import { googleAnalytics } from './google-analytics.ts';

describe('a Google Analytics 4 event', () => {
  it.each<[string, JsonObject, string, JsonObject]>([
    ['Products Searched', { query: 'mug' }, 'search', { search_term: 'mug' }],
    [
      'Product List Viewed',
      { list_id: 'l', category: 'Mugs', products: [{ sku: 's' }, 'junk', {}] },
      'view_item_list',
      { item_list_id: 'l', item_list_name: 'Mugs', items: [{ item_id: 's' }] },
    ],
    [
      'Promotion Viewed',
      { promotion_id: 'p', name: 'Sale', creative: 'c', position: 'top' },
      'view_promotion',
      {
        promotion_id: 'p',
        promotion_name: 'Sale',
        creative_name: 'c',
        creative_slot: 'top',
      },
    ],
    [
      'Product Viewed',
      { product_id: 'p', price: 2, quantity: 3, currency: 'EUR' },
      'view_item',
      {
        currency: 'EUR',
        value: 6,
        items: [{ item_id: 'p', price: 2, quantity: 3 }],
      },
    ],
    [
      'Added Product',
      { product_id: 'p', value: 9, currency: 'EUR' },
      'add_to_cart',
      {
        currency: 'EUR',
        value: 9,
        items: [{ item_id: 'p' }],
      },
    ],
    ['Product Removed', { product_id: 'p' }, 'remove_from_cart', { items: [{ item_id: 'p' }] }],
    [
      'Checkout Started',
      { value: 5, products: [{ product_id: 'p' }] },
      'begin_checkout',
      {
        value: 5,
        currency: 'USD',
        items: [{ item_id: 'p' }],
      },
    ],
    [
      'order_completed',
      { order_id: 'o', total: 5, products: [{ name: 'Mug' }] },
      'purchase',
      {
        value: 5,
        currency: 'USD',
        transaction_id: 'o',
        items: [{ item_name: 'Mug' }],
      },
    ],
    [
      'Order Refunded',
      { order_id: 'o', total: 5, revenue: 9 },
      'refund',
      {
        value: 5,
        currency: 'USD',
        transaction_id: 'o',
      },
    ],
    ['Signed Up', { type: 'invited' }, 'sign_up', { method: 'invited' }],
    ['Video Content Started', { title: 'T', position: 1 }, 'video_start', { video_title: 'T', video_current_time: 1 }],
    ['Coupon Applied', { coupon_id: 'c' }, 'coupon_applied', { coupon_id: 'c' }],
    ['my_own', { a: 1 }, 'my_own', { a: 1 }],
  ])('of %s %j is %s', (name, properties, ga4Name, params) => {
    const event = toGa4Event(name, properties, 'USD');
    expect(event.name).toBe(ga4Name);
    expect(event.params).toMatchObject(params);
  });

  it('takes an event under its older names and in other spellings for the same', () => {
    for (const { name, aliases } of semanticEvents) {
      const own = toGa4Event(name, {}).name;
      if (own === toEventName(name)) continue;
      for (const other of [...aliases, snakeCase(name)])
        expect([other, toGa4Event(other, {}).name]).toEqual([other, own]);
    }
  });

  it('has amounts that came as text as the numbers that Google adds up', () => {
    const products = [{ product_id: '1', price: '2.50', quantity: '3' }];
    const { params } = toGa4Event('Order Completed', { total: '7.5', tax: 'none', coupon: '5', products });
    expect(params).toMatchObject({ value: 7.5, tax: 'none', coupon: '5' });
    expect(params['items']).toEqual([{ item_id: '1', price: 2.5, quantity: 3 }]);
  });

  it('repeats no property as a parameter of its own', () => {
    const { params } = toGa4Event('Order Completed', { order_id: 'o', revenue: 1, total: 2, products: [], gift: 'y' });
    expect(params).toEqual({ value: 1, transaction_id: 'o', gift: 'y' });
  });

  it.each([
    ['Order Shipped', 'order_shipped'],
    ['  Ünïcode Ärger! ', 'ünïcode_ärger'],
    ['2nd Visit', 'event_2nd_visit'],
    ['session_start', 'event_session_start'],
    ['ga_custom', 'event_ga_custom'],
    ['_private', 'private'],
    ['Application Updated', 'application_updated'],
    ['!!!', 'event_'],
  ])('called %j goes out as %s', (name, expected) => {
    expect(toEventName(name)).toBe(expected);
  });

  it('always has a name and parameters that Google takes', () => {
    const names = fc.oneof(fc.string(), fc.constantFrom(...semanticEvents.map(({ name }) => name)));
    const values = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('products', 'price', 'total')), fc.jsonValue());
    fc.assert(
      fc.property(names, values, (name, properties) => {
        const { name: sent, params } = toGa4Event(name, JSON.parse(JSON.stringify(properties)) as JsonObject);
        expect(sent).toMatch(/^\p{L}[\p{L}\p{N}_]{0,39}$/u);
        const entries = Object.entries(params).filter(([, value]) => value !== undefined);
        expect(entries.length).toBeLessThanOrEqual(25);
        for (const [key, value] of entries) {
          expect(key).toMatch(/^\p{L}[\p{L}\p{N}_]{0,39}$/u);
          if (key === 'items' && Array.isArray(value)) continue;
          expect(['string', 'number']).toContain(typeof value);
          expect(`${value as string | number}`.length).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('has flat parameters: 25 at most, objects joined, nulls and lists of objects left out', () => {
    expect(toParams({ a: { b: { c: 1 } }, n: null, l: [1, 'x'], o: [{}], t: true, 'sp ace': 'v' })).toEqual({
      a_b_c: 1,
      l: '1,x',
      t: 'true',
      sp_ace: 'v',
    });
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`p${index}`, index]));
    expect(Object.keys(toParams(many))).toHaveLength(25);
  });

  it('sets and takes away user properties', () => {
    expect(toUserProperties({ plan: 'pro', gone: null, user_id: 'u', deep: {}, long: 'x'.repeat(50) })).toEqual({
      plan: { value: 'pro' },
      gone: { value: null },
      long: { value: 'x'.repeat(36) },
    });
  });
});

describe('the actions of Google Analytics 4', () => {
  const matching = (event: Partial<CanonicalEvent>): readonly string[] =>
    googleAnalytics.actions
      .filter(({ defaultTrigger }) => compileTrigger(parseTrigger(defaultTrigger ?? ''))(event as CanonicalEvent))
      .map(({ slug }) => slug);

  it('take each call at most once', () => {
    const calls: Partial<CanonicalEvent>[] = [
      ...semanticEvents.map(({ name }) => ({ type: 'track' as const, event: name })),
      ...(['page', 'screen', 'group'] as const).map((type) => ({ type })),
    ];
    expect(calls.filter((call) => matching(call).length !== 1)).toEqual([]);
    expect(matching({ type: 'identify' })).toEqual([]);
    expect(matching({ type: 'track', event: 'User Deleted' })).toEqual([]);
  });

  it('refuse an event without the id that its stream needs, because Google would drop it', async () => {
    const settings = googleAnalytics.settings.parse({ streamId: '1:12:ios:a0', apiSecret: 's' });
    const track = googleAnalytics.actions.find(({ slug }) => slug === 'track_event')!;
    const payload = track.fields.parse({ name: 'x', client_id: 'c' });
    const context = { settings, request: () => Promise.reject(new Error('sent')) };
    const outcomes = await track.send([{ payload, event: {} as CanonicalEvent }], context as never);
    expect(outcomes).toEqual([{ result: 'failed', reason: expect.stringContaining('app_instance_id') }]);
  });

  it.each(['G-ABC', 'UA-1234-1', '', '1:12:ios'])('refuse the stream %j', (streamId) => {
    expect(googleAnalytics.settings.safeParse({ streamId, apiSecret: 's' }).success).toBe(false);
  });

  it('say in the docs what they send', () => {
    for (const { requests } of googleAnalytics.examples) {
      const { body } = requests[0]!;
      expect(isObject(body) && Array.isArray(body['events']) && body['events'].length).toBe(1);
    }
  });
});
