// Describes a field of one of the package's actions as JSON schema, from which forms are made. What a payload really has
// to be is checked by the package itself, which also converts: text to numbers, single values to lists.
import type { Json, JsonObject } from '../../src/lib/json.ts';
import type { CatalogueField } from './catalogue.ts';

/** What is read of a field's definition. */
export interface FieldDefinition {
  readonly label: string;
  readonly description: string;
  readonly type: string;
  readonly required?: unknown;
  readonly multiple?: boolean;
  readonly default?: Json;
  readonly choices?: readonly (string | number | { readonly label: string; readonly value: string | number })[];
  readonly properties?: Readonly<Record<string, FieldDefinition>>;
  readonly format?: string;
  readonly unsafe_hidden?: boolean;
}

const jsonTypes: Readonly<Record<string, string>> = {
  text: 'string',
  password: 'string',
  datetime: 'string',
};

export function describeField(field: FieldDefinition): CatalogueField {
  return { ...(field.required === true && { required: true }), schema: toSchema(field) };
}

function toSchema(field: FieldDefinition): JsonObject {
  const { label, description, multiple, unsafe_hidden } = field;
  const value = valueSchema(field);
  return {
    title: label,
    // Every field of a form has one, the package's now and then not.
    description: description === '' || description === undefined ? label : description,
    ...(multiple === true ? { type: 'array', items: value } : value),
    ...(unsafe_hidden === true && { hidden: true }),
  };
}

function valueSchema({ type, choices, properties, format }: FieldDefinition): JsonObject {
  return {
    type: jsonTypes[type] ?? type,
    ...(type === 'datetime' ? { format: 'date-time' } : format !== undefined && { format }),
    ...(choices && { examples: choices.map((choice) => (typeof choice === 'object' ? choice.value : choice)) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, toSchema(part)])),
    }),
  };
}
