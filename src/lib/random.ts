// The only place that draws randomness.
import { randomBytes, randomUUID } from 'node:crypto';

/** A version 4 UUID. */
export const uuid = (): string => randomUUID();

/** A uniform number in [0, 1), for jitter. Not for secrets. */
export const randomFraction = (): number => Math.random();

/** Random bytes from the system's cryptographic source. */
export const randomSalt = (bytes: number): Buffer => randomBytes(bytes);

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz';

/** A random token of `length` letters and digits, drawn from the system's cryptographic source. */
export function randomToken(length: number): string {
  let token = '';
  while (token.length < length) {
    for (const byte of randomBytes(length)) {
      // Bytes past the last whole multiple of the alphabet would favour its first letters.
      if (byte < 256 - (256 % alphabet.length) && token.length < length)
        token += alphabet.charAt(byte % alphabet.length);
    }
  }
  return token;
}
