// How a semantic event is described, and what the schemas of several of them share.
import type { SemanticEvent } from '../../../event/semantic-events.ts';
import { semanticAliases } from '../../../event/semantic-events.ts';
import type { Example } from '../operation.ts';
import { field, having, presentId, presentText } from '../schema.ts';
import type { Schema } from '../schema.ts';

/** A track call with a meaning of its own. */
export interface SemanticCall {
  readonly name: SemanticEvent;
  /** Folder of its Postman requests and heading of its group on the page. */
  readonly group: 'Devices' | 'People' | 'Objects' | 'Messages' | 'Geofences';
  /** Markdown: what it does. */
  readonly text: string;
  /** What it needs, as field paths for people. */
  readonly needs: string;
  /** Fields beyond those of every track call, by path; for the table. */
  readonly fields: Readonly<Record<string, Schema>>;
  /** What the rules demand, as schemas that all have to hold. */
  readonly demands: readonly Schema[];
  readonly example: Example;
  /** A call that makes what the example takes away; shown before it. */
  readonly first?: Pick<Example, 'body' | 'effects'> & { readonly path: string };
}

/** The name itself and the older names accepted for it. */
export const namesOf = (name: SemanticEvent): readonly string[] => [
  name,
  ...[...semanticAliases].filter(([, meant]) => meant === name).map(([alias]) => alias),
];

export const needsUser: Schema = having('userId', presentId);

export const needsUserOrEmail: Schema = { anyOf: [needsUser, having('traits.email', presentText)] };

export const needsToken: Schema = {
  anyOf: [
    having('context.device.token', presentId),
    having('properties.device.token', presentId),
    having('properties.token', presentId),
  ],
};

export const needsObject: Schema = {
  anyOf: [having('properties.objectId', presentId), having('groupId', presentId), having('context.groupId', presentId)],
};

/** A property that has to be one of the values. */
export const oneOf = (path: string, values: readonly string[]): Schema => having(path, { enum: values });

/** A property that may be left out, else is one of the values. */
export function oneOfOrAbsent(path: string, values: readonly string[]): Schema {
  const [name = '', ...rest] = path.split('.');
  if (rest.length === 0) return { properties: { [name]: { enum: [...values, '', null] } } };
  return { properties: { [name]: oneOfOrAbsent(rest.join('.'), values) } };
}

export const choices = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(', ');

export const objectFields: Readonly<Record<string, Schema>> = {
  'properties.objectId': field('string', 'Id of the object. `groupId` and `context.groupId` are read too.'),
  'properties.objectTypeId': field('string', 'Type of the object; a number is fine.', { 'x-default': '`"1"`' }),
};

/** Object types are text or numbers, wherever they stand. */
export const objectTypeIsPlain: Schema = {
  properties: {
    properties: {
      properties: {
        objectTypeId: { type: ['string', 'number', 'null'] },
        object_type_id: { type: ['string', 'number', 'null'] },
      },
    },
  },
};
