// A customer of the demo's shop: who they are, with what they come, and what the shop knows of them by now.
import { campaigns, companies, firstNames, lastNames, places } from './catalogue.ts';
import type { Company, Place } from './catalogue.ts';
import type { DemoCall, DemoSource, Who } from './demo-call.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface Shopper {
  readonly number: number;
  readonly anonymousId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly place: Place;
  readonly surface: 'web' | 'app';
  readonly phone: 'ios' | 'android';
  /** Network address, of a range kept for documentation. */
  readonly ip: string;
  /** For whom they buy; null for themselves. */
  readonly company: Company | null;
  /** Null until they sign up. */
  userId: string | null;
  hasDevice: boolean;
  orders: number;
  spent: number;
}

export function newShopper(random: SeededRandom, number: number): Shopper {
  const firstName = random.pick(firstNames);
  const lastName = random.pick(lastNames);
  return {
    number,
    anonymousId: `anon-${number.toString().padStart(4, '0')}-${random.between(0x100000, 0xffffff).toString(16)}`,
    firstName,
    lastName,
    email: `${firstName}.${lastName}.${number}@example.com`.toLowerCase(),
    place: random.pick(places),
    surface: random.chance(0.35) ? 'app' : 'web',
    phone: random.chance(0.55) ? 'ios' : 'android',
    ip: `203.0.113.${random.between(1, 254)}`,
    company: random.chance(0.15) ? random.pick(companies) : null,
    userId: null,
    hasDevice: false,
    orders: 0,
    spent: 0,
  };
}

/** As whom the shop's programs know them. */
export function identityOf({ userId, anonymousId }: Shopper, source: DemoSource): Who {
  if (userId === null) return { anonymousId };
  return source === 'orders' ? { userId } : { userId, anonymousId };
}

export function traitsOf({ firstName, lastName, email, place, company, orders, spent }: Shopper) {
  return {
    email,
    firstName,
    lastName,
    city: place.city,
    country: place.country,
    timezone: place.timezone,
    plan: company ? 'business' : spent > 500 ? 'gold' : 'standard',
    orders,
    spent: Math.round(spent * 100) / 100,
    newsletter: orders > 0,
  };
}

/** The context that the browser, the app or the server would send. */
export function contextOf(
  shopper: Shopper,
  source: DemoSource,
  path: string,
  random: SeededRandom,
): DemoCall['context'] {
  const { place, ip, phone } = shopper;
  const common = { ip, locale: place.locale, timezone: place.timezone };
  if (source === 'orders') return {};
  if (source === 'app')
    return {
      ...common,
      app: { name: 'Millbrook', version: random.pick(['4.2.0', '4.2.1', '4.3.0']), build: '430' },
      os: phone === 'ios' ? { name: 'iOS', version: '26.1' } : { name: 'Android', version: '16' },
      device: {
        manufacturer: phone === 'ios' ? 'Apple' : 'Google',
        model: phone === 'ios' ? 'iPhone17,1' : 'Pixel 10',
        type: phone,
      },
      network: { wifi: random.chance(0.6), cellular: true },
    };
  return {
    ...common,
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
    page: { path, url: `https://shop.example.com${path}`, title: 'Millbrook Outdoor', referrer: '' },
    ...(random.chance(0.2) && { campaign: { name: random.pick(campaigns), source: 'email', medium: 'newsletter' } }),
  };
}
