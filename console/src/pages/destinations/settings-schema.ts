// What a form needs of the JSON schema that a kind gives its settings: which control each field gets, and values.
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

/** Stands for a secret that is stored; sent back, it keeps the stored value. */
export const storedSecret = '••••••••';

export interface SettingField {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly required: boolean;
  readonly schema: JsonObject;
  readonly control: Control;
}
type Control =
  | { readonly kind: 'text' | 'secret' | 'switch' | 'list' | 'json' }
  | { readonly kind: 'number'; readonly whole: boolean; readonly min: number | null; readonly max: number | null }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'pairs'; readonly secret: boolean }
  | { readonly kind: 'group'; readonly fields: readonly SettingField[] };

export function fieldsOf(schema: JsonObject): readonly SettingField[] {
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly Json[]) : [];
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).flatMap(([name, property]) => {
    if (!isObject(property)) return [];
    const { title, description } = property;
    return [
      {
        name,
        title: typeof title === 'string' ? title : name,
        description: typeof description === 'string' ? description : '',
        required: required.includes(name),
        schema: property,
        control: controlOf(property),
      },
    ];
  });
}

function controlOf(schema: JsonObject): Control {
  if (schema['secret'] === true) return { kind: 'secret' };
  if (Array.isArray(schema['enum'])) return { kind: 'choice', choices: schema['enum'].map(String) };
  const { type } = schema;
  if (type === 'boolean') return { kind: 'switch' };
  if (type === 'string') return { kind: 'text' };
  if (type === 'number' || type === 'integer')
    return { kind: 'number', whole: type === 'integer', min: bound(schema['minimum']), max: bound(schema['maximum']) };
  if (type === 'array' && isObject(schema['items']) && schema['items']['type'] === 'string') return { kind: 'list' };
  if (isObject(schema['properties'])) return { kind: 'group', fields: fieldsOf(schema) };
  const values = schema['additionalProperties'];
  if (type === 'object' && isObject(values) && values['type'] === 'string')
    return { kind: 'pairs', secret: values['secret'] === true };
  const choices: readonly Json[] = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as readonly Json[]) : [];
  const [only, other] = choices.filter((choice): choice is JsonObject => isObject(choice) && choice['type'] !== 'null');
  return only && !other ? controlOf(only) : { kind: 'json' };
}

const bound = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);

/** The values a form begins with: the defaults. */
export const defaultsOf = (fields: readonly SettingField[]): JsonObject =>
  Object.fromEntries(
    fields.flatMap(({ name, schema, control }) => {
      if (schema['default'] !== undefined) return [[name, schema['default']]];
      if (control.kind === 'group') return [[name, defaultsOf(control.fields)]];
      return [];
    }),
  );

/** Faults that can be told without the server, by path. */
export function missingFields(fields: readonly SettingField[], values: JsonObject, path = 'settings'): FieldErrors {
  const errors: Record<string, string> = {};
  for (const { name, title, required, control } of fields) {
    const value = values[name];
    const at = `${path}.${name}`;
    const empty = value === undefined || value === '' || value === null || (Array.isArray(value) && value.length === 0);
    if (required && empty) errors[at] = `${title} is needed.`;
    if (control.kind === 'group' && isObject(value)) Object.assign(errors, missingFields(control.fields, value, at));
  }
  return errors;
}

/** By path, such as `settings.delivery.retryForMs`. */
export type FieldErrors = Readonly<Record<string, string>>;
