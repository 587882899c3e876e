// POST /v1/alias
import type { CallOperation } from '../operation.ts';
import { callFields } from '../common-fields.ts';
import { having, id, presentId } from '../schema.ts';

export const alias: CallOperation = {
  name: 'alias',
  shortForm: 'a',
  title: 'Merge people',
  text: `Merges one person into another. \`userId\` stays; \`previousId\` is merged into it and from then on leads to the same person. It cannot be undone.

The person that stays keeps its own attributes and takes over those it lacks, along with devices, relationships and activity. It is made when there is none yet. An alias of a person to itself does nothing. See [anonymous people and merging](anonymous-people.md).`,
  variants: [
    {
      title: 'Two people',
      needs: '`userId`, `previousId`',
      text: '`previousId` is an id, an email address or an anonymous id.',
    },
  ],
  schemaName: 'Alias',
  schema: {
    type: 'object',
    title: 'Alias',
    properties: callFields({
      userId: id('The person that stays.', { 'x-limit': '150 bytes in the workspace' }),
      previousId: id('The identifier that is merged away: an id, an email address or an anonymous id.'),
    }),
    additionalProperties: true,
    allOf: [having('userId', presentId), having('previousId', presentId)],
  },
  examples: [
    {
      name: 'alias',
      summary: 'Merge an old id into a person',
      body: { userId: 'u1', previousId: 'old-u1' },
      effects: [
        { get: 'people/u1', has: { identifiers: { id: 'u1', previousIds: ['old-u1'] } } },
        { get: 'people/old-u1', has: { identifiers: { id: 'u1' } } },
      ],
    },
  ],
};
