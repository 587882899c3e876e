// What the demo configures over the control API: its sources, its destinations, an owner to sign in as.
import { randomToken } from '../lib/random.ts';
import { companyType } from './catalogue.ts';
import type { DemoSource } from './demo-call.ts';
import { servicePaths } from './demo-receiver.ts';

/** The part of a control API client that is needed here. */
export interface Control {
  /** The parsed answer to a call of `/api/v1/<path>`; rejects when it is refused. */
  call<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<T>;
}

interface Named {
  readonly id: string;
  readonly name: string;
}
interface Page<T> {
  readonly items: readonly T[];
}

type DemoKey = DemoSource | 'till';

/** Keys known beforehand, so that a folder can be shown again: the demo listens on loopback only. */
export const demoKeys: Readonly<Record<DemoKey, string>> = {
  web: 'us_demo_web_shop_key',
  app: 'us_demo_mobile_app_key',
  orders: 'us_demo_order_service_key',
  till: 'us_demo_old_till_key',
};

const sources: Readonly<Record<DemoKey, object>> = {
  web: { name: 'Web shop', kind: 'javascript' },
  app: { name: 'Mobile app', kind: 'reactnative' },
  orders: { name: 'Order service', kind: 'node', family: 'segment' },
  till: { name: 'Old till', kind: 'http' },
};

const send = (trigger: string) => [{ kind: 'send', name: 'Send', trigger, mapping: { data: { '@path': '$.' } } }];

/** Adds sources and destinations; the first source is the one that the server made with the web shop's key. */
export async function configureDemo(control: Control, receiverUrl: string, archive: string): Promise<void> {
  const { items } = await control.call<Page<Named>>('GET', 'sources');
  for (const [name, fields] of Object.entries(sources) as [DemoKey, object][]) {
    const [first] = items;
    if (name === 'web' && first) await control.call('PATCH', `sources/${first.id}`, fields);
    else await control.call('POST', 'sources', { ...fields, key: demoKeys[name] });
  }
  const destinations = [
    { kind: 'webhook', name: 'Shop insights', settings: { url: receiverUrl + servicePaths.insights, batch: true } },
    {
      kind: 'webhook',
      name: 'Order desk',
      settings: { url: receiverUrl + servicePaths.orderDesk },
      actions: send('type = "track" and (event = "Order Completed" or event = "Order Refunded")'),
    },
    {
      kind: 'webhook',
      name: 'Loyalty points',
      settings: { url: receiverUrl + servicePaths.loyalty },
      actions: send('type = "track" and (event = "Signed Up" or event = "Order Completed" or event = "Product Added")'),
    },
    { kind: 'files', name: 'Event archive', settings: { folder: archive, fileWaitMs: 2000 } },
  ];
  for (const destination of destinations) await control.call('POST', 'destinations', destination);
}

/** Points the webhooks of a folder that is shown again at where the receiver listens now. */
export async function redirectDemo(control: Control, receiverUrl: string): Promise<void> {
  const { items } = await control.call<Page<Named & { readonly settings: { readonly url?: string } }>>(
    'GET',
    'destinations',
  );
  for (const { id, settings } of items) {
    if (settings.url === undefined) continue;
    const url = receiverUrl + new URL(settings.url).pathname;
    await control.call('PATCH', `destinations/${id}`, { settings: { ...settings, url } });
  }
}

/** Gives the objects' type its name, once there are objects. */
export async function nameCompanies(control: Control): Promise<void> {
  await control.call('PATCH', `object-types/${companyType}`, { name: 'Companies' });
}

export interface DemoOwner {
  readonly email: string;
  readonly password: string;
}

/** An owner with a new password, which also ends the sessions of an earlier run. */
export async function makeOwner(control: Control): Promise<DemoOwner> {
  const { link } = await control.call<{ readonly link: string }>('POST', 'set-up/owner-link');
  const owner = { email: 'demo@example.com', password: `demo-${randomToken(12)}` };
  await control.call('POST', 'set-up', {
    token: new URL(link).searchParams.get('token'),
    name: 'Demo',
    ...owner,
  });
  return owner;
}
