// What a one-time link opens: making the owner, accepting an invitation, choosing a new password.
import { z } from 'zod';
import { sha256Hex } from '../control/keys.ts';
import { checkPassword } from '../control/password.ts';
import { InputError } from '../errors/errors.ts';
import { randomToken } from '../lib/random.ts';
import type { AccountParts } from './account-parts.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { displayName, isoTime } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { beginSession, sessionAnswer, showSignedIn } from './session-routes.ts';
import { email, linkAnswer, linkTo, makeLinkToken, originOf, role } from './user-answer.ts';

const tags = ['Accounts'];
const token = z.string().min(1).max(200).meta({ description: '`token` of the link.' });

export function registerSetUpRoutes(app: AdminApp, deps: AdminDeps, { passwords, limit }: AccountParts): void {
  const { accounts, clock, connection } = deps;
  const findLink = async (given: string) => {
    const found = await accounts.findLink(sha256Hex(given), clock.now());
    if (found) return found;
    throw new InputError(
      'not_found',
      'This link was used, replaced by a newer one, or has expired. Ask an owner for a new one; on the machine of the server `./leat owner link` prints one.',
      'token',
    );
  };

  app.post(
    '/api/v1/set-up/check',
    {
      config: { role: 'public' },
      schema: {
        tags,
        summary: 'See what a one-time link is for',
        operationId: 'checkLink',
        description: 'Does not use the link up.',
        body: z.strictObject({ token }),
        response: {
          200: z
            .object({
              purpose: z.enum(['owner', 'invitation', 'password']),
              email: z.string().nullable().meta({ description: 'Null when the holder chooses it.' }),
              name: z.string().nullable(),
              role,
            })
            .meta({ id: 'LinkPurpose' }),
        },
      },
    },
    async (request) => {
      const succeeded = limit.attempt(connection.clientAddress(request.raw), null);
      const { user } = await findLink(request.body.token);
      succeeded();
      if (!user) return { purpose: 'owner' as const, email: null, name: null, role: 'owner' as const };
      const purpose = user.active ? ('password' as const) : ('invitation' as const);
      return { purpose, email: user.email, name: user.name, role: user.role };
    },
  );

  app.post(
    '/api/v1/set-up',
    {
      config: { role: 'public' },
      schema: {
        tags,
        summary: 'Use a one-time link: choose a password and sign in',
        operationId: 'setUp',
        description:
          'The link printed at start, or by `./leat owner link`, makes an owner of the given email, or gives the user who has it the new password and the role of owner. A link of an invitation sets the password of its user; `email` is not needed then. Sessions of before end.',
        body: z.strictObject({
          token,
          email: email.optional(),
          name: displayName.optional(),
          password: z.string().max(1000),
        }),
        response: { 200: sessionAnswer },
      },
    },
    async (request, reply) => {
      const { token: given, password } = request.body;
      const succeeded = limit.attempt(connection.clientAddress(request.raw), null);
      const { user: invited } = await findLink(given);
      succeeded();
      const address = invited?.email ?? request.body.email;
      if (address === undefined)
        throw new InputError('invalid_request', 'email is missing. Send the email to sign in with.', 'email');
      checkPassword(password, address);
      const known = invited ?? (await accounts.findCredentials(address))?.user;
      const user = await accounts.useLink(sha256Hex(given), {
        email: address,
        name: request.body.name ?? known?.name ?? address,
        passwordHash: await passwords.hash(password),
        newUserId: `usr_${randomToken(12)}`,
        now: clock.now(),
      });
      return showSignedIn(user, await beginSession(deps, request, reply, user));
    },
  );

  app.post(
    '/api/v1/set-up/owner-link',
    {
      config: { role: 'owner' },
      schema: {
        tags,
        summary: 'Make a one-time link for an owner',
        operationId: 'createOwnerLink',
        description:
          'For the first run, or when every owner has lost the password. It ends the one made before, and expires after 24 hours.',
        response: { 201: linkAnswer },
      },
    },
    async (request, reply) => {
      const made = await makeLinkToken(accounts, null, clock.now(), actorOf(request));
      const link = linkTo(originOf(deps, request.raw), made.token);
      return reply.code(201).send({ link, expiresAt: isoTime(made.expiresAt) });
    },
  );
}
