import { describe, expect, it } from 'vitest';
import { recognise } from '../../event/semantic/recognise.ts';
import { compileMapping } from './compile-mapping.ts';
import { suggestMapping } from './suggest-mapping.ts';

const event = (name: string) => recognise(name)!.event;
const fieldsOf = (properties: Record<string, object>) => JSON.parse(JSON.stringify({ type: 'object', properties }));
const text = { type: 'string' };
const number = { type: 'number' };

describe('a suggested mapping', () => {
  it('fills empty fields from properties of the same or a like name, and leaves the others', () => {
    const fields = fieldsOf({ orderId: text, currency: text, value: number, label: text, coupon: text });
    const given = { coupon: '$.properties.mine' };
    expect(suggestMapping(fields, given, event('Order Completed'))).toEqual([
      { field: 'orderId', mapping: '$.properties.order_id', from: ['properties.order_id'] },
      { field: 'currency', mapping: '$.properties.currency', from: ['properties.currency'] },
      {
        field: 'value',
        mapping: 'coalesce($.properties.total, $.properties.revenue)',
        from: ['properties.total', 'properties.revenue'],
      },
    ]);
  });

  it('maps lists of products element by element, and lists to lists only', () => {
    const item = { type: 'object', properties: { id: text, item_id: text, price: number, qty: number } };
    const fields = fieldsOf({ items: { type: 'array', items: item }, products: text });
    const [suggested, ...others] = suggestMapping(fields, {}, event('Order Completed'));
    expect(others).toEqual([]);
    expect(suggested).toMatchObject({ field: 'items', from: ['properties.products'] });
    const mapped = compileMapping({ items: suggested!.mapping })({
      properties: { products: [{ product_id: 'p1', price: 2, quantity: 3 }] },
    });
    expect(mapped).toEqual({ items: [{ item_id: 'p1', price: 2, qty: 3 }] });
  });

  it('never makes an address or a name of the sender out of the event', () => {
    const fields = fieldsOf({ url: text, channel: text, username: text, name: text });
    for (const name of ['Product Viewed', 'Signed Up', 'Video Content Started'])
      expect(suggestMapping(fields, {}, event(name))).toEqual([]);
  });

  it('is empty for an event without such properties', () => {
    expect(suggestMapping(fieldsOf({ total: number }), {}, event('Application Opened'))).toEqual([]);
  });
});
