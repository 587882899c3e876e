// Passwords: scrypt (RFC 7914) off the thread, its parameters stored with each hash so that they can be raised later.
//
// Form of a hash: `scrypt$<N>$<r>$<p>$<salt>$<key>`, salt and key in base64url. At most two are computed at once: each
// takes 32 MiB and a core for a while, and the event pipeline shares the machine.
import { scrypt, timingSafeEqual } from 'node:crypto';
import { FaultError, InputError } from '../errors/errors.ts';
import { randomSalt } from '../lib/random.ts';

const minPasswordLength = 10;
/** Far above any passphrase; bounds what one call can cost. */
const maxPasswordLength = 512;

interface Cost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}
/** One of the settings that OWASP's Password Storage Cheat Sheet counts as equal: N = 2^15, r = 8, p = 3. */
const presentCost: Cost = { n: 2 ** 15, r: 8, p: 3 };
const keyLength = 32;
const saltLength = 16;
const atOnce = 2;

/** @throws InputError `invalid_request` when the password is too short, too long, or the user's own email. */
export function checkPassword(password: string, email: string): void {
  const { length } = password;
  if (length < minPasswordLength || length > maxPasswordLength)
    throw new InputError(
      'invalid_request',
      `The password has ${length} characters; it needs ${minPasswordLength} to ${maxPasswordLength}. A few words in a row make a good one.`,
      'password',
    );
  if (password.trim().toLowerCase() === email.trim().toLowerCase() || new Set(password).size < 4)
    throw new InputError(
      'invalid_request',
      'This password would be guessed at once. Choose one that is not the email and has at least four different characters.',
      'password',
    );
}

/** Hashes and checks passwords, a few at a time. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** The form in which a password is stored. */
  async hash(password: string): Promise<string> {
    const salt = randomSalt(saltLength);
    const key = await this.#derive(password, salt, presentCost);
    const { n, r, p } = presentCost;
    return ['scrypt', n, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
  }

  /** Whether the password is the hashed one. Without a hash it answers no, in the same time. */
  async verify(password: string, hash: string | null): Promise<boolean> {
    const stored = hash === null ? null : parseHash(hash);
    const key = await this.#derive(password, stored?.salt ?? Buffer.alloc(saltLength), stored?.cost ?? presentCost);
    return stored !== null && stored.key.length === key.length && timingSafeEqual(key, stored.key);
  }

  async #derive(password: string, salt: Buffer, { n, r, p }: Cost): Promise<Buffer> {
    if (this.#running >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await new Promise((resolve, reject) => {
        // Typed on two keyboards, one letter can be two code points; NFKC makes them one (RFC 8265, section 4).
        const options = { N: n, r, p, maxmem: 256 * n * r };
        scrypt(password.normalize('NFKC'), salt, keyLength, options, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      });
    } finally {
      // The place is handed on, not given back, so that nobody overtakes who waits.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}

/** Whether a hash was made with other parameters than today's. */
export function isOutdated(hash: string): boolean {
  const { cost } = parseHash(hash);
  return cost.n !== presentCost.n || cost.r !== presentCost.r || cost.p !== presentCost.p;
}

function parseHash(hash: string): { readonly cost: Cost; readonly salt: Buffer; readonly key: Buffer } {
  const [scheme, n, r, p, salt, key] = hash.split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined)
    throw new FaultError(
      'store_unavailable',
      'control.db: a password hash is of an unknown form. Was it edited by hand?',
    );
  const cost = { n: Number(n), r: Number(r), p: Number(p) };
  return { cost, salt: Buffer.from(salt, 'base64url'), key: Buffer.from(key, 'base64url') };
}
