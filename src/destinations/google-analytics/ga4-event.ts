// Turns a track call into the one GA4 event it is: a semantic event becomes Google's own recommended event with its
// parameters and items, everything else a custom event under its own name.
// Google's events: https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference/events
import { recognise } from '../../event/semantic/recognise.ts';
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { ga4Limits, toEventName, toParams } from './ga4-names.ts';

export interface Ga4Event {
  readonly name: string;
  readonly params: JsonObject;
}

/** Google's name of a semantic event and what it makes of the properties. */
interface Counterpart {
  readonly name: string;
  /** Google's parameter by the property it is read from; the first that is there wins. */
  readonly params: Readonly<Record<string, readonly string[]>>;
  /** Where the items are: a list of products, or the event's properties as the only one. */
  readonly items?: 'products' | 'self';
  readonly constants?: JsonObject;
}

const money = { currency: ['currency'], value: ['value', 'revenue', 'total'], coupon: ['coupon'] };
const order = {
  ...money,
  transaction_id: ['order_id'],
  tax: ['tax'],
  shipping: ['shipping'],
  affiliation: ['affiliation'],
};
const list = { item_list_id: ['list_id'], item_list_name: ['category', 'list_name'] };
const promotion = {
  promotion_id: ['promotion_id'],
  promotion_name: ['name'],
  creative_name: ['creative'],
  creative_slot: ['position'],
};
const video = {
  video_title: ['title'],
  video_provider: ['publisher'],
  video_duration: ['total_length'],
  video_current_time: ['position'],
};

const counterparts: Readonly<Record<string, Counterpart>> = {
  'Products Searched': { name: 'search', params: { search_term: ['query'] } },
  'Product List Viewed': { name: 'view_item_list', params: list, items: 'products' },
  'Promotion Viewed': { name: 'view_promotion', params: promotion },
  'Promotion Clicked': { name: 'select_promotion', params: promotion },
  'Product Clicked': { name: 'select_item', params: { item_list_id: ['list_id'] }, items: 'self' },
  'Product Viewed': { name: 'view_item', params: { currency: ['currency'], value: ['value'] }, items: 'self' },
  'Product Added': { name: 'add_to_cart', params: { currency: ['currency'], value: ['value'] }, items: 'self' },
  'Product Removed': { name: 'remove_from_cart', params: { currency: ['currency'], value: ['value'] }, items: 'self' },
  'Product Added to Wishlist': {
    name: 'add_to_wishlist',
    params: { currency: ['currency'], value: ['value'] },
    items: 'self',
  },
  'Cart Viewed': { name: 'view_cart', params: money, items: 'products' },
  'Checkout Started': { name: 'begin_checkout', params: money, items: 'products' },
  'Payment Info Entered': {
    name: 'add_payment_info',
    params: { ...money, payment_type: ['payment_method'] },
    items: 'products',
  },
  'Order Completed': { name: 'purchase', params: order, items: 'products' },
  'Order Refunded': { name: 'refund', params: { ...order, value: ['value', 'total', 'revenue'] }, items: 'products' },
  'Product Shared': {
    name: 'share',
    params: { method: ['share_via'], item_id: ['product_id', 'sku'] },
    constants: { content_type: 'product' },
  },
  'Cart Shared': {
    name: 'share',
    params: { method: ['share_via'], item_id: ['cart_id'] },
    constants: { content_type: 'cart' },
  },
  'Signed Up': { name: 'sign_up', params: { method: ['type'] } },
  'Signed In': { name: 'login', params: { method: ['method'] } },
  'Video Content Started': { name: 'video_start', params: video },
  'Video Content Playing': { name: 'video_progress', params: video },
  'Video Content Completed': { name: 'video_complete', params: video },
};

/** Google's parameters of an item, by ours. */
const itemParams: Readonly<Record<string, readonly string[]>> = {
  item_id: ['product_id', 'sku'],
  item_name: ['name'],
  item_brand: ['brand'],
  item_category: ['category'],
  item_variant: ['variant'],
  affiliation: ['affiliation'],
  coupon: ['coupon'],
  discount: ['discount'],
  price: ['price'],
  quantity: ['quantity'],
  index: ['position'],
};
/** Properties that are spent on the items, or would only repeat them. */
const itemProperties: ReadonlySet<string> = new Set([
  'products',
  'url',
  'image_url',
  ...Object.values(itemParams).flat(),
]);

/** Pure. `currency` stands in where the event has an amount and no currency of its own. */
export function toGa4Event(eventName: string, properties: JsonObject, currency?: string): Ga4Event {
  const counterpart = counterparts[recognise(eventName)?.event.name ?? ''];
  return counterpart
    ? toOwnEvent(counterpart, properties, currency)
    : { name: toEventName(eventName), params: toParams(properties) };
}

function toOwnEvent(counterpart: Counterpart, properties: JsonObject, currency?: string): Ga4Event {
  const { name, params, items: where, constants } = counterpart;
  const own = { ...constants, ...pick(properties, params) };
  const items = where === undefined ? [] : toItems(where === 'self' ? [properties] : properties['products']);
  if ('value' in params && own['value'] === undefined && where === 'self') own['value'] = amount(items);
  if (own['value'] !== undefined && own['currency'] === undefined) own['currency'] = currency;
  const spent = new Set(Object.values(params).flat());
  const rest = Object.entries(properties).filter(
    ([key]) => !spent.has(key) && !(key in own) && !(where !== undefined && itemProperties.has(key)),
  );
  const all = toParams({ ...own, ...Object.fromEntries(rest) });
  return { name, params: items.length === 0 ? all : { ...withRoomForItems(all), items } };
}

/** The items count as one of the parameters. */
const withRoomForItems = (params: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(params).slice(0, ga4Limits.params - 1));

function toItems(products: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(products)) return [];
  return (products as readonly Json[])
    .filter(isObject)
    .slice(0, ga4Limits.items)
    .map((product) => toParams(pick(product, itemParams)))
    .filter((item) => item['item_id'] !== undefined || item['item_name'] !== undefined);
}

function amount([item]: readonly JsonObject[]): Json | undefined {
  const { price, quantity = 1 } = item ?? {};
  return typeof price === 'number' && typeof quantity === 'number' ? price * quantity : undefined;
}

function pick(from: JsonObject, names: Readonly<Record<string, readonly string[]>>): Record<string, Json | undefined> {
  const found: Record<string, Json | undefined> = {};
  for (const [name, sources] of Object.entries(names)) {
    const source = sources.find((each) => Object.hasOwn(from, each) && from[each] !== null && from[each] !== '');
    if (source !== undefined) found[name] = amounts.has(name) ? toAmount(from[source]) : from[source];
  }
  return found;
}

/** Google adds these up, and takes no notice of text in them. */
const amounts: ReadonlySet<string> = new Set(['value', 'tax', 'shipping', 'discount', 'price', 'quantity']);

const toAmount = (value: Json | undefined): Json | undefined =>
  typeof value === 'string' && /^\s*-?\d+(?:\.\d+)?\s*$/.test(value) ? Number(value) : value;
