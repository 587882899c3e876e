// POST /v1/page
import type { CallOperation } from '../operation.ts';
import { anonymousId, callFields, userId } from '../common-fields.ts';
import { field, having, object, presentId, text } from '../schema.ts';

export const page: CallOperation = {
  name: 'page',
  shortForm: 'p',
  title: 'Track page views',
  text: `Says that someone looked at a page of your website. The JavaScript client sends one when it starts; in a single-page app, call \`page()\` on each change of route.

The view lands in the timeline of the person under the page’s address, or its name when there is no address.`,
  variants: [
    { title: 'Known person', needs: '`userId`', text: 'Lands in the person’s timeline.' },
    {
      title: 'Anonymous person',
      needs: '`anonymousId`',
      text: 'Kept for 30 days, and joined when the person becomes known.',
    },
  ],
  schemaName: 'Page',
  schema: {
    type: 'object',
    title: 'Page',
    properties: callFields({
      userId,
      anonymousId,
      name: text('Name of the page.'),
      properties: object('Facts about the view, any JSON.', {
        url: field('string', 'Whole address.'),
        path: field('string', 'Path of the address.'),
        search: field('string', 'Query of the address.'),
        title: field('string', 'Title of the page.'),
        referrer: field('string', 'Address of the page before.'),
        category: field('string', 'Kind of page, such as `Docs`.'),
        keywords: field('array', 'Keywords of the page.', { items: { type: 'string' } }),
      }),
    }),
    additionalProperties: true,
    anyOf: [
      { title: 'Known person', ...having('userId', presentId) },
      { title: 'Anonymous person', ...having('anonymousId', presentId) },
    ],
  },
  examples: [
    {
      name: 'page-known',
      summary: 'Record a page view',
      body: { userId: 'u1', name: 'Pricing', properties: { url: 'https://example.com/pricing' } },
      effects: [
        {
          get: 'people/u1/events',
          has: { items: [{ type: 'page', properties: { url: 'https://example.com/pricing' } }] },
        },
      ],
    },
    {
      name: 'page-anonymous',
      summary: 'Record a page view of an anonymous visitor',
      body: { anonymousId: 'a2', name: 'Home', properties: { url: 'https://example.com/' } },
      effects: [{ get: 'people/a2/events', has: { items: [{ type: 'page' }] } }],
    },
  ],
};
