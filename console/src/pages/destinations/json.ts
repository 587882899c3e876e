// JSON as the control API gives it where a kind decides the shape: settings, mappings, events.
import { jsonFaultOf } from './json-fault.ts';

export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value, or what is wrong with the text and where. */
export function parseJson(text: string): { readonly value: Json } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    const fault = jsonFaultOf(text);
    return {
      error: fault
        ? `This is not JSON: line ${fault.line}, column ${fault.column} needs ${fault.expected}.`
        : 'This is not JSON.',
    };
  }
}
