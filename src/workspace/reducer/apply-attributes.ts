// Writes the attributes of one call into a set, under the workspace's limits: what offends is left out with the reason,
// the rest applies.
import { longerThan, storable } from '../identifiers.ts';
import type { Json } from '../../lib/json.ts';
import type { Attributes } from './attributes.ts';
import { isBlank, storedForm, valueBytes } from './attributes.ts';
import type { EventContext } from './event-context.ts';
import { isPreference, writePreference } from './preferences.ts';

/** Objects with a meaning of their own, whose size is not held to the limit of one value. */
const exemptFromValueLimit: ReadonlySet<string> = new Set(['address', 'company']);

export interface AttributeWrite {
  /** What the attributes are of, as the notes say it: `attribute`, `object attribute`. */
  readonly label: string;
  readonly at: number;
  /** Attributes that a predecessor's deletion has outdated are older than this. */
  readonly floorAt: number | null;
}

/** Writes one attribute. Null and "" remove it. */
export function applyAttribute(
  context: EventContext,
  attributes: Attributes,
  name: string,
  given: Json,
  write: AttributeWrite,
): void {
  const { limits } = context.settings;
  const { label, at } = write;
  if (longerThan(name, limits.attributeNameBytes))
    return context.note(`${label} ${storable(name.slice(0, 40))}…: name over ${limits.attributeNameBytes} bytes`);
  if (write.floorAt !== null && at < write.floorAt)
    return context.note(`${label} ${name}: older than the deletion before`);

  const value = storedForm(given);
  const preference = isPreference(name);
  if (isBlank(value)) {
    const result = preference
      ? writePreference(attributes, name, null, at, context.log)
      : attributes.remove(name, at, context.log);
    return record(context, `${label} ${name}`, result);
  }

  const fault = limitFault(context, attributes, name, value, preference);
  if (fault !== null) return context.note(`${label} ${name}: ${fault}`);
  const result = preference
    ? writePreference(attributes, name, value, at, context.log)
    : attributes.set(name, value, at, context.log);
  record(context, `${label} ${name}`, result);
}

function limitFault(
  context: EventContext,
  attributes: Attributes,
  name: string,
  value: Json,
  preference: boolean,
): string | null {
  const { limits } = context.settings;
  const before = attributes.get(name);
  if (before === undefined && attributes.count >= limits.attributes) return `over ${limits.attributes} attributes`;
  const tooLong =
    typeof value === 'string'
      ? longerThan(value, limits.attributeValueBytes)
      : typeof value === 'object' && valueBytes(value) > limits.attributeValueBytes;
  if (tooLong && !preference && !exemptFromValueLimit.has(name))
    return `value over ${limits.attributeValueBytes} bytes`;
  if (attributes.wouldExceed(limits.attributesBytes, name, value))
    return `over ${limits.attributesBytes} bytes of attributes`;
  return null;
}

function record(context: EventContext, what: string, result: 'changed' | 'same' | 'older'): void {
  if (result === 'changed') context.changed(what);
  else if (result === 'older') context.note(`${what}: older than what is stored`);
}
