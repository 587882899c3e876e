// What the routes of accounts share: one queue of password hashes and one count of failed attempts.
import { Passwords } from '../control/password.ts';
import type { Clock } from '../lib/clock.ts';
import { SignInLimit } from './sign-in-limit.ts';

export interface AccountParts {
  readonly passwords: Passwords;
  readonly limit: SignInLimit;
}

export const createAccountParts = (clock: Clock): AccountParts => ({
  passwords: new Passwords(),
  limit: new SignInLimit(clock),
});
