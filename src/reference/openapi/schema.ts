// The part of JSON Schema 2020-12 that the reference uses, and short ways to write the schemas that recur.
//
// Schemas say what is accepted: null counts as absent, numeric ids become text. A test holds them against the rules of
// src/event. What JSON Schema cannot say stands in `x-limit`, a few words for people.
import type { Json } from '../../lib/json.ts';

export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'object' | 'array' | 'null';

export interface Schema {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly format?: string;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly default?: Json;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxProperties?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
  readonly readOnly?: boolean;
  /** A limit or default in words, where a keyword cannot say it. */
  readonly 'x-limit'?: string;
  readonly 'x-default'?: string;
}

type Extra = Omit<Schema, 'type' | 'description'>;

/** An optional identifier: text, or a number that becomes text. */
export const id = (description: string, extra: Extra = {}): Schema => ({
  type: ['string', 'number', 'null'],
  description,
  ...extra,
});

/** Text that may be left out. */
export const text = (description: string, extra: Extra = {}): Schema => ({
  type: ['string', 'null'],
  description,
  ...extra,
});

/** A value whose type is documented and not demanded by any rule beyond this schema. */
export const field = (type: SchemaType, description: string, extra: Extra = {}): Schema => ({
  type,
  description,
  ...extra,
});

/** A JSON object that may be left out and may hold more than is named. */
export const object = (description: string, properties: Readonly<Record<string, Schema>> = {}): Schema => ({
  type: ['object', 'null'],
  description,
  ...(Object.keys(properties).length > 0 && { properties }),
  additionalProperties: true,
});

/** A point in time as clients send it: text, or a number since 1970. */
export const time = (description: string, extra: Extra = {}): Schema => ({
  type: ['string', 'number', 'null'],
  format: 'date-time',
  description,
  ...extra,
});

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** An identifier that has to be there. */
export const presentId: Schema = { type: ['string', 'number'], minLength: 1 };
/** Text that has to be there. */
export const presentText: Schema = { type: 'string', minLength: 1 };

/** An object that has the value at the path, such as `having('context.device.token', presentId)`. */
export function having(path: string, schema: Schema): Schema {
  const [name = '', ...rest] = path.split('.');
  const inner = rest.length === 0 ? schema : having(rest.join('.'), schema);
  return { type: 'object', required: [name], properties: { [name]: inner } };
}
