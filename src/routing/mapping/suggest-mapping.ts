// Suggests what an action's mapping could read from a semantic event: fields that nothing fills yet, filled from the
// properties that the catalogue has for the event, where both go by the same or a like name. A suggestion, for people
// to look at; nothing is mapped by it unasked.
import type { Properties, SemanticEvent } from '../../event/semantic/semantic-event.ts';
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { snakeCase } from '../../lib/word-case.ts';

export interface Suggestion {
  /** Name of the action's field. */
  readonly field: string;
  readonly mapping: Json;
  /** Properties of the event that it reads, such as `properties.order_id`. */
  readonly from: readonly string[];
}

/** Names that tools have for the same thing; earlier ones are preferred where an event has several. */
const alike: readonly (readonly string[])[] = [
  ['order_id', 'transaction_id', 'purchase_id', 'order_number'],
  ['total', 'revenue', 'value', 'amount', 'purchase_value', 'order_value', 'purchase_amount'],
  ['products', 'items', 'contents', 'line_items', 'cart_lines'],
  ['product_id', 'sku', 'item_id', 'content_id', 'product'],
  ['name', 'item_name', 'product_name', 'content_name', 'title'],
  ['query', 'search_term', 'search_string', 'search_query', 'keywords'],
  ['coupon', 'coupon_id', 'coupon_name', 'coupon_code', 'discount_code', 'promo_code'],
  ['category', 'item_category', 'content_category', 'product_category'],
  ['image_url', 'product_image_url', 'image'],
  ['quantity', 'item_quantity', 'qty', 'num_items'],
  ['price', 'item_price', 'unit_price'],
  ['brand', 'item_brand', 'product_brand'],
  ['variant', 'item_variant', 'product_variant'],
  ['shipping', 'shipping_cost', 'shipping_price'],
  ['tax', 'tax_amount', 'total_tax'],
  ['discount', 'total_discount', 'total_discounts', 'discount_amount'],
];

/**
 * Names that mean something else in most actions than in an event: where to send, as whom, what kind of call. A URL of
 * an event must never become the address that is called.
 */
const meansOther: ReadonlySet<string> = new Set(
  'url link channel username name title type action role reason method email phone description position'.split(' '),
);

/**
 * Suggestions for the fields (JSON schema of an object) that `given` leaves empty, in the order of the schema.
 * Properties are read as the catalogue names them.
 */
export function suggestMapping(fields: JsonObject, given: JsonObject, event: SemanticEvent): readonly Suggestion[] {
  return Object.entries(partsOf(fields)).flatMap(([field, schema]) => {
    if (given[field] !== undefined || meansOther.has(snakeCase(field)) || !isObject(schema)) return [];
    const names = propertiesFor(field, schema, event.properties);
    const [first] = names;
    if (first === undefined) return [];
    const paths = names.map((name) => `$.properties.${name}`);
    const mapping = names.length > 1 ? `coalesce(${paths.join(', ')})` : read(first, schema, event.properties);
    return [{ field, mapping, from: names.map((name) => `properties.${name}`) }];
  });
}

/** Names of the properties that a field may be filled from, the likeliest first. */
function propertiesFor(field: string, schema: JsonObject, properties: Properties): readonly string[] {
  const wanted = snakeCase(field);
  const group = alike.find((names) => names.includes(wanted)) ?? [];
  const names = [...new Set([wanted, ...group])].filter((name) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return property && (property.type === 'list') === (schema['type'] === 'array');
  });
  // A list is mapped element by element, which a choice of several cannot be.
  return schema['type'] === 'array' ? names.slice(0, 1) : names;
}

/** The property itself, or where its elements are told apart, a shape for each. */
function read(name: string, schema: JsonObject, properties: Properties): Json {
  const path = `$.properties.${name}`;
  const elements = properties[name]?.properties;
  const items = schema['items'];
  if (!elements || !isObject(items)) return path;
  const shape = Object.entries(partsOf(items)).flatMap(([field, part]): [string, Json][] => {
    const [found] = isObject(part) ? propertiesFor(field, part, elements) : [];
    return found === undefined ? [] : [[field, { '@path': `$.${found}` }]];
  });
  return shape.length === 0 ? path : { '@arrayPath': [path, Object.fromEntries(shape)] };
}

const partsOf = ({ properties }: JsonObject): JsonObject => (isObject(properties) ? properties : {});
