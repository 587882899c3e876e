// Write keys and API tokens: how they are made, and what can be read off one that is given.
//
// A made key says its class and region at the front: `us_…`/`eu_…` are public, `ak_us_…`/`ak_eu_…` secret. `ak_` is the
// prefix by which the official browser client refuses a secret key. Keys of other systems are accepted as given.
import { createHash, timingSafeEqual } from 'node:crypto';
import { InputError } from '../errors/errors.ts';
import { randomToken } from '../lib/random.ts';
import { regions } from './model.ts';
import type { KeyClass, Region } from './model.ts';

/** Letters after the prefix: 24 carry 138 bits, 32 carry 184. */
const publicLength = 24;
const secretLength = 32;
const tokenLength = 40;

/** Shortest key or token taken over from another system, in characters. */
export const minKeyLength = 16;
/** Longest one; Basic credentials and URLs stay far below what servers accept. */
export const maxKeyLength = 256;

/** A new key of the region and class. */
export function makeKey(region: Region, keyClass: KeyClass): string {
  return keyClass === 'secret' ? `ak_${region}_${randomToken(secretLength)}` : `${region}_${randomToken(publicLength)}`;
}

/** A new token of the control API. */
export const makeApiToken = (): string => `leat_${randomToken(tokenLength)}`;

/** Class of any key: secret when it begins with `ak_`. */
export const classOfKey = (key: string): KeyClass => (key.startsWith('ak_') ? 'secret' : 'public');

/** Region that a key's prefix names; null when it names none, as keys of other systems do. */
export function regionOfKey(key: string): Region | null {
  const rest = key.startsWith('ak_') ? key.slice(3) : key;
  return regions.find((region) => rest.startsWith(`${region}_`)) ?? null;
}

/**
 * Checks a key brought along from another system and answers its class. It is used exactly as given.
 * @throws InputError `invalid_request` when it is shorter than 16 or longer than 256 characters, or holds anything but
 * printable ASCII without spaces.
 */
export function parseBroughtKey(key: string): { readonly key: string; readonly class: KeyClass } {
  if (key.length < minKeyLength || key.length > maxKeyLength)
    throw new InputError(
      'invalid_request',
      `The key has ${key.length} characters; a key has ${minKeyLength} to ${maxKeyLength}. Bring along a longer one, or leave it out to have one made.`,
      'key',
    );
  // A colon would end the user name of Basic credentials (RFC 7617, section 2), so such a key could never be found.
  if (!/^[\x21-\x39\x3b-\x7e]+$/.test(key))
    throw new InputError(
      'invalid_request',
      'The key holds a space, a colon or a character outside printable ASCII, which clients cannot send. Bring along another one.',
      'key',
    );
  return { key, class: classOfKey(key) };
}

/** Enough of a key to recognise it by, too little to use it. */
export const keyHint = (key: string): string => `${key.slice(0, key.startsWith('ak_') ? 9 : 6)}…`;

/** SHA-256 in hex: the form in which a token is stored and looked up. */
export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whether two secrets are equal, in a time that does not depend on where they differ. */
export function equalSecrets(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
