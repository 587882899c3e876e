import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../lib/json.ts';
import { compileMapping } from './compile-mapping.ts';

const event = JSON.parse(`{
  "type": "track", "event": "Order Completed", "userId": "u1", "empty": "", "no": false, "zero": 0, "nothing": null,
  "traits": { "email": "a@b.co", "name": "Ada" },
  "context": { "page": { "url": "https://x.y/z" }, "tags": ["a", "b"] },
  "integrations": { "Actions Amplitude": { "session_id": 7 }, "Algolia Insights (Actions)": { "q": 1 } },
  "properties": {
    "products": [{ "sku": "s1", "price": 1 }, { "sku": "s2", "price": null }], "one": { "sku": "s3" },
    "a.b": "dotted", "$set": "dollar", "json": "{\\"a\\":[1]}", "phone": "+1 (555) 010-99", "words": "Order Completed",
    "deep": { "x": { "y": 1, "z": null }, "list": [1, { "k": "v" }], "empty": {} }, "price": "9.5$", "sep": "$.userId"
  }
}`) as JsonObject;

/** Mappings are written as JSON text here, as users and packages write them. */
const map = (mapping: string, of: JsonObject = event): Json | undefined =>
  compileMapping(JSON.parse(mapping) as Json)(of);

describe('a compiled mapping', () => {
  it.each<[string, Json | undefined]>([
    // Constants.
    ['5', 5],
    ['"text"', 'text'],
    ['"$"', '$'],
    ['"$5 off"', '$5 off'],
    ['"userId"', 'userId'],
    ['null', null],
    ['[1, "a", [true]]', [1, 'a', [true]]],
    ['{ "a": { "b": 1 } }', { a: { b: 1 } }],
    // Paths.
    ['"$.userId"', 'u1'],
    ['"$.context.page.url"', 'https://x.y/z'],
    ['"$.integrations.Actions Amplitude.session_id"', 7],
    ['"$.integrations.Algolia Insights (Actions).q"', 1],
    ['"$.properties.products[1].sku"', 's2'],
    ['"$.properties.products.1.sku"', 's2'],
    ['"$.properties[\\"a.b\\"]"', 'dotted'],
    [`"$.properties['a.b']"`, 'dotted'],
    ['"$.properties.$set"', 'dollar'],
    ['"$[\\"properties\\"].price"', '9.5$'],
    [`"$['userId']"`, 'u1'],
    ['"coalesce($[\\"gone\\"], $[\\"userId\\"])"', 'u1'],
    ['"$[x] off"', '$[x] off'],
    ['"$.properties.gone.deeper"', undefined],
    ['"$.properties.constructor"', undefined],
    ['"$.context.tags.length"', undefined],
    ['{ "@path": "$.traits.email" }', 'a@b.co'],
    ['{ "@path": "traits.email" }', 'a@b.co'],
    ['{ "@path": "$.traits" }', { email: 'a@b.co', name: 'Ada' }],
    ['{ "@path": { "@path": "$.properties.sep" } }', 'u1'],
    ['{ "@path": { "@path": "$.context.tags" } }', undefined],
    ['{ "@path": "$.userId", "_metadata": { "label": "User" } }', 'u1'],
    // coalesce.
    ['"coalesce($.gone, $.nothing, $.userId)"', 'u1'],
    ['"coalesce($.empty, $.userId)"', ''],
    ['"coalesce($.no, $.userId)"', false],
    ['"coalesce($.gone, $.nothing)"', undefined],
    ['"coalesce($.integrations.Algolia Insights (Actions).q,$.userId)"', 1],
    ['"coalesce($.gone, \\"1\\")"', '1'],
    ['"coalesce($.gone[\\"a,b\\"], \\"1, $.2\\")"', '1, $.2'],
    ['"coalesce($.gone, 1.5)"', 1.5],
    ['"coalesce($.gone, true)"', true],
    // Undefined is dropped, null is kept.
    ['{ "a": "$.gone", "b": "$.nothing", "c": ["$.gone", "$.nothing", "$.userId"] }', { b: null, c: [null, 'u1'] }],
    // @template.
    ['{ "@template": "Hi {{traits.name}}, {{ traits.email }}!" }', 'Hi Ada, a@b.co!'],
    ['{ "@template": "{{{traits.name}}} {{$.userId}}" }', 'Ada u1'],
    ['{ "@template": "[{{gone}}{{nothing}}] {{zero}} {{no}}" }', '[] 0 false'],
    ['{ "@template": "{{context.tags}} {{context.page}}" }', '["a","b"] {"url":"https://x.y/z"}'],
    ['{ "@template": "{{integrations.Actions Amplitude.session_id}}" }', '7'],
    ['{ "@template": "no {braces} {{}} {{ }} {{{  }}}" }', 'no {braces} {{}} {{ }} {{{  }}}'],
    ['{ "@template": { "@template": "{{userId}}-static" } }', 'u1-static'],
    // @if.
    ['{ "@if": { "exists": "$.userId", "then": "$.userId", "else": "none" } }', 'u1'],
    ['{ "@if": { "exists": "$.nothing", "then": 1, "else": "none" } }', 'none'],
    ['{ "@if": { "exists": "$.empty", "then": "there", "else": "none" } }', 'there'],
    ['{ "@if": { "exists": { "@path": "$.gone" }, "then": 1 } }', undefined],
    ['{ "@if": { "exists": "$.gone", "then": 1, "else": false } }', false],
    ['{ "@if": { "blank": "$.empty", "then": "filled", "else": "blank" } }', 'blank'],
    ['{ "@if": { "blank": "$.gone", "then": "filled", "else": "blank" } }', 'blank'],
    ['{ "@if": { "blank": "$.zero", "then": "filled", "else": "blank" } }', 'filled'],
    ['{ "@if": { "blank": "$.userId", "then": { "id": "$.userId" } } }', { id: 'u1' }],
    // @arrayPath.
    [
      '{ "@arrayPath": ["$.properties.products", { "id": { "@path": "$.sku" }, "price": { "@path": "price" } }] }',
      [
        { id: 's1', price: 1 },
        { id: 's2', price: null },
      ],
    ],
    ['{ "@arrayPath": ["$.properties.one", { "id": { "@path": "sku" }, "n": { "@path": "name" } }] }', [{ id: 's3' }]],
    ['{ "@arrayPath": ["$.context.tags", { "tag": { "@path": "$." } }] }', [{ tag: 'a' }, { tag: 'b' }]],
    ['{ "@arrayPath": ["$.context.tags"] }', ['a', 'b']],
    ['{ "@arrayPath": ["context.tags", {}] }', ['a', 'b']],
    ['{ "@arrayPath": ["$.userId", { "a": 1 }] }', 'u1'],
    ['{ "@arrayPath": ["$.gone", { "a": 1 }] }', undefined],
    ['{ "@arrayPath": [{ "@path": "$.context.tags" }, { "a": 1 }] }', [{ a: 1 }, { a: 1 }]],
    // @literal.
    ['{ "@literal": "$.userId" }', '$.userId'],
    ['{ "@literal": { "@path": "$.userId" } }', { '@path': '$.userId' }],
    ['{ "@literal": null }', null],
    // @case.
    ['{ "@case": { "operator": "lower", "value": "$.event" } }', 'order completed'],
    ['{ "@case": { "operator": "UPPER", "value": "$.event" } }', 'ORDER COMPLETED'],
    ['{ "@case": { "operator": "snake", "value": "$.event" } }', 'order_completed'],
    ['{ "@case": { "operator": "kebab", "value": "$.event" } }', 'order-completed'],
    ['{ "@case": { "operator": "title", "value": "order completed" } }', 'Order Completed'],
    ['{ "@case": { "operator": "lower", "value": "$.zero" } }', 0],
    // @replace.
    ['{ "@replace": { "pattern": " ", "replacement": "_", "value": "$.properties.phone" } }', '+1_(555)_010-99'],
    [
      '{ "@replace": { "pattern": "5", "replacement": "", "global": false, "value": "$.properties.phone" } }',
      '+1 (55) 010-99',
    ],
    ['{ "@replace": { "pattern": "ORDER", "ignorecase": true, "value": "$.event" } }', ' Completed'],
    ['{ "@replace": { "pattern": "$", "replacement": "$&", "value": "$.properties.price" } }', '9.5$&'],
    [
      '{ "@replace": { "pattern": ".", "replacement": ",", "pattern2": "$", "replacement2": "", "value": "$.properties.price" } }',
      '9,5',
    ],
    ['{ "@replace": { "pattern": "0", "replacement": "x", "value": "$.zero" } }', 'x'],
    ['{ "@replace": { "pattern": "0", "replacement": "x", "value": "$.gone" } }', undefined],
    // @flatten.
    [
      '{ "@flatten": { "separator": ".", "value": "$.properties.deep" } }',
      { 'x.y': 1, 'x.z': null, 'list.0': 1, 'list.1.k': 'v' },
    ],
    [
      '{ "@flatten": { "separator": "_", "omitArrays": true, "value": "$.properties.deep" } }',
      { x_y: 1, x_z: null, list: [1, { k: 'v' }] },
    ],
    ['{ "@flatten": { "separator": ".", "value": "$.userId" } }', 'u1'],
    // @json.
    ['{ "@json": { "mode": "encode", "value": "$.context.tags" } }', '["a","b"]'],
    ['{ "@json": { "mode": "encode", "value": "$.gone" } }', undefined],
    ['{ "@json": { "mode": "decode", "value": "$.properties.json" } }', { a: [1] }],
    ['{ "@json": { "mode": "decode", "value": "null" } }', null],
    ['{ "@json": { "mode": "decode", "value": "$.event" } }', 'Order Completed'],
    ['{ "@json": { "mode": "decode", "value": "$.zero" } }', 0],
    // @merge.
    [
      '{ "@merge": { "direction": "right", "objects": [{ "a": 1, "b": 1 }, { "b": 2 }, "$.traits"] } }',
      { a: 1, b: 2, email: 'a@b.co', name: 'Ada' },
    ],
    ['{ "@merge": { "direction": "left", "objects": [{ "a": 1, "b": 1 }, { "b": 2 }] } }', { a: 1, b: 1 }],
    [
      '{ "@merge": { "direction": "right", "objects": [{ "a": 1 }, { "a": "$.gone" }, "$.gone", "$.userId"] } }',
      { a: 1 },
    ],
    // @transform.
    [
      '{ "@transform": { "apply": { "who": "$.traits" }, "mapping": { "mail": "$.who.email", "not": "$.userId" } } }',
      { mail: 'a@b.co' },
    ],
    // @excludeWhenNull.
    ['{ "a": { "@excludeWhenNull": "$.nothing" } }', {}],
    ['{ "@excludeWhenNull": "$.properties.deep" }', { x: { y: 1 }, list: [1, { k: 'v' }], empty: {} }],
    ['{ "@excludeWhenNull": "$.zero" }', 0],
  ])('%s gives %j', (mapping, expected) => {
    expect(map(mapping)).toEqual(expected);
  });

  it('keeps dropped fields out of the result altogether', () => {
    expect(Object.keys(map('{ "a": "$.gone", "b": 1 }') as object)).toEqual(['b']);
  });

  it('never throws, whatever the event', () => {
    const mapping = compileMapping(
      JSON.parse(`{
        "p": "$.a.b", "l": { "@arrayPath": ["$.a", { "x": "$.b", "y": { "@path": "$.c[0]" } }] },
        "c": { "@case": { "operator": "title", "value": "$.a" } }, "d": { "@path": { "@path": "$.a" } },
        "r": { "@replace": { "pattern": "a", "value": "$.a" } }, "t": { "@template": "{{a}}{{a.b}}" },
        "tt": { "@template": { "@path": "$.a" } }, "f": { "@flatten": { "separator": ".", "value": "$.a" } },
        "j": { "@json": { "mode": "decode", "value": "$.a" } }, "e": { "@json": { "mode": "encode", "value": "$.a" } },
        "m": { "@merge": { "direction": "left", "objects": ["$.a", "$."] } }, "n": { "@excludeWhenNull": "$.a" },
        "i": { "@if": { "blank": "$.a", "then": "$.a.b", "else": "$.b" } }, "co": "coalesce($.a.b, $.b)"
      }`) as Json,
    );
    const arbitrary = fc.oneof(
      fc.object({ key: fc.constantFrom('a', 'b', 'c', '__proto__', '$.a'), withNullPrototype: false }),
      fc.dictionary(fc.constantFrom('a', 'b'), fc.jsonValue()),
    );
    fc.assert(
      fc.property(arbitrary, (fields) => {
        const event = JSON.parse(JSON.stringify(fields)) as JsonObject;
        const before = structuredClone(event);
        const result = mapping(event);
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
        expect(event).toEqual(before);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a value that nests very deep', () => {
  const text = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;

  it.each([
    '{ "@flatten": { "separator": ".", "value": { "@json": { "mode": "decode", "value": "$.text" } } } }',
    '{ "@excludeWhenNull": { "@json": { "mode": "decode", "value": "$.text" } } }',
  ])('does not exhaust the stack in %s', (mapping) => {
    expect(map(mapping, { text })).toBeTypeOf('object');
  });
});

describe('a mapping for a kind that brings templates along', () => {
  const liquid = (template: string) =>
    template === 'name'
      ? (event: JsonObject) => (typeof event['userId'] === 'string' ? `<${event['userId']}>` : undefined)
      : null;
  const compile = (mapping: string) => compileMapping(JSON.parse(mapping) as Json, { liquid });

  it('has them rendered, of the element inside @arrayPath, and nothing where they find nothing', () => {
    const map = compile(
      '{ "a": { "@liquid": "name" }, "b": { "@arrayPath": ["$.list", { "c": { "@liquid": "name" } }] }, "d": { "@arrayPath": ["$.texts", { "@liquid": "name" }] } }',
    );
    expect(map({ userId: 'u', list: [{ userId: 'v' }, {}], texts: ['x'] })).toEqual({
      a: '<u>',
      b: [{ c: '<v>' }, {}],
      d: [],
    });
    expect(map({})).toEqual({});
  });

  it('takes no others', () => {
    for (const argument of ['"{{ userId }}"', '5', '{ "@path": "$.userId" }'])
      expect(() => compile(`{ "a": { "@liquid": ${argument} } }`)).toThrow(
        expect.objectContaining({
          field: 'mapping.a.@liquid',
          message: expect.stringContaining('own presets') as string,
        }),
      );
  });
});

describe('a mapping that is wrong', () => {
  it.each([
    ['{ "data": { "@path": "$.a", "x": 1 } }', 'mapping.data', 'has the directive @path and beside it x'],
    ['{ "data": { "@path": "$.a", "@case": {} } }', 'mapping.data', 'a directive stands alone'],
    ['{ "data": { "@liquid": "x" } }', 'mapping.data', 'unknown directive @liquid; known are @path'],
    ['{ "data": { "@path": 5 } }', 'mapping.data.@path', 'must be a path'],
    ['{ "data": { "@path": { "a": 1 } } }', 'mapping.data.@path', 'must be a path'],
    ['{ "data": "$.a..b" }', 'mapping.data', 'cannot be read as a path from "..b"'],
    ['{ "data": "$.a[x" }', 'mapping.data', 'cannot be read as a path from "[x"'],
    ['{ "data": "$.a." }', 'mapping.data', 'cannot be read as a path from "."'],
    ['{ "data": "coalesce($.a, b)" }', 'mapping.data', 'coalesce()'],
    ['{ "data": "coalesce($.a,, $.b)" }', 'mapping.data', 'empty option'],
    ['{ "data": "coalesce($.a, \\"b)" }', 'mapping.data', 'coalesce()'],
    ['{ "data": "coalesce()" }', 'mapping.data', 'coalesce()'],
    ['{ "data": [{ "@template": 1 }] }', 'mapping.data.0.@template', 'must be text'],
    ['{ "data": { "@template": { "@literal": "x" } } }', 'mapping.data.@template', 'must be text'],
    ['{ "data": { "@template": "{{a..b}}" } }', 'mapping.data.@template', 'cannot be read as a path'],
    ['{ "@if": { "then": 1 } }', 'mapping.@if', 'needs exists or blank'],
    ['{ "@if": { "exists": "$.a", "blank": "$.a", "then": 1 } }', 'mapping.@if', 'has both'],
    ['{ "@if": { "exists": "$.a" } }', 'mapping.@if', 'needs then, else or both'],
    ['{ "@if": { "exists": "$.a", "than": 1 } }', 'mapping.@if.than', 'is not known here'],
    ['{ "@if": { "exists": "$.a", "then": { "@path": 1 } } }', 'mapping.@if.then.@path', 'must be a path'],
    ['{ "@if": "$.a" }', 'mapping.@if', 'must be an object with the fields exists, blank, then, else'],
    ['{ "@arrayPath": "$.a" }', 'mapping.@arrayPath', 'must be [path, shape'],
    ['{ "@arrayPath": ["$.a", { "x": { "@nope": 1 } }] }', 'mapping.@arrayPath.1.x', 'unknown directive @nope'],
    ['{ "@case": { "operator": "shout", "value": "$.a" } }', 'mapping.@case.operator', 'must be one of lower, upper'],
    ['{ "@case": { "operator": "lower" } }', 'mapping.@case.value', 'is missing'],
    ['{ "@replace": { "pattern": "", "value": "$.a" } }', 'mapping.@replace.pattern', 'must not be empty'],
    ['{ "@replace": { "pattern": "a", "global": "yes", "value": "$.a" } }', 'mapping.@replace.global', 'true or false'],
    ['{ "@flatten": { "value": "$.a" } }', 'mapping.@flatten.separator', 'must be text'],
    ['{ "@json": { "mode": "x", "value": "$.a" } }', 'mapping.@json.mode', 'must be encode or decode'],
    ['{ "@merge": { "objects": [], "direction": "up" } }', 'mapping.@merge.direction', 'must be left or right'],
    ['{ "@merge": { "objects": "$.a", "direction": "left" } }', 'mapping.@merge.objects', 'must be a list'],
    [
      '{ "@merge": { "objects": [{ "@x": 1 }], "direction": "left" } }',
      'mapping.@merge.objects.0',
      'unknown directive',
    ],
    ['{ "@transform": { "apply": {} } }', 'mapping.@transform.mapping', 'is missing'],
    ['{ "a": { "__proto__": 1 } }', 'mapping.a.__proto__', 'is not a name'],
  ])('%s is refused at %s', (mapping, field, problem) => {
    expect(() => map(mapping)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        code: 'invalid_request',
        field,
        message: expect.stringContaining(problem),
      }),
    );
  });

  it('is refused when it nests too deep', () => {
    expect(() => map(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`)).toThrow('nests deeper than 100 levels');
  });
});
