// POST /v1/batch
import { eventTypes } from '../../../event/canonical-event.ts';
import type { CallOperation } from '../operation.ts';
import { object, ref, text, time } from '../schema.ts';
import type { Schema } from '../schema.ts';

/** A call in a batch: any of the six, and it has to say which. */
const batchedCall: Schema = {
  anyOf: eventTypes.map((type) => ({
    title: type,
    allOf: [
      ref(`${type.charAt(0).toUpperCase()}${type.slice(1)}`),
      { type: 'object', required: ['type'], properties: { type: { const: type } } },
    ],
  })),
};

export const batch: CallOperation = {
  name: 'batch',
  shortForm: 'b',
  title: 'Send several calls at once',
  text: `Takes many calls in one request. Each names its kind in \`type\` and has the fields of that kind. Calls are taken in their order.

Without strict mode, good calls of a batch are taken and bad ones recorded as [rejections](errors.md). In strict mode one bad call has the whole batch refused, and the answer names each bad one by its place.

\`/v1/import\` is the same route under another name, for clients that expect it.`,
  variants: [
    {
      title: 'Batch',
      needs: '`batch`, and `type` in each call',
      text: 'Up to 500 KB altogether, up to 32 KB for each call.',
    },
  ],
  schemaName: 'Batch',
  schema: {
    type: 'object',
    title: 'Batch',
    required: ['batch'],
    additionalProperties: true,
    properties: {
      batch: {
        type: 'array',
        description: 'The calls.',
        items: batchedCall,
        'x-limit': '512,000 bytes altogether, 32,768 bytes each',
      },
      context: {
        anyOf: [ref('Context'), { type: 'null' }],
        description: 'Fills what the context of a call in the batch does not have.',
      },
      integrations: object('For calls in the batch without `integrations` of their own.'),
      sentAt: time('When the client sent the batch.'),
      writeKey: text('The public key of the source, for clients that cannot send an `Authorization` header.'),
    },
  },
  examples: [
    {
      name: 'batch',
      summary: 'Send several calls at once',
      body: {
        batch: [
          { type: 'identify', userId: 'u2', traits: { email: 'cy@example.com' } },
          { type: 'track', userId: 'u2', event: 'Signed Up' },
          { type: 'page', userId: 'u2', name: 'Welcome' },
        ],
      },
      effects: [
        { get: 'people/u2', has: { identifiers: { email: 'cy@example.com' } } },
        { get: 'people/u2/events', has: { items: [{ type: 'page' }, { name: 'Signed Up' }] } },
      ],
    },
    {
      name: 'batch-context',
      summary: 'Give all calls of a batch the same context',
      body: {
        context: { app: { version: '2.1' } },
        batch: [{ type: 'track', userId: 'u2', event: 'Imported', messageId: 'import-1' }],
      },
      effects: [{ get: 'events/import-1', has: { items: [{ event: { context: { app: { version: '2.1' } } } }] } }],
    },
  ],
};
