// POST /v1/group
import type { CallOperation } from '../operation.ts';
import { anonymousId, callFields, userId } from '../common-fields.ts';
import { field, having, id, object, presentId } from '../schema.ts';

const objectTypeId = {
  type: ['string', 'number', 'null'],
  description:
    'Kind of object, a whole number as text. A new one is made at first use and can be named in the console.',
  'x-default': '`"1"`',
} as const;

export const group: CallOperation = {
  name: 'group',
  shortForm: 'g',
  title: 'Create objects and relationships',
  text: `Makes or updates an object (an account, a course, a flat: anything that is no person) and, when the call names a person, relates the person to it.

An object is known by its type and its id. Attributes of the object are the other traits; attributes of the relationship stand in \`traits.relationshipAttributes\`.`,
  variants: [
    {
      title: 'With a known person',
      needs: '`groupId`, `userId`',
      text: 'Makes or updates the object and relates the person to it.',
    },
    {
      title: 'With an anonymous person',
      needs: '`groupId`, `anonymousId`',
      text: 'Makes or updates the object; the relationship joins the person who becomes known.',
    },
    { title: 'Object only', needs: '`groupId`', text: 'Makes or updates the object.' },
  ],
  schemaName: 'Group',
  schema: {
    type: 'object',
    title: 'Group',
    properties: callFields({
      groupId: id('Id of the object.'),
      userId,
      anonymousId,
      traits: object('Attributes of the object, any JSON; `null` or `""` removes one. Three names are special:', {
        objectTypeId,
        object_type_id: { ...objectTypeId, description: 'Older name of `objectTypeId`; goes before it.' },
        relationshipAttributes: field('object', 'Attributes of the relationship between person and object.', {
          additionalProperties: true,
        }),
      }),
    }),
    additionalProperties: true,
    allOf: [having('groupId', presentId)],
  },
  examples: [
    {
      name: 'group-known',
      summary: 'Add an object and relate a person to it',
      body: {
        userId: 'u1',
        groupId: 'acme',
        traits: { objectTypeId: '1', name: 'Acme', relationshipAttributes: { role: 'owner' } },
      },
      effects: [
        { get: 'objects/1/acme', has: { attributes: { name: { value: 'Acme' } } } },
        {
          get: 'people/u1',
          has: { relationships: [{ objectTypeId: '1', objectId: 'acme', attributes: { role: 'owner' } }] },
        },
      ],
    },
    {
      name: 'group-object',
      summary: 'Add or update an object',
      body: { groupId: 'maths-101', traits: { objectTypeId: '2', title: 'Maths 101', seats: 30 } },
      effects: [
        { get: 'objects/2/maths-101', has: { attributes: { title: { value: 'Maths 101' }, seats: { value: 30 } } } },
      ],
    },
    {
      name: 'group-anonymous',
      summary: 'Relate an anonymous visitor to an object',
      body: { anonymousId: 'a3', groupId: 'globex', traits: { name: 'Globex' } },
      effects: [{ get: 'objects/1/globex', has: { attributes: { name: { value: 'Globex' } } } }],
    },
  ],
};
