import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../lib/json.ts';
import { explainMapping } from './explain-mapping.ts';

const event: JsonObject = { userId: 'u1', traits: { email: 'a@b.co' }, properties: { products: [{ sku: 's' }] } };
const explain = (mapping: string) => explainMapping(JSON.parse(mapping) as Json, event);

describe('explainMapping', () => {
  it('tells each field with its value and the places it may come from', () => {
    expect(
      explain(`{
        "id": "coalesce($.userId, $.traits.email)", "mail": { "@template": "<{{traits.email}}>" }, "fixed": 5,
        "gone": "$.properties.gone", "all": { "@path": "$." },
        "either": { "@if": { "exists": "$.nobody", "then": "$.nobody", "else": { "@path": "$.userId" } } },
        "items": { "@arrayPath": ["$.properties.products", { "id": { "@path": "$.sku" } }] }
      }`),
    ).toEqual([
      {
        field: 'id',
        value: 'u1',
        reads: [
          { path: '$.userId', value: 'u1' },
          { path: '$.traits.email', value: 'a@b.co' },
        ],
      },
      { field: 'mail', value: '<a@b.co>', reads: [{ path: 'traits.email', value: 'a@b.co' }] },
      { field: 'fixed', value: 5, reads: [] },
      { field: 'gone', reads: [{ path: '$.properties.gone' }] },
      { field: 'all', value: event, reads: [{ path: '$.' }] },
      {
        field: 'either',
        value: 'u1',
        reads: [{ path: '$.nobody' }, { path: '$.nobody' }, { path: '$.userId', value: 'u1' }],
      },
      {
        field: 'items',
        value: [{ id: 's' }],
        reads: [{ path: '$.properties.products', value: [{ sku: 's' }] }, { path: '$.properties.products[].sku' }],
      },
    ]);
  });

  it('tells a mapping that is one directive as one field without a name', () => {
    expect(explain('{ "@path": "$.traits" }')).toEqual([
      { field: '', value: { email: 'a@b.co' }, reads: [{ path: '$.traits', value: { email: 'a@b.co' } }] },
    ]);
  });
});
