// The traits that are not plain attributes (Pipelines API facts, 4.4), read out of an identify call.
import { emailRef, isEmail, isPhone, parseText } from '../identifiers.ts';
import type { PersonRef } from '../identifiers.ts';
import type { UpsertPerson } from '../commands.ts';
import type { Json } from '../../lib/json.ts';
import type { EventContext } from './event-context.ts';
import { isBlank } from './attributes.ts';
import { readableSeconds } from './iso-times.ts';

/** Names that are never stored as they come: identifiers, control words, and what belongs to relationships. */
const reservedNames: ReadonlySet<string> = new Set([
  'id',
  'email',
  'cio_id',
  'anonymous_id',
  'created_at',
  'createdAt',
  'cio_relationships',
  '_timestamp',
  '_update',
  '_created_in_customerio_at',
  'objectId',
  'objectTypeId',
  'relationshipAttributes',
  'object_id',
  'object_type_id',
  'cio_object_id',
]);

/** Whether a trait of a person is stored as an attribute. */
export const isPlainTrait = (name: string, phoneIdentifier: boolean): boolean =>
  !reservedNames.has(name) && !(phoneIdentifier && name === 'phone');

/** An identifier among the traits: given, to be removed (null), or not mentioned (undefined). */
type GivenIdentifier = PersonRef | null | undefined;

export interface ReservedTraits {
  readonly id: GivenIdentifier;
  readonly email: GivenIdentifier;
  readonly phone: GivenIdentifier;
  readonly anonymousId: string | null;
  /** Unix seconds; or as given when it cannot be read as a time. */
  readonly createdAt: Json | undefined;
  /** Change the person, or object, only if there is one. */
  readonly updateOnly: boolean;
  readonly at: number;
}

export function readReservedTraits(context: EventContext, command: UpsertPerson): ReservedTraits {
  const traits = command.attributes;
  const emailTrait = command.email === undefined ? traits['email'] : command.email;
  return {
    id: readId(traits['id']),
    email: readEmail(context, emailTrait),
    phone: context.settings.phoneIdentifier ? readPhone(context, traits['phone']) : undefined,
    anonymousId: command.anonymousId ?? parseText(traits['anonymous_id']),
    createdAt: readCreatedAt(context, command),
    ...readControls(context, command),
  };
}

/** What `_update` and `_timestamp` among the traits of a person or an object ask for. */
export function readControls(
  context: EventContext,
  { attributes, at }: Pick<UpsertPerson, 'attributes' | 'at'>,
): Pick<ReservedTraits, 'updateOnly' | 'at'> {
  const { _update: update, _timestamp: stamp } = attributes;
  const seconds = stamp === undefined || stamp === null ? null : readableSeconds(stamp);
  return {
    updateOnly: update === true || update === 'true',
    at: context.effectiveAt(seconds === null ? at : seconds * 1000),
  };
}

function readId(value: Json | undefined): GivenIdentifier {
  const text = parseText(value);
  return text === null ? undefined : { kind: 'id', value: text, text };
}

function readEmail(context: EventContext, value: Json | undefined): GivenIdentifier {
  if (value === undefined) return undefined;
  if (isBlank(value)) return null;
  const text = typeof value === 'string' ? value.trim() : null;
  if (text !== null && isEmail(text)) return emailRef(text);
  context.note('Attribute Update Failure: email is not an address');
  return undefined;
}

function readPhone(context: EventContext, value: Json | undefined): GivenIdentifier {
  if (value === undefined) return undefined;
  if (isBlank(value)) return null;
  const text = parseText(value);
  if (text !== null && isPhone(text)) return { kind: 'phone', value: text, text };
  context.note('Attribute Update Failure: phone is not a number as E.164 writes it, such as +442071838750');
  return undefined;
}

/** `created_at` of an identify or group call in unix seconds, whichever name it came under. */
export function readCreatedAt(
  context: EventContext,
  { createdAt, attributes }: Pick<UpsertPerson, 'createdAt' | 'attributes'>,
): Json | undefined {
  const given = createdAt ?? attributes['created_at'] ?? attributes['createdAt'];
  if (given === undefined || isBlank(given)) return given;
  const seconds = readableSeconds(given);
  if (seconds === null) context.note('attribute created_at: not a time, kept as it came');
  return seconds ?? given;
}

/** `unsubscribed` as the boolean it stands for: true, 1, "1" and "true" in any case; null and "" remove it. */
export function readUnsubscribed(value: Json): Json {
  if (isBlank(value) || typeof value === 'boolean') return value;
  return value === 1 || (typeof value === 'string' && (value === '1' || value.toLowerCase() === 'true'));
}
