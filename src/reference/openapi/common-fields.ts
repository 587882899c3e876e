// Fields that every call may have, and what Leat makes of them.
import { maxMessageIdLength } from '../../event/canonicalise.ts';
import { id, object, ref, text, time } from './schema.ts';
import type { Schema } from './schema.ts';

export const userId = id(
  'The person’s id in your system, or their email address. Case-sensitive, except as an address.',
  {
    'x-limit': '150 bytes in the workspace',
  },
);

export const anonymousId = id(
  'An id of your making for someone you do not know yet. Belongs to one person for good once an identify call names both.',
);

/** Common to all six kinds of call, in the order in which pages list them. */
const commonFields: Readonly<Record<string, Schema>> = {
  timestamp: time('When it happened. Send it when you load history; see [backfilling](backfilling.md).', {
    'x-default': '`originalTimestamp`, else the time of receipt',
    'x-limit': 'up to 24 h in the future',
  }),
  messageId: id('Names this call. A second call of the source with the same one is not taken twice.', {
    maxLength: maxMessageIdLength,
    'x-default': 'a UUID',
  }),
  context: { anyOf: [ref('Context'), { type: 'null' }], description: 'Where and how it happened.' },
  integrations: object(
    'Which destinations get the call, by name: `{"All": false, "Webhook": true}` sends it to one only. Names are case-sensitive.',
  ),
  originalTimestamp: time('When the client says it happened; clients set it, you need not.'),
  sentAt: time('When the client sent the call; used to correct a client whose clock is wrong.'),
  channel: text('`browser`, `server` or `mobile`.'),
  writeKey: text(
    'The public key of the source, for clients that cannot send an `Authorization` header. Removed before the call is stored.',
  ),
};

/** Set by Leat. Whatever a client sends in them is accepted and replaced. */
const serverFields: Readonly<Record<string, Schema>> = {
  type: { readOnly: true, description: 'The kind of call. The path decides; in a batch each call has to name it.' },
  receivedAt: { readOnly: true, description: 'When Leat got the call.' },
  version: { readOnly: true, description: 'Version of the form in which calls are stored.' },
};

/** Own fields first, then the common ones. */
export const callFields = (own: Readonly<Record<string, Schema>>): Readonly<Record<string, Schema>> => ({
  ...own,
  ...commonFields,
  ...serverFields,
});
