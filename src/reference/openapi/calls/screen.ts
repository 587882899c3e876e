// POST /v1/screen
import type { CallOperation } from '../operation.ts';
import { anonymousId, callFields, userId } from '../common-fields.ts';
import { having, object, presentId, text } from '../schema.ts';

export const screen: CallOperation = {
  name: 'screen',
  shortForm: 's',
  title: 'Track mobile screen views',
  text: 'Says that someone looked at a screen of your app. The view lands in the person’s timeline under the screen’s name.',
  variants: [
    { title: 'Known person', needs: '`userId`', text: 'Lands in the person’s timeline.' },
    {
      title: 'Anonymous person',
      needs: '`anonymousId`',
      text: 'Kept for 30 days, and joined when the person becomes known.',
    },
  ],
  schemaName: 'Screen',
  schema: {
    type: 'object',
    title: 'Screen',
    properties: callFields({
      userId,
      anonymousId,
      name: text('Name of the screen.'),
      properties: object('Facts about the view, any JSON.'),
    }),
    additionalProperties: true,
    anyOf: [
      { title: 'Known person', ...having('userId', presentId) },
      { title: 'Anonymous person', ...having('anonymousId', presentId) },
    ],
  },
  examples: [
    {
      name: 'screen-known',
      summary: 'Record a screen view',
      body: { userId: 'u1', name: 'Settings' },
      effects: [{ get: 'people/u1/events', has: { items: [{ type: 'screen', name: 'Settings' }] } }],
    },
    {
      name: 'screen-anonymous',
      summary: 'Record a screen view of an anonymous visitor',
      body: { anonymousId: 'a2', name: 'Welcome', properties: { step: 1 } },
      effects: [
        { get: 'people/a2/events', has: { items: [{ type: 'screen', name: 'Welcome', properties: { step: 1 } }] } },
      ],
    },
  ],
};
