import { describe, expect, it } from 'vitest';
import type { CanonicalEvent } from '../canonical-event.ts';
import type { Json } from '../../lib/json.ts';
import { checkProperties } from './check-properties.ts';
import { recognise, semanticEvents } from './recognise.ts';
import { semanticGroups } from './semantic-event.ts';

const track = (event: string, properties: { [key: string]: Json }): CanonicalEvent => ({
  type: 'track',
  event,
  messageId: 'm',
  timestamp: '2026-01-01T00:00:00.000Z',
  receivedAt: '2026-01-01T00:00:00.000Z',
  context: {},
  integrations: {},
  version: 1,
  properties,
});

describe('the catalogue of semantic events', () => {
  it('has each name and each alias once', () => {
    const names = semanticEvents.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('has events of every group', () => {
    expect(new Set(semanticEvents.map(({ group }) => group))).toEqual(new Set(semanticGroups));
    expect(semanticEvents.length).toBeGreaterThan(75);
  });

  it('gives aliases only to events it has', () => {
    for (const { name, aliases } of semanticEvents)
      for (const alias of [name, ...aliases]) expect(recognise(alias)?.event.name).toBe(name);
  });
});

describe('recognise', () => {
  it.each([
    ['Order Completed', 'Order Completed', 'name'],
    ['Completed Order', 'Order Completed', 'alias'],
    ['Viewed Product Category', 'Product List Viewed', 'alias'],
    ['Wishlisted Item Added to Cart', 'Wishlist Product Added to Cart', 'alias'],
    ['Payment Info Updated', 'Payment Info Entered', 'alias'],
    ['Unsubscribed', 'Email Unsubscribed', 'alias'],
    ['order_completed', 'Order Completed', 'spelling'],
    ['orderCompleted', 'Order Completed', 'spelling'],
    ['ORDER COMPLETED', 'Order Completed', 'spelling'],
    ['Video Playback Buffer Started', 'Video Playback Buffer Started', 'name'],
    ['Live Chat Message Sent', 'Live Chat Message Sent', 'name'],
  ])('takes %s for %s by %s', (eventName, name, by) => {
    expect(recognise(eventName)).toMatchObject({ event: { name }, by });
  });

  it.each(['', 'Order', 'Order Completed Twice', 'constructor', '注文'])('does not know %j', (eventName) => {
    expect(recognise(eventName)).toBeUndefined();
  });
});

describe('checkProperties', () => {
  it('is silent about a well formed event, unknown properties and null', () => {
    const products = [{ product_id: 'p', price: 1.5, quantity: 1, own: [] }];
    const event = track('Order Completed', { order_id: 'o', total: 3, coupon: null, products, mine: { a: 1 } });
    expect(checkProperties(event)).toEqual([]);
  });

  it.each<[string, string, Json, string, string]>([
    ['Order Completed', 'total', '12.50', 'properties.total', 'should be a number, is text (send it without quotes)'],
    ['Order Completed', 'total', 'much', 'properties.total', 'should be a number, is text'],
    ['Order Completed', 'order_id', 7, 'properties.order_id', 'should be text, is a number'],
    ['Completed Order', 'products', {}, 'properties.products', 'should be a list, is an object'],
    ['Order Completed', 'products', ['p1'], 'properties.products[0]', 'should be an object, is text'],
    [
      'Order Completed',
      'products',
      [{}, { price: true }],
      'properties.products[1].price',
      'should be a number, is true or false',
    ],
    ['Product Added', 'quantity', 1.5, 'properties.quantity', 'should be a whole number, is a number'],
    ['Application Opened', 'from_background', 'no', 'properties.from_background', 'should be true or false, is text'],
    ['Install Attributed', 'campaign', { name: 1 }, 'properties.campaign.name', 'should be text, is a number'],
    ['Video Playback Started', 'sound', 101, 'properties.sound', 'should be between 0 and 100'],
    [
      'Video Playback Started',
      'ad_type',
      'banner',
      'properties.ad_type',
      'should be one of pre-roll, mid-roll, post-roll',
    ],
    ['Video Content Started', 'keywords', ['a', 1], 'properties.keywords[1]', 'should be text, is a number'],
    [
      'Trial Started',
      'trial_end_date',
      'soon',
      'properties.trial_end_date',
      'should be a date or time in ISO 8601, is text',
    ],
  ])('warns of %s with %s %j', (name, property, value, path, message) => {
    expect(checkProperties(track(name, { [property]: value }))).toEqual([{ path, message }]);
  });

  it('warns of a missing main property and of another spelling', () => {
    expect(checkProperties(track('Email Opened', {}))).toEqual([
      { path: 'properties.email_id', message: 'is missing; the event says little without it' },
    ]);
    expect(checkProperties(track('product_viewed', {}))).toEqual([
      { path: 'event', message: 'is spelt Product Viewed by the tools that know this event' },
    ]);
  });

  it('has nothing to say about own events and other calls', () => {
    expect(checkProperties(track('My Event', { total: 'x' }))).toEqual([]);
    expect(checkProperties({ ...track('Order Completed', { total: 'x' }), type: 'page' })).toEqual([]);
  });
});
