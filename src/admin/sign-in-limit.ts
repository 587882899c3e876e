// Slows down those who guess passwords or links: so many failures per address and per account in a stretch of time, then
// 429 until the oldest is that long ago. Kept in memory: a restart forgets it, and costs a guesser more than it gives.
//
// An attempt counts as a failure from its beginning and is taken back when it succeeds, so that many at once gain
// nothing. Addresses and accounts beyond the bound push the oldest out.
import { InputError } from '../errors/errors.ts';
import type { Clock } from '../lib/clock.ts';

const windowMs = 15 * 60_000;
const maxPerAccount = 10;
const maxPerAddress = 30;
const maxKept = 10_000;

/** Thrown when somebody has failed too often. */
export class TooManyAttemptsError extends InputError {
  readonly retryAfterSeconds: number;

  constructor(retryAfterMs: number) {
    const minutes = Math.max(1, Math.ceil(retryAfterMs / 60_000));
    super(
      'rate_limited',
      `Too many failed attempts. Try again in ${minutes} minute${minutes === 1 ? '' : 's'}; an operator of the machine can run \`./leat owner link\` for a new password.`,
    );
    this.retryAfterSeconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  }
}

export class SignInLimit {
  readonly #clock: Clock;
  /** Times of failures, oldest first, by address or account. */
  readonly #failures = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts an attempt; the answer takes it back after a success, and with it the account's other failures.
   * @throws TooManyAttemptsError when the address or the account has used its attempts up.
   */
  attempt(address: string, account: string | null): () => void {
    const now = this.#clock.monotonic();
    const kinds = [
      [`address ${networkOf(address)}`, maxPerAddress],
      ...(account === null ? [] : [[`account ${account}`, maxPerAccount] as const]),
    ] as const;
    for (const [key, most] of kinds) {
      const recent = (this.#failures.get(key) ?? []).filter((at) => now - at < windowMs);
      const [oldest] = recent;
      if (oldest !== undefined && recent.length >= most) throw new TooManyAttemptsError(oldest + windowMs - now);
      this.#keep(key, recent);
    }
    for (const [key] of kinds) this.#keep(key, [...(this.#failures.get(key) ?? []), now]);
    return () => {
      const [[byAddress], account] = kinds;
      this.#keep(byAddress, without(this.#failures.get(byAddress) ?? [], now));
      if (account) this.#failures.delete(account[0]);
    };
  }

  #keep(key: string, times: number[]): void {
    this.#failures.delete(key);
    if (times.length > 0) this.#failures.set(key, times);
    for (const oldest of this.#failures.keys()) {
      if (this.#failures.size <= maxKept) break;
      this.#failures.delete(oldest);
    }
  }
}

/** Who has one IPv6 address has the 2^64 of its network. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const [left, right] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''));
  const groups = [...(left ?? [])];
  while (groups.length + (right?.length ?? 0) < 8) groups.push('0');
  return [...groups, ...(right ?? [])].slice(0, 4).join(':');
}

function without(times: readonly number[], time: number): number[] {
  const at = times.indexOf(time);
  return times.filter((_, index) => index !== at);
}
