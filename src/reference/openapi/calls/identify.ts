// POST /v1/identify
import type { CallOperation } from '../operation.ts';
import { anonymousId, callFields, userId } from '../common-fields.ts';
import { field, having, object, presentId, presentText, text } from '../schema.ts';

const traits = object('What you know about the person. Any JSON; `null` or `""` removes an attribute.', {
  email: text('Email address. Identifies the person too; not case-sensitive.'),
  createdAt: {
    type: ['string', 'number', 'null'],
    format: 'date-time',
    description: 'When the person became your customer. Kept as `created_at`, in seconds since 1970.',
  },
  unsubscribed: {
    type: ['boolean', 'string', 'number', 'null'],
    description: 'Whether the person wants no messages. `true`, `1`, `"1"` and `"true"` mean yes.',
  },
  cio_subscription_preferences: {
    type: ['object', 'null'],
    description: 'What the person wants to hear about, and where. Single switches can be named by a dotted path.',
    additionalProperties: true,
    properties: {
      topics: field('object', 'Topics by `topic_<id>`: `true` or `false`.', { additionalProperties: true }),
      channels: field(
        'object',
        'Channels: `email`, `sms`, `push`, `in_app`, `whatsapp`, `slack`, `line`, `inbox`: `true` or `false`.',
        { additionalProperties: true },
      ),
    },
  },
});

export const identify: CallOperation = {
  name: 'identify',
  shortForm: 'i',
  title: 'Add and update people',
  text: `Says who someone is and what you know about them. The person is made when there is none yet; attributes you send are set, others stay as they are.

A \`userId\` that is an email address is taken as one. When both \`userId\` and \`anonymousId\` are there, what was done under the anonymous id in the last 30 days joins the person, and so does what comes under it from then on: see [anonymous people](anonymous-people.md).

Each attribute belongs to the event with the latest time, not to the call that arrived last, so repeated, reordered and backfilled calls come to the same person in the end.`,
  variants: [
    { title: 'Known person', needs: '`userId`', text: 'Makes or updates the person.' },
    {
      title: 'Anonymous person',
      needs: '`anonymousId`',
      text: 'Nobody is made in the workspace; destinations that know anonymous people get the call.',
    },
    {
      title: 'Email only',
      needs: '`traits.email`',
      text: 'Makes or updates the person with this address.',
    },
  ],
  schemaName: 'Identify',
  schema: {
    type: 'object',
    title: 'Identify',
    properties: callFields({ userId, anonymousId, traits }),
    additionalProperties: true,
    anyOf: [
      { title: 'Known person', ...having('userId', presentId) },
      { title: 'Anonymous person', ...having('anonymousId', presentId) },
      { title: 'Email only', ...having('traits.email', presentText) },
    ],
  },
  examples: [
    {
      name: 'identify-known',
      summary: 'Add or update a person',
      body: { userId: 'u1', traits: { email: 'ann@example.com', firstName: 'Ann', plan: 'pro' } },
      effects: [
        {
          get: 'people/u1',
          has: {
            identifiers: { id: 'u1', email: 'ann@example.com' },
            attributes: { firstName: { value: 'Ann' }, plan: { value: 'pro' } },
          },
        },
      ],
    },
    {
      name: 'identify-anonymous',
      summary: 'Describe someone you do not know yet',
      body: { anonymousId: 'a1', messageId: 'identify-a1', traits: { theme: 'dark' } },
      effects: [
        { get: 'events/identify-a1', has: { items: [{ event: { anonymousId: 'a1', traits: { theme: 'dark' } } }] } },
        { get: 'people/a1', status: 404 },
      ],
    },
    {
      name: 'identify-email',
      summary: 'Add a person by email address',
      body: { traits: { email: 'bo@example.com', firstName: 'Bo' } },
      effects: [{ get: 'people/bo@example.com', has: { identifiers: { id: null, email: 'bo@example.com' } } }],
    },
    {
      name: 'identify-join',
      summary: 'Say that an anonymous visitor is this person',
      body: { userId: 'u1', anonymousId: 'a1' },
      effects: [{ get: 'people/u1', has: { identifiers: { id: 'u1', anonymousIds: ['a1'] } } }],
    },
    {
      name: 'identify-preferences',
      summary: 'Set subscription preferences',
      text: 'A dotted path changes one switch and leaves the others alone.',
      body: {
        userId: 'u1',
        traits: {
          unsubscribed: false,
          cio_subscription_preferences: { topics: { topic_1: true, topic_2: false }, channels: { email: true } },
          'cio_subscription_preferences.channels.sms': false,
        },
      },
      effects: [
        {
          get: 'people/u1',
          has: {
            attributes: {
              cio_subscription_preferences: {
                value: { topics: { topic_1: true, topic_2: false }, channels: { email: true, sms: false } },
              },
            },
          },
        },
      ],
    },
    {
      name: 'identify-created',
      summary: 'Say since when someone is a customer',
      text: 'Times in ISO 8601 become seconds since 1970 in the workspace, in every attribute.',
      body: { userId: 'u1', traits: { createdAt: '2026-01-31T12:00:00Z', trialEnds: '2026-02-14T12:00:00Z' } },
      effects: [
        {
          get: 'people/u1',
          has: { attributes: { created_at: { value: 1769860800 }, trialEnds: { value: 1771070400 } } },
        },
      ],
    },
    {
      name: 'identify-remove',
      summary: 'Remove an attribute',
      body: { userId: 'u1', traits: { plan: null } },
      effects: [{ get: 'people/u1', lacks: 'attributes.plan' }],
    },
  ],
};
