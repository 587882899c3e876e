// Users, sessions and one-time links as the control API shows them.
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { AccountStore, User } from '../control/account-store.ts';
import type { Actor } from '../control/control-store.ts';
import { sha256Hex } from '../control/keys.ts';
import { randomToken } from '../lib/random.ts';
import type { AdminDeps } from './admin-deps.ts';
import { displayName, isoTime, isoTimeOrNull, time } from './api-schema.ts';
import { roleMeaning } from './authentication.ts';

export const role = z.enum(['owner', 'editor', 'viewer']).meta({
  description: Object.entries(roleMeaning)
    .map(([name, meaning]) => `${name} ${meaning}`)
    .join('; '),
});

/** Addresses differ in case for nobody, so users are known by the lower-cased one. */
export const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email())
  .meta({ description: 'Case does not matter.' });

export const signedInUser = z.object({ id: z.string(), email: z.string(), name: z.string(), role });

export const userAnswer = signedInUser
  .extend({
    name: displayName,
    active: z.boolean().meta({ description: 'False until the invited user has chosen a password.' }),
    createdAt: time,
    lastSignInAt: time.nullable(),
  })
  .meta({ id: 'User' });

export const showUser = (user: User): z.output<typeof userAnswer> => ({
  ...user,
  createdAt: isoTime(user.createdAt),
  lastSignInAt: isoTimeOrNull(user.lastSignInAt),
});

export const linkAnswer = z
  .object({ link: z.url().meta({ description: 'Works once; shown here and never again.' }), expiresAt: time })
  .meta({ id: 'AccountLink' });

const dayMs = 86_400_000;
const invitationMs = 7 * dayMs;
const ownerLinkMs = dayMs;

/** Makes a one-time link's token, for a user, or without one for the owner; earlier ones of the same kind end. */
export async function makeLinkToken(
  accounts: Pick<AccountStore, 'createLink'>,
  userId: string | null,
  now: number,
  actor: Actor,
): Promise<{ readonly token: string; readonly expiresAt: number }> {
  const token = randomToken(40);
  const expiresAt = now + (userId === null ? ownerLinkMs : invitationMs);
  await accounts.createLink({ userId, createdAt: now, expiresAt }, sha256Hex(token), actor);
  return { token, expiresAt };
}

/** Where the holder of a one-time token goes. */
export const linkTo = (origin: string, token: string): string => `${origin}/first-run?token=${token}`;

/** Origin for links: LEAT_PUBLIC_URL, else where the request was sent. */
export function originOf(deps: Pick<AdminDeps, 'settings' | 'connection'>, request: IncomingMessage): string {
  const { LEAT_PUBLIC_URL: own } = deps.settings;
  if (own !== null) return own.replace(/\/+$/, '');
  return `${deps.connection.encrypted(request) ? 'https' : 'http'}://${deps.connection.host(request)}`;
}
