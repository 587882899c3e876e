// The calls of the load: prebuilt HTTP requests in which only the ids are patched, so that sending costs next to nothing.
//
// Mix, by the event's running number: 20 % identify, 70 % track, 4 % page, 2 % screen, 4 % group. A body of about 0.4 KB
// without pretty spaces. messageId is `<12 characters of the run>-<16 hex digits of the running number>`, userId
// `user-<8 digits>`, spread over the people by a stride, so that neighbours in the stream are different people.

export const mixDescription = '20 % identify, 70 % track, 4 % page, 2 % screen, 4 % group; 0.4 KB each';

export interface CallOptions {
  readonly host: string;
  readonly key: string;
  /** 12 characters that no other run uses. */
  readonly run: string;
  readonly people: number;
}

const messageIdHole = 'MMMMMMMMMMMMMMMM';
const userIdHole = 'UUUUUUUU';
const peopleStride = 7919;

type CallType = 'identify' | 'track' | 'page' | 'screen' | 'group';

const typeOf = (n: number): CallType => {
  const place = n % 50;
  if (place % 5 === 0) return 'identify';
  if (place === 6 || place === 31) return 'page';
  if (place === 16) return 'screen';
  return place === 21 || place === 46 ? 'group' : 'track';
};

const traits = { email: `user-${userIdHole}@example.com`, plan: 'business', firstName: 'Ada', logins: 42 };
const properties = { sku: 'SKU-000-4711', price: 129.9, currency: 'EUR', quantity: 2, path: '/checkout/complete' };
const ownFields: Readonly<Record<CallType, Readonly<Record<string, unknown>>>> = {
  identify: { traits: { ...traits, company: 'Example Works', note: 'one of the people of the load' } },
  track: { event: 'Order Completed', properties: { ...properties, note: 'an event of the load' } },
  page: { name: 'Checkout', properties: { ...properties, url: 'https://example.com/checkout' } },
  screen: { name: 'Checkout', properties: { ...properties, previous: 'Basket' } },
  group: { groupId: `account-${userIdHole}`, traits: { name: 'Example Works', employees: 1200, city: 'Leeds' } },
};

const bodyOf = (type: CallType, run: string): Readonly<Record<string, unknown>> => ({
  type,
  messageId: `${run}-${messageIdHole}`,
  userId: `user-${userIdHole}`,
  timestamp: new Date().toISOString(),
  context: { library: { name: 'bench', version: '1.0.0' }, locale: 'en-GB', timezone: 'Europe/London' },
  ...ownFields[type],
});

/** A request whose ids can be set. */
export class PatchableRequest {
  readonly bytes: Buffer;
  readonly events: number;
  readonly #messageIdAt: readonly number[];
  readonly #userIdAt: readonly (readonly number[])[];
  readonly #people: number;

  constructor(bytes: Buffer, people: number) {
    this.bytes = bytes;
    this.#people = people;
    this.#messageIdAt = placesOf(bytes, messageIdHole);
    this.events = this.#messageIdAt.length;
    // The user ids of one event stand between its messageId and the next one's.
    const userIds = placesOf(bytes, userIdHole);
    this.#userIdAt = this.#messageIdAt.map((at, index) => {
      const end = this.#messageIdAt[index + 1] ?? bytes.length;
      return userIds.filter((place) => place > at && place < end);
    });
  }

  /** Gives its events the running numbers from `n` on. */
  patch(n: number): Buffer {
    const { bytes } = this;
    for (let index = 0; index < this.events; index++) {
      const number = n + index;
      writeHex(bytes, this.#messageIdAt[index]!, number);
      const person = (number * peopleStride) % this.#people;
      for (const at of this.#userIdAt[index]!) writeDecimal(bytes, at, person);
    }
    return bytes;
  }
}

/** Makes requests of `events` events each; those of one event go to their own route, more go to /v1/batch. */
export function requestMaker(options: CallOptions, events: number): (n: number) => PatchableRequest {
  const made = new Map<string, PatchableRequest>();
  return (n) => {
    const shape = events === 1 ? typeOf(n) : String(n % 50);
    let request = made.get(shape);
    if (!request) {
      const bodies = Array.from({ length: events }, (_, index) => bodyOf(typeOf(n + index), options.run));
      const route = events === 1 ? typeOf(n) : 'batch';
      request = new PatchableRequest(
        httpRequest(route, events === 1 ? bodies[0] : { batch: bodies }, options),
        options.people,
      );
      made.set(shape, request);
    }
    return request;
  };
}

function httpRequest(route: string, body: unknown, options: CallOptions): Buffer {
  const bytes = Buffer.from(JSON.stringify(body));
  const head = [
    `POST /v1/${route} HTTP/1.1`,
    `Host: ${options.host}`,
    'Connection: keep-alive',
    'Content-Type: application/json',
    `Authorization: Basic ${Buffer.from(`${options.key}:`).toString('base64')}`,
    `Content-Length: ${bytes.length}`,
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head), bytes]);
}

function placesOf(bytes: Buffer, hole: string): number[] {
  const places: number[] = [];
  for (let at = bytes.indexOf(hole); at >= 0; at = bytes.indexOf(hole, at + hole.length)) places.push(at);
  return places;
}

function writeHex(bytes: Buffer, at: number, number: number): void {
  let rest = number;
  for (let place = at + 15; place >= at; place--) {
    const digit = rest % 16;
    bytes[place] = digit < 10 ? 48 + digit : 87 + digit;
    rest = (rest - digit) / 16;
  }
}

function writeDecimal(bytes: Buffer, at: number, number: number): void {
  let rest = number;
  for (let place = at + 7; place >= at; place--) {
    bytes[place] = 48 + (rest % 10);
    rest = Math.floor(rest / 10);
  }
}
