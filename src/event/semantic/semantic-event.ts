// What the catalogue of semantic events is made of: event names that many tools understand, with the type of each of
// their properties (Pipelines API facts, section 7, and the parent specification's names in its earlier version).

export const semanticGroups = [
  'browsing',
  'promotions',
  'ordering',
  'coupons',
  'wishlists',
  'sharing',
  'reviews',
  'ab_testing',
  'email',
  'live_chat',
  'mobile',
  'video',
  'b2b',
] as const;
export type SemanticGroup = (typeof semanticGroups)[number];

/** What a property holds. `time` is text with a date or a time as ISO 8601 writes it. */
export type PropertyType = 'text' | 'number' | 'integer' | 'flag' | 'time' | 'list' | 'object';

export interface Property {
  readonly type: PropertyType;
  /** Without it the event says little; its absence is worth a warning. */
  readonly required?: true;
  /** The only texts that it takes. */
  readonly values?: readonly string[];
  /** Properties of an object, or of each object in a list. */
  readonly properties?: Properties;
  /** Type of each element of a list of plain values. */
  readonly elements?: PropertyType;
  readonly minimum?: number;
  readonly maximum?: number;
}

export type Properties = Readonly<Record<string, Property>>;

export interface SemanticEvent {
  readonly name: string;
  readonly group: SemanticGroup;
  /** Other names in use for the same event. */
  readonly aliases: readonly string[];
  readonly properties: Properties;
}

export const text: Property = { type: 'text' };
export const number: Property = { type: 'number' };
export const integer: Property = { type: 'integer' };
export const flag: Property = { type: 'flag' };
export const time: Property = { type: 'time' };
export const textList: Property = { type: 'list', elements: 'text' };
export const oneOf = (...values: readonly string[]): Property => ({ type: 'text', values });
export const listOf = (properties: Properties): Property => ({ type: 'list', properties });
export const objectOf = (properties: Properties): Property => ({ type: 'object', properties });

/** Makes the events of one group; `aliases` go by the event's name. */
export function group(
  group: SemanticGroup,
  events: Readonly<Record<string, Properties>>,
  aliases: Readonly<Record<string, readonly string[]>> = {},
): readonly SemanticEvent[] {
  return Object.entries(events).map(([name, properties]) => ({
    name,
    group,
    aliases: aliases[name] ?? [],
    properties,
  }));
}
