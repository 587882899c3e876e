// Attributes as people see them: preferences, which are stored in parts, as one value.
import type { Json, JsonObject } from '../lib/json.ts';
import type { Attributes } from './reducer/attributes.ts';
import { composePreferences, isPreference, preferencesName } from './reducer/preferences.ts';
import type { AttributeValue } from './workspace-reader.ts';

export const shownAttributes = (attributes: Attributes): Readonly<Record<string, AttributeValue>> =>
  Object.fromEntries(shownEntries(attributes));

/** The values alone. */
export const shownValues = (attributes: Attributes): JsonObject =>
  Object.fromEntries(shownEntries(attributes).map(([name, { value }]) => [name, value]));

function shownEntries(
  attributes: Attributes,
): readonly (readonly [string, { readonly value: Json; readonly at: number }])[] {
  const plain = [...attributes.entries()].filter(([name]) => !isPreference(name));
  const preferences = composePreferences(attributes);
  return preferences ? [...plain, [preferencesName, preferences]] : plain;
}
