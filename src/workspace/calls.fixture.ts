// Calls as tests write them, and what they ask of the answer.
import type { JsonObject } from '../lib/json.ts';
import type { TestCall } from './memory-log.fixture.ts';
import type { Person } from './workspace-reader.ts';

export const identify = (userId: string | null, traits: JsonObject = {}, more: JsonObject = {}): TestCall => ({
  type: 'identify',
  ...(userId !== null && { userId }),
  traits,
  ...more,
});

export const track = (
  userId: string,
  event = 'Looked',
  properties: JsonObject = {},
  more: JsonObject = {},
): TestCall => ({
  type: 'track',
  userId,
  event,
  properties,
  ...more,
});

export const trackAnonymous = (anonymousId: string, event = 'Looked', properties: JsonObject = {}): TestCall => ({
  type: 'track',
  anonymousId,
  event,
  properties,
});

export const group = (groupId: string, traits: JsonObject = {}, more: JsonObject = {}): TestCall => ({
  type: 'group',
  groupId,
  traits,
  ...more,
});

export const alias = (userId: string, previousId: string): TestCall => ({ type: 'alias', userId, previousId });

/** The values of a person's attributes. */
export const valuesOf = (person: Person | null): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(person?.attributes ?? {}).map(([name, { value }]) => [name, value]));
