// The cookie of a signed-in browser, and the token that proves that a change comes from the console's own pages.
//
// The cookie holds a random token of which the store knows the SHA-256 only. SameSite=Strict keeps other sites from
// sending it; `x-leat-csrf`, derived from it, can be read by nobody who may not read the answers of this origin.
import { createHmac } from 'node:crypto';
import { equalSecrets } from '../control/keys.ts';
import { sessionMaxMs } from '../control/account-store.ts';
import { InputError } from '../errors/errors.ts';

const cookieName = 'leat_session';
/** The header that carries the CSRF token. */
export const csrfHeader = 'x-leat-csrf';

/** Value for Set-Cookie; an empty token takes the cookie away. */
export function sessionCookie(token: string, encrypted: boolean): string {
  const age = token === '' ? 0 : Math.floor(sessionMaxMs / 1000);
  return `${cookieName}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${encrypted ? '; Secure' : ''}`;
}

/** The session's token in a Cookie header; null when there is none. */
export function sessionToken(cookies: string | undefined): string | null {
  for (const pair of cookies?.split(';') ?? []) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === cookieName && value?.trim()) return value.trim();
  }
  return null;
}

/** The token that a session's changes carry in `x-leat-csrf`. */
export const csrfToken = (token: string): string => createHmac('sha256', token).update('leat csrf').digest('base64url');

/** @throws InputError `forbidden` when a call with a session's cookie that changes something lacks its CSRF token. */
export function requireCsrf(method: string, token: string, given: string | readonly string[] | undefined): void {
  if (method === 'GET' || method === 'HEAD') return;
  if (typeof given === 'string' && equalSecrets(given, csrfToken(token))) return;
  throw new InputError(
    'forbidden',
    `A change made with the session cookie needs the header ${csrfHeader} with the value of \`csrf\` from GET /api/v1/session. Reload the page if it was open while you signed in again.`,
  );
}
