// The schema of a semantic event: its name, its documented fields, and what the rules demand.
import { having } from '../schema.ts';
import type { Schema } from '../schema.ts';
import { namesOf } from './semantic-call.ts';
import type { SemanticCall } from './semantic-call.ts';

export function toSemanticSchema(call: SemanticCall): Schema {
  const properties = { event: { description: 'The exact name.' }, ...nest(call.fields) };
  return {
    type: 'object',
    title: call.name,
    description: call.text,
    properties,
    additionalProperties: true,
    allOf: [having('event', { enum: [...namesOf(call.name)] }), ...call.demands],
  };
}

interface Nested {
  description?: string;
  properties?: Record<string, Nested>;
}

/** Documented fields by path as nested schemas. Only words: types of what matters stand in the demands. */
function nest(fields: Readonly<Record<string, Schema>>): Record<string, Nested> {
  const top: Record<string, Nested> = {};
  for (const [path, { description }] of Object.entries(fields)) {
    let level = top;
    const names = path.split('.');
    for (const [depth, name] of names.entries()) {
      const here: Nested = (level[name] ??= {});
      if (depth === names.length - 1) {
        if (description !== undefined) here.description = description;
      } else level = here.properties ??= {};
    }
  }
  return top;
}
