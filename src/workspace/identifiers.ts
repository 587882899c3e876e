// How people and things are named: reading identifiers out of payloads, and telling an id from an email address.
//
// The order in which an identifier is read is that of the Pipelines API facts, 4.2: `cio_…`, then an email address,
// then an id. Ids keep their letter case, addresses are compared in lower case.
import type { Json } from '../lib/json.ts';
import { isCioId } from './log-position.ts';

export const identifierKinds = ['id', 'email', 'phone', 'anonymous_id'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** An identifier as it is looked up: an email address in lower case. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** How a call addresses a person. `text` is as given, which is how an address is shown. */
export interface PersonRef {
  readonly kind: 'id' | 'email' | 'phone' | 'cio_id';
  readonly value: string;
  readonly text: string;
}

export interface ObjectRef {
  readonly typeId: string;
  readonly objectId: string;
}

export const defaultObjectTypeId = '1';

/** How a call addresses a person by userId (or whatever the mapping puts there); null when it does not. */
export function parsePersonRef(value: Json | undefined): PersonRef | null {
  const text = parseText(value);
  if (text === null) return null;
  if (isCioId(text)) return { kind: 'cio_id', value: text, text };
  return isEmail(text) ? emailRef(text) : { kind: 'id', value: text, text };
}

export const emailRef = (text: string): PersonRef => ({ kind: 'email', value: text.toLowerCase(), text });

/**
 * A non-empty string, or a number or boolean as text; null for anything else. What no database stores alike (unpaired
 * surrogates, NUL) becomes U+FFFD, so that memory and store agree on what is the same.
 */
export function parseText(value: Json | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : storable(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** The text with what no database stores alike replaced. */
export function storable(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed;
}

/** Longest address that can be mailed to (RFC 5321, 4.5.3.1). */
const maxEmailLength = 254;
const emailPattern = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/;

export const isEmail = (text: string): boolean =>
  text.length <= maxEmailLength && text.includes('@') && emailPattern.test(text);

const e164Pattern = /^\+[1-9]\d{5,14}$/;

/** Whether the text is a phone number as E.164 writes it, such as +442071838750. */
export const isPhone = (text: string): boolean => e164Pattern.test(text);

/** Whether `text` takes more than `limit` bytes as UTF-8; reads it only when that is not clear from its length. */
export const longerThan = (text: string, limit: number): boolean =>
  text.length > limit || (text.length * 3 > limit && Buffer.byteLength(text) > limit);
