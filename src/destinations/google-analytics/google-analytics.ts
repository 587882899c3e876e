// Google Analytics 4 over the Measurement Protocol: web streams (gtag) and app streams (Firebase).
//
// Exactly one event goes out for each call that an action takes, and the actions' triggers exclude each other, so nothing
// is counted twice. Google answers 2xx to everything, also to what it drops; so what it would drop is refused or made to
// fit here (ga4-names.ts), and the mapping from semantic events is in ga4-event.ts.
import { z } from 'zod';
import { effectOnlyEvents, semanticAliases } from '../../event/semantic-events.ts';
import type { JsonObject } from '../../lib/json.ts';
import { secret } from '../destination.ts';
import type { ActionKind, DestinationKind, SendContext, SendItem, TestResult } from '../destination.ts';
import { SendFailure, toOutcome } from '../outcome.ts';
import type { Outcome } from '../outcome.ts';
import { optionalObject, optionalText, requiredText } from '../payload-fields.ts';
import { commonFields, commonMapping } from './common-fields.ts';
import type { CommonPayload } from './common-fields.ts';
import { examples } from './examples.ts';
import { toGa4Event } from './ga4-event.ts';
import type { Ga4Event } from './ga4-event.ts';
import { toEventName, toParams, toUserProperties } from './ga4-names.ts';

const settings = z.object({
  streamId: z
    .string()
    .regex(/^(?:G-[A-Z0-9]{4,}|\d+:\d+:(?:ios|android|web):[0-9a-f]+)$/, {
      error: 'must be a measurement ID such as G-XXXXXXXXXX or a Firebase app ID such as 1:1234:ios:321abc',
    })
    .meta({
      title: 'Stream',
      description: 'Measurement ID (G-…) of a web stream, or Firebase app ID (1:…) of an app.',
    }),
  apiSecret: secret(z.string().min(1)).meta({
    title: 'API secret',
    description: 'From the data stream’s Measurement Protocol API secrets.',
    secret: true,
  }),
  collection: z
    .enum(['global', 'eu'])
    .default('global')
    .meta({ title: 'Collection', description: 'Where Google takes the events in: anywhere, or in the EU only.' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, { error: 'must be three capitals such as EUR' })
    .optional()
    .meta({ title: 'Currency', description: 'Of amounts in events that name none.' }),
  endpoint: z
    .url({ protocol: /^https?$/, error: 'must be an http or https address' })
    .optional()
    .meta({ title: 'Endpoint', description: 'Used instead of Google’s address, such as that of a proxy.' }),
});
type Settings = z.output<typeof settings>;

const hosts = { global: 'https://www.google-analytics.com', eu: 'https://region1.google-analytics.com' } as const;

interface Described<Fields extends z.ZodObject> extends Pick<
  ActionKind<Settings, Fields>,
  'slug' | 'name' | 'description' | 'fields' | 'defaultTrigger' | 'defaultMapping'
> {
  readonly toEvent: (payload: z.output<Fields>, settings: Settings) => Ga4Event;
}

/** An action that sends one event. */
function eventAction<Fields extends typeof commonFields>(definition: Described<Fields>): ActionKind<Settings, Fields> {
  const { toEvent, ...described } = definition;
  return {
    ...described,
    mode: () => ({ mode: 'single' }),
    send: async ([item]: readonly SendItem<z.output<Fields>>[], context) =>
      item ? [await sendEvent(toEvent(item.payload, context.settings), item.payload, context)] : [],
  };
}

const collectUrl = ({ streamId, apiSecret, collection, endpoint }: Settings, path: string): string => {
  const url = new URL(path, endpoint ?? hosts[collection]);
  url.searchParams.set(streamId.startsWith('G-') ? 'measurement_id' : 'firebase_app_id', streamId);
  url.searchParams.set('api_secret', apiSecret);
  return url.href;
};

async function sendEvent(event: Ga4Event, common: CommonPayload, context: SendContext<Settings>): Promise<Outcome> {
  const body = toBody(event, common, context.settings);
  if (typeof body === 'string') return { result: 'failed', reason: body };
  const response = await context.request({
    method: 'POST',
    url: collectUrl(context.settings, '/mp/collect'),
    headers: { 'content-type': 'application/json', 'user-agent': 'Leat' },
    body: JSON.stringify(body),
  });
  return toOutcome(response, context.clock.now());
}

/** The request's body, or a sentence saying why there is none. */
function toBody(event: Ga4Event, common: CommonPayload, { streamId }: Settings): JsonObject | string {
  const web = streamId.startsWith('G-');
  const id = web ? common.client_id : common.app_instance_id;
  if (id === undefined)
    return `Google drops events without ${web ? 'a client ID' : 'an app instance ID'}. Map one to ${web ? 'client_id' : 'app_instance_id'}.`;
  const properties = toUserProperties(common.user_properties);
  const { session_id, engagement_time_msec } = common;
  return {
    [web ? 'client_id' : 'app_instance_id']: id,
    ...(common.user_id !== undefined && { user_id: common.user_id }),
    ...(common.timestamp !== undefined && { timestamp_micros: common.timestamp * 1000 }),
    ...(Object.keys(properties).length > 0 && { user_properties: properties }),
    ...(Object.keys(common.consent).length > 0 && { consent: common.consent }),
    ...(common.ip_override !== undefined && { ip_override: common.ip_override }),
    events: [
      {
        name: event.name,
        params: { ...(session_id !== undefined && { session_id }), engagement_time_msec, ...event.params },
      },
    ],
  };
}

const withCommon = <Shape extends z.ZodRawShape>(shape: Shape) => commonFields.extend(shape);

const notForAnalytics = [...effectOnlyEvents, ...semanticAliases.keys()];

const trackEvent = eventAction({
  slug: 'track_event',
  name: 'Track event',
  description: 'Sends a semantic event as Google’s own (purchase, add_to_cart, …), any other as a custom event.',
  fields: withCommon({
    name: requiredText.meta({ title: 'Event', description: 'Name of the event.' }),
    properties: optionalObject.meta({ title: 'Properties', description: 'Become parameters and items.' }),
  }),
  defaultTrigger: `type = "track" and !(event in ${JSON.stringify(notForAnalytics)})`,
  defaultMapping: { ...commonMapping, name: '$.event', properties: '$.properties' },
  toEvent: ({ name, properties }, { currency }) => toGa4Event(name, properties, currency),
});

/** Addresses may be longer than other values. */
const longParams = { page_location: 1000, page_referrer: 420, page_title: 300 };

const pageView = eventAction({
  slug: 'page_view',
  name: 'Page view',
  description: 'Sends a page_view.',
  fields: withCommon({
    page_location: optionalText.meta({ title: 'Address', description: 'Of the page.' }),
    page_title: optionalText.meta({ title: 'Title', description: 'Of the page.' }),
    page_referrer: optionalText.meta({ title: 'Referrer', description: 'Where the visitor came from.' }),
  }),
  defaultTrigger: 'type = "page"',
  defaultMapping: {
    ...commonMapping,
    page_location: 'coalesce($.properties.url, $.context.page.url)',
    page_title: 'coalesce($.properties.title, $.context.page.title, $.name)',
    page_referrer: 'coalesce($.properties.referrer, $.context.page.referrer)',
  },
  toEvent: ({ page_location, page_title, page_referrer }) => ({
    name: 'page_view',
    params: toParams({ page_title, page_location, page_referrer }, longParams),
  }),
});

const screenView = eventAction({
  slug: 'screen_view',
  name: 'Screen view',
  description: 'Sends a screen_view.',
  fields: withCommon({ screen_name: requiredText.meta({ title: 'Screen', description: 'Its name.' }) }),
  defaultTrigger: 'type = "screen"',
  defaultMapping: { ...commonMapping, screen_name: '$.name' },
  toEvent: ({ screen_name }) => ({ name: 'screen_view', params: toParams({ screen_name }) }),
});

const joinGroup = eventAction({
  slug: 'join_group',
  name: 'Join group',
  description: 'Sends a join_group.',
  fields: withCommon({ group_id: requiredText.meta({ title: 'Group', description: 'Its id.' }) }),
  defaultTrigger: 'type = "group"',
  defaultMapping: { ...commonMapping, group_id: '$.groupId' },
  toEvent: ({ group_id }) => ({ name: 'join_group', params: toParams({ group_id }) }),
});

/** Google's validation server says what is wrong with a request and keeps nothing. It does not look at the API secret. */
async function test(context: SendContext<Settings>): Promise<TestResult> {
  const id = context.settings.streamId.startsWith('G-')
    ? { client_id: 'leat-test' }
    : { app_instance_id: '0'.repeat(32) };
  try {
    const response = await context.request({
      method: 'POST',
      url: collectUrl(context.settings, '/debug/mp/collect'),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...id, events: [{ name: toEventName('Leat Test'), params: {} }] }),
    });
    const outcome = toOutcome(response, context.clock.now());
    if (outcome.result !== 'delivered') return { ok: false, message: outcome.reason };
    const fault = /"description":\s*"([^"]{1,300})/.exec(response.body)?.[1];
    if (fault !== undefined) return { ok: false, message: `Google does not take the events: ${fault}.` };
    return {
      ok: true,
      message: 'Google can be reached and takes events of this form. It does not say whether the API secret is right.',
    };
  } catch (error) {
    if (error instanceof SendFailure) return { ok: false, message: error.message };
    throw error;
  }
}

export const googleAnalytics: DestinationKind<typeof settings> = {
  slug: 'google-analytics',
  name: 'Google Analytics 4',
  integrationName: 'Google Analytics 4',
  description:
    'Sends track, page, screen and group calls to Google Analytics 4, one event each. Semantic events become Google’s ' +
    'own: Product Viewed `view_item`, Product Added `add_to_cart`, Checkout Started `begin_checkout`, Order Completed ' +
    '`purchase`, Order Refunded `refund` and so on, with their `items`; any other name becomes a custom event in ' +
    '`snake_case`.\n\n' +
    'Google’s limits hold: names of 40 characters, values of 100, 25 parameters (the first ones are kept), times up to ' +
    '72 hours back. The client ID is that of the visitor’s cookie when the event carries it ' +
    '(`integrations["Google Analytics 4"].clientId`), else `anonymousId`, else `userId`; apps need ' +
    '`integrations["Google Analytics 4"].appInstanceId`. Nothing about people is sent unless you map it.',
  settings,
  actions: [trackEvent, pageView, screenView, joinGroup],
  test,
  examples,
};
