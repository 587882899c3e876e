// One visit to the demo's shop, from the first page to the order: the calls that browser, app and order service make.
import { companyType, products } from './catalogue.ts';
import type { Product } from './catalogue.ts';
import type { DemoCall, DemoSource } from './demo-call.ts';
import type { SeededRandom } from './seeded-random.ts';
import { contextOf, identityOf, traitsOf } from './shopper.ts';
import type { Shopper } from './shopper.ts';

type Draft = Omit<DemoCall, 'messageId'>;
type Properties = Extract<DemoCall['what'], { type: 'track' }>['properties'];

const currency = 'EUR';
const round = (amount: number): number => Math.round(amount * 100) / 100;
const lineOf = ({ id, name, category, price }: Product, quantity: number) => ({
  product_id: id,
  sku: id,
  name,
  category,
  price,
  quantity,
});

/** The calls of a visit that begins at `start` (ms), in order; the shopper may sign up and order on the way. */
export function visit(shopper: Shopper, start: number, random: SeededRandom): Draft[] {
  const calls: Draft[] = [];
  const { surface } = shopper;
  let at = start;
  const add = (source: DemoSource, what: DemoCall['what'], path = '/', more: DemoCall['context'] = {}): void => {
    const context = { ...contextOf(shopper, source, path, random), ...more };
    calls.push({ source, at, who: identityOf(shopper, source), what, context });
    at += random.between(4, 45) * 1000;
  };
  const track = (event: string, properties: Properties = {}, source: DemoSource = surface): void =>
    add(source, { type: 'track', event, properties }, '/basket');
  const look = (name: string, path: string): void =>
    add(surface, { type: surface === 'web' ? 'page' : 'screen', name, properties: { path } }, path);

  if (surface === 'app') {
    track('Application Opened', { from_background: random.chance(0.4), version: '4.3.0' });
    if (!shopper.hasDevice && shopper.userId !== null) {
      shopper.hasDevice = true;
      const token = `${shopper.phone}-token-${shopper.number.toString().padStart(5, '0')}`;
      const device = { token, type: shopper.phone };
      add('app', { type: 'track', event: 'Device Created or Updated', properties: {} }, '/', { device });
    }
  }
  look('Home', '/');
  const first = random.pick(products);
  look(first.category, `/${first.category.toLowerCase()}`);
  if (random.chance(0.25)) track('Products Searched', { query: first.name.split(' ').at(-1) ?? first.name });

  const basket: { readonly item: Product; readonly quantity: number }[] = [];
  for (let seen = random.between(1, 3); seen > 0; seen--) {
    const item = seen === 1 ? first : random.pick(products);
    track('Product Viewed', { ...lineOf(item, 1), currency });
    if (!random.chance(0.4) || basket.some((line) => line.item === item)) continue;
    const quantity = item.price < 50 ? random.between(1, 3) : 1;
    basket.push({ item, quantity });
    track('Product Added', { ...lineOf(item, quantity), currency, cart_id: `cart-${shopper.number}` });
  }

  const goesOn = basket.length > 0 && random.chance(0.7);
  if (shopper.userId === null && (goesOn || random.chance(0.08))) signUp();
  if (!goesOn) return calls;
  const lines = basket.map(({ item, quantity }) => lineOf(item, quantity));
  const value = round(basket.reduce((sum, { item, quantity }) => sum + item.price * quantity, 0));
  track('Checkout Started', { value, currency, products: lines });
  if (random.chance(0.65)) order(lines, value);
  return calls;

  function signUp(): void {
    shopper.userId = `c-${1000 + shopper.number}`;
    add(surface, { type: 'identify', traits: traitsOf(shopper) }, '/account');
    track('Signed Up', { method: random.pick(['email', 'apple', 'google']) });
    if (shopper.company === null) return;
    const { id, ...company } = shopper.company;
    const relationshipAttributes = { role: random.pick(['buyer', 'approver', 'guide']) };
    const traits = { ...company, objectTypeId: companyType, relationshipAttributes };
    add(surface, { type: 'group', groupId: id, traits }, '/account');
  }

  function order(lines: readonly ReturnType<typeof lineOf>[], value: number): void {
    const shipping = value > 100 ? 0 : 6.9;
    const total = round(value + shipping);
    shopper.orders++;
    shopper.spent += total;
    const order_id = `o-${shopper.number}-${shopper.orders}`;
    const { city, country } = shopper.place;
    // What the order desk refuses: now and then the checkout forgets the country.
    const ship_to = random.chance(0.04) ? { city } : { city, country };
    const bought = { order_id, total, revenue: value, shipping, currency, ship_to, products: [...lines] };
    track('Order Completed', bought, 'orders');
    add('orders', { type: 'identify', traits: traitsOf(shopper) });
    if (random.chance(0.05)) {
      at += random.between(1, 9) * 60_000;
      track('Order Refunded', { order_id, total, currency }, 'orders');
    }
  }
}
