// Compares the properties of a semantic event with the catalogue. A mismatch is worth a warning, never a rejection.
import type { CanonicalEvent } from '../canonical-event.ts';
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { recognise } from './recognise.ts';
import type { Properties, Property, PropertyType } from './semantic-event.ts';

export interface PropertyWarning {
  /** Path in the event, such as `properties.products[0].price`. */
  readonly path: string;
  /** What was expected there and what is there instead; never the value itself. */
  readonly message: string;
}

/** Elements of a list beyond this are not looked at: by then the pattern is clear. */
const elementsChecked = 20;

/**
 * What a track call of a semantic event gets wrong: property types, enumerations, ranges, a missing main property, the
 * spelling of its name. Properties that the catalogue does not know are the sender's own; null counts as absent.
 * Empty for any other call.
 */
export function checkProperties(event: CanonicalEvent): readonly PropertyWarning[] {
  if (event.type !== 'track' || event.event === undefined) return [];
  const recognised = recognise(event.event);
  if (!recognised) return [];
  const { name, properties } = recognised.event;
  const warnings: PropertyWarning[] = [];
  if (recognised.by === 'spelling')
    warnings.push({ path: 'event', message: `is spelt ${name} by the tools that know this event` });
  checkObject(event.properties ?? {}, properties, 'properties', warnings);
  return warnings;
}

function checkObject(values: JsonObject, properties: Properties, at: string, warnings: PropertyWarning[]): void {
  for (const [name, property] of Object.entries(properties)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const path = `${at}.${name}`;
    if (value !== undefined && value !== null) check(value, property, path, warnings);
    else if (property.required) warnings.push({ path, message: 'is missing; the event says little without it' });
  }
}

function check(value: Json, property: Property, path: string, warnings: PropertyWarning[]): void {
  const warn = (message: string): number => warnings.push({ path, message });
  if (!fits(value, property.type)) {
    const hint = typeof value === 'string' && value.trim() !== '' && fits(Number(value), property.type);
    warn(`should be ${words[property.type]}, is ${describe(value)}${hint ? ' (send it without quotes)' : ''}`);
    return;
  }
  if (typeof value === 'string' && property.values && !property.values.includes(value))
    warn(`should be one of ${property.values.join(', ')}`);
  const { minimum = -Infinity, maximum = Infinity } = property;
  if (typeof value === 'number' && (value < minimum || value > maximum))
    warn(`should be between ${minimum} and ${maximum}`);
  if (isObject(value) && property.properties) checkObject(value, property.properties, path, warnings);
  if (Array.isArray(value)) checkList(value as readonly Json[], property, path, warnings);
}

function checkList(values: readonly Json[], property: Property, path: string, warnings: PropertyWarning[]): void {
  const element: Property | undefined = property.properties
    ? { type: 'object', properties: property.properties }
    : property.elements && { type: property.elements };
  if (!element) return;
  for (const [index, value] of values.slice(0, elementsChecked).entries())
    if (value !== null) check(value, element, `${path}[${index}]`, warnings);
}

function fits(value: Json, type: PropertyType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'integer':
      return Number.isInteger(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'time':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value));
    case 'list':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    default:
      return type satisfies never;
  }
}

const words: Readonly<Record<PropertyType, string>> = {
  text: 'text',
  number: 'a number',
  integer: 'a whole number',
  flag: 'true or false',
  time: 'a date or time in ISO 8601',
  list: 'a list',
  object: 'an object',
};

function describe(value: Json): string {
  if (Array.isArray(value)) return words.list;
  if (isObject(value)) return words.object;
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'a number' : 'true or false';
}
