// Calls and settings with something in every place, for trying all destinations of the pack.
import { eventVersion } from '../../src/event/canonical-event.ts';
import type { CanonicalEvent } from '../../src/event/canonical-event.ts';
import { semanticEvents } from '../../src/event/semantic/recognise.ts';
import { isObject } from '../../src/lib/json.ts';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import type { CatalogueAction, CatalogueKind, CatalogueSetting } from './catalogue.ts';

const person = {
  email: 'ada@example.com',
  phone: '+14155550123',
  first_name: 'Ada',
  last_name: 'Lovelace',
  firstName: 'Ada',
  lastName: 'Lovelace',
  name: 'Ada Lovelace',
  createdAt: '2026-01-01T00:00:00.000Z',
  plan: 'pro',
  address: { city: 'London', country: 'GB', state: 'LND', postalCode: 'N1', street: '1 Main' },
};
const product = {
  product_id: 'p1',
  sku: 's1',
  name: 'Mug',
  brand: 'B',
  category: 'Kitchen',
  variant: 'blue',
  price: 12.5,
  quantity: 2,
  currency: 'USD',
  url: 'https://example.com/p1',
  image_url: 'https://example.com/p1.png',
  position: 1,
};
const properties: JsonObject = {
  ...product,
  ...person,
  order_id: 'o1',
  checkout_id: 'c1',
  cart_id: 'cart1',
  total: 30,
  subtotal: 25,
  revenue: 25,
  value: 25,
  tax: 5,
  shipping: 1,
  discount: 0,
  coupon: 'SPRING',
  products: [product],
  query: 'mug',
  list_id: 'l1',
  path: '/p1',
  title: 'Mug',
  referrer: 'https://google.com/',
  search: '?q=1',
};
const context: JsonObject = {
  ip: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36',
  locale: 'en-US',
  timezone: 'Europe/London',
  page: { url: 'https://example.com/p1', path: '/p1', title: 'Mug', referrer: 'https://google.com/', search: '?q=1' },
  app: { name: 'App', version: '1.2.3', build: '7', namespace: 'com.example.app' },
  device: {
    id: 'd1',
    type: 'ios',
    token: 't1',
    advertisingId: '7A3CBEA0-BDF5-11E4-8DFC-AA07A5B093DB',
    model: 'iPhone',
    manufacturer: 'Apple',
    adTrackingEnabled: true,
  },
  os: { name: 'iOS', version: '18.1' },
  library: { name: 'analytics.js', version: '2.1.0' },
  traits: person,
  groupId: 'g1',
  campaign: { name: 'spring', source: 'news', medium: 'email' },
};

let count = 0;
const event = (fields: Partial<CanonicalEvent> & Pick<CanonicalEvent, 'type'>): CanonicalEvent => ({
  messageId: `message-${count++}`,
  userId: '0b5e2d3c-9a2f-4a8e-8f0e-3d1f0a6c7b11',
  anonymousId: '23adfd82-aa0f-45a7-a756-24f2a7a4c895',
  timestamp: '2026-03-01T12:00:00.000Z',
  receivedAt: '2026-03-01T12:00:00.250Z',
  context,
  sentAt: '2026-03-01T12:00:00.200Z',
  integrations: {},
  version: eventVersion,
  ...fields,
});

/** Names that the destinations' own triggers wait for. */
const namesInTriggers = [
  'Conversion Completed',
  'Add or Update Contact',
  'updated',
  'new',
  'Lead Updated',
  'Call Completed',
  'User Deleted',
];

export const sampleEvents: readonly CanonicalEvent[] = [
  event({ type: 'identify', traits: { ...person, group_id: 'g1' } }),
  event({
    type: 'group',
    groupId: 'g1',
    traits: { name: 'Acme', email: 'acme@example.com', plan: 'pro', website: 'https://acme.example.com' },
  }),
  event({ type: 'alias', previousId: 'u0' }),
  event({ type: 'page', name: 'Mug', properties }),
  event({ type: 'screen', name: 'Cart', properties }),
  ...['Something Of Ours', ...namesInTriggers, ...semanticEvents.map(({ name }) => name)].map((name) =>
    event({ type: 'track', event: name, properties }),
  ),
];

/** The payload with something in each required field that the default mapping leaves to the user. */
export const completed = (payload: JsonObject, { fields }: CatalogueAction): JsonObject => ({
  ...Object.fromEntries(
    Object.entries(fields).flatMap(([name, { required, schema }]) => (required ? [[name, sampleOf(schema)]] : [])),
  ),
  ...payload,
});

function sampleOf({ type, examples, properties, items, title, format }: JsonObject): Json {
  const label = typeof title === 'string' ? title : '';
  if (format === 'uri' || format === 'uri-reference') return 'https://example.com/';
  if (Array.isArray(examples) && examples.length > 0) return (examples as readonly Json[])[0] ?? null;
  if (type === 'array') return isObject(items) ? [sampleOf(items)] : [];
  if (type === 'object')
    return isObject(properties)
      ? Object.fromEntries(
          Object.entries(properties).map(([name, part]) => [name, isObject(part) ? sampleOf(part) : null]),
        )
      : { key: 'value' };
  if (type === 'number' || type === 'integer') return 1;
  if (type === 'boolean') return true;
  if (format === 'date-time') return '2026-03-01T12:00:00.000Z';
  if (/phone|^to$|from/i.test(label)) return '+14155550123';
  return /email/i.test(label) ? 'ada@example.com' : '1234567890';
}

/** Keys whose form the destination itself looks at, and settings that only one of several ways to sign in needs. */
const special: Readonly<Record<string, JsonObject>> = {
  ortto: { api_key: 'pau-1234567890' },
  salesforce: { instanceUrl: 'https://vendor.my.salesforce.com', isSandbox: false },
};

export const dummySettings = ({ settings, auth, directory }: CatalogueKind): JsonObject => ({
  ...(special[directory] ??
    Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, dummySetting(name, setting)]))),
  ...(auth === 'oauth' && { oauth: { accessToken: 'token' } }),
});

function dummySetting(name: string, { type, choices, default: fallback }: CatalogueSetting): Json {
  if (fallback !== undefined) return fallback;
  if (type === 'boolean') return false;
  if (type === 'number') return 1;
  if (choices) return choices[0] ?? '';
  if (/url|endpoint|uri|host/i.test(name)) return 'https://vendor.example.com';
  return /email/i.test(name) ? 'ada@example.com' : '1234567890';
}
