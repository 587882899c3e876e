// Events whose names and properties many tools agree on. To Leat they are track calls like any other; destinations map
// them. A group is data: pages, examples and Postman requests are made from it.
import type { JsonObject } from '../../../lib/json.ts';
import type { Example } from '../operation.ts';

/** A property: its type for people, what it is, and a value for examples. */
type PropertyDoc = readonly [type: string, description: string, sample: JsonObject[string]];

export interface SharedEvent {
  readonly name: string;
  /** Properties by name, the most telling ones first: examples carry the first few. */
  readonly properties: readonly string[];
}

export interface EventGroup {
  readonly title: string;
  readonly text: string;
  readonly properties: Readonly<Record<string, PropertyDoc>>;
  readonly events: readonly SharedEvent[];
  /** Context that every event of the group carries. */
  readonly context?: JsonObject;
}

/** So many properties show what an event looks like; the table has the others. */
const inExample = 4;

/** The person in a group's examples, so that their timeline holds the group's events and nothing else. */
export const personOf = (group: EventGroup): string => group.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** One example for each event of the group. */
export const examplesOf = (group: EventGroup): readonly Example[] =>
  group.events.map(({ name, properties }) => ({
    name: `event-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    summary: name,
    group: group.title,
    body: {
      userId: personOf(group),
      event: name,
      ...(properties.length > 0 && {
        properties: Object.fromEntries(
          properties.slice(0, inExample).map((property) => [property, sampleOf(group, property)]),
        ),
      }),
      ...(group.context && { context: group.context }),
    },
    effects: [{ get: `people/${personOf(group)}/events`, has: { items: [{ name }] } }],
  }));

/** Thrown at generation when an event names a property that its group does not describe. */
function sampleOf(group: EventGroup, property: string): JsonObject[string] {
  const doc = group.properties[property];
  if (!doc) throw new Error(`${group.title}: the property ${property} is not described.`);
  return doc[2];
}
