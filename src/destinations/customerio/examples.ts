// A call of each kind, and what a Customer.io workspace is sent for it.
import { eventVersion } from '../../event/canonical-event.ts';
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Example } from '../destination.ts';

const settings = { siteId: 'site', apiKey: 'key' };
const authorization = `Basic ${Buffer.from('site:key').toString('base64')}`;
/** 2026-03-01T12:00:00Z. */
const at = 1_772_366_400;

type Call = Partial<CanonicalEvent> & Pick<CanonicalEvent, 'type'>;

function example(title: string, call: Call, body: Json, path = '/api/v2/entity', more: JsonObject = {}): Example {
  const host = more['region'] === 'eu' ? 'track-eu.customer.io' : 'track.customer.io';
  return {
    title,
    settings: { ...settings, ...more },
    event: {
      messageId: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
      timestamp: '2026-03-01T12:00:00.000Z',
      receivedAt: '2026-03-01T12:00:00.250Z',
      context: {},
      integrations: {},
      version: eventVersion,
      ...call,
    },
    requests: [{ method: 'POST', url: `https://${host}${path}`, headers: { authorization }, body }],
  };
}

/** The example with one more request of the same kind. */
const withSecond = ({ requests, ...rest }: Example, body: Json): Example => ({
  ...rest,
  requests: requests.flatMap((request) => [request, { ...request, body }]),
});

const person = (action: string, rest: JsonObject, identifiers: JsonObject = { id: 'u1' }): JsonObject => ({
  type: 'person',
  action,
  identifiers,
  ...rest,
});
const object = (action: string, rest: JsonObject): JsonObject => ({
  type: 'object',
  action,
  identifiers: { object_type_id: '1', object_id: 'acme' },
  ...rest,
});

export const examples: readonly Example[] = [
  example(
    'A person, in the EU, with a date and a relationship',
    {
      type: 'identify',
      userId: 'u1',
      anonymousId: 'a1',
      traits: {
        email: 'ada@example.com',
        plan: 'pro',
        createdAt: '2026-01-01T00:00:00Z',
        trial: { ends: '2026-03-01T12:00:00.500+00:00' },
        objectId: 'acme',
        relationshipAttributes: { role: 'owner' },
      },
    },
    person('identify', {
      attributes: {
        email: 'ada@example.com',
        plan: 'pro',
        trial: { ends: at },
        created_at: 1_767_225_600,
        anonymous_id: 'a1',
      },
      cio_relationships: [
        { identifiers: { object_type_id: '1', object_id: 'acme' }, relationship_attributes: { role: 'owner' } },
      ],
      timestamp: at,
    }),
    '/api/v2/entity',
    { region: 'eu' },
  ),
  example(
    'A person known by an email address only',
    { type: 'identify', traits: { email: 'ada@example.com' } },
    person('identify', { attributes: { email: 'ada@example.com' }, timestamp: at }, { email: 'ada@example.com' }),
  ),
  example(
    'An event',
    { type: 'track', userId: 'u1', event: 'Order Completed', properties: { total: 42.5, at: '2026-03-01T12:00:00Z' } },
    person('event', {
      name: 'Order Completed',
      id: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
      timestamp: at,
      attributes: { total: 42.5, at },
    }),
  ),
  example(
    'An anonymous page view, dates kept as they are',
    { type: 'page', anonymousId: 'a1', properties: { url: 'https://example.com/', seen: '2026-03-01' } },
    person(
      'page',
      {
        name: 'https://example.com/',
        id: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
        timestamp: at,
        attributes: { url: 'https://example.com/', seen: '2026-03-01' },
      },
      { anonymous_id: 'a1' },
    ),
    '/api/v2/entity',
    { convertTimestamps: false },
  ),
  example(
    'A screen view',
    { type: 'screen', userId: 'cio_a3000001', name: 'Home' },
    person(
      'screen',
      { name: 'Home', id: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c', timestamp: at, attributes: {} },
      { cio_id: 'a3000001' },
    ),
  ),
  example(
    'A company, related to a person',
    {
      type: 'group',
      userId: 'ada@example.com',
      groupId: 'acme',
      traits: { name: 'Acme', objectTypeId: 1, relationshipAttributes: { role: 'owner' } },
    },
    object('identify', {
      attributes: { name: 'Acme' },
      cio_relationships: [{ identifiers: { email: 'ada@example.com' }, relationship_attributes: { role: 'owner' } }],
    }),
  ),
  example(
    'A company, related to somebody unknown',
    { type: 'group', anonymousId: 'a1', groupId: 'acme' },
    object('identify_anonymous', {
      attributes: {},
      cio_relationships: [{ identifiers: { anonymous_id: 'a1' } }],
    }),
  ),
  example(
    'A merge',
    { type: 'alias', userId: 'u1', previousId: 'ada@example.com' },
    {
      type: 'person',
      action: 'merge',
      primary: { id: 'u1' },
      secondary: { email: 'ada@example.com' },
    },
  ),
  withSecond(
    example(
      'A device, which is an event as well',
      {
        type: 'track',
        event: 'Device Created or Updated',
        userId: 'u1',
        properties: { push_enabled: 'true' },
        context: { device: { token: 't1', type: 'iOS' }, app: { version: '2.1.0' } },
      },
      person('event', {
        name: 'Device Created or Updated',
        id: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
        timestamp: at,
        attributes: { push_enabled: 'true' },
      }),
    ),
    person('add_device', {
      device: {
        token: 't1',
        platform: 'ios',
        last_used: at,
        attributes: { app_version: '2.1.0', push_enabled: 'true' },
      },
    }),
  ),
  withSecond(
    example(
      'A device removed, which is an event as well',
      { type: 'track', event: 'Device Deleted', userId: 'u1', context: { device: { token: 't1' } } },
      person('event', {
        name: 'Device Deleted',
        id: '5c7f8f0a-6f7e-4b57-9f0e-1d7c2f3a4b5c',
        timestamp: at,
        attributes: {},
      }),
    ),
    person('delete_device', { device: { token: 't1' } }),
  ),
  ...(
    [
      ['User Deleted', 'delete'],
      ['User Suppressed', 'suppress'],
      ['User Unsuppressed', 'unsuppress'],
    ] as const
  ).map(([event, action]) => example(event, { type: 'track', event, userId: 'u1' }, person(action, {}))),
  example(
    'A relationship ended',
    { type: 'track', event: 'Relationship Deleted', userId: 'u1', properties: { objectId: 'acme', objectTypeId: 1 } },
    person('delete_relationships', {
      cio_relationships: [{ identifiers: { object_type_id: '1', object_id: 'acme' } }],
    }),
  ),
  example(
    'An object deleted',
    { type: 'track', event: 'Object Deleted', anonymousId: 'any', properties: { objectId: 'acme' } },
    object('delete', {}),
  ),
  example(
    'A message metric',
    {
      type: 'track',
      event: 'Report Delivery Event',
      anonymousId: 'a1',
      properties: { deliveryId: 'd1', metric: 'clicked', actionName: 'buy' },
    },
    { delivery_id: 'd1', metric: 'clicked', metadata: { action_name: 'buy' }, timestamp: at },
    '/api/v1/metrics',
  ),
  example(
    'Content viewed',
    {
      type: 'track',
      event: 'Report Content Event',
      anonymousId: 'a1',
      properties: { activityType: 'viewed_content', contentId: 7, templateId: 8 },
    },
    person(
      'viewed_content',
      { name: 'viewed_content', timestamp: at, attributes: { contentId: 7, templateId: 8 } },
      { anonymous_id: 'a1' },
    ),
  ),
];
