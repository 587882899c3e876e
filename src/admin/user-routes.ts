// Users: who may sign in, and as what.
import { z } from 'zod';
import type { User } from '../control/account-store.ts';
import { checkPassword } from '../control/password.ts';
import { InputError } from '../errors/errors.ts';
import { randomToken } from '../lib/random.ts';
import type { AccountParts } from './account-parts.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { defined, displayName, id, isoTime, pageOf } from './api-schema.ts';
import { actorOf, sessionOf } from './authentication.ts';
import { email, linkAnswer, linkTo, makeLinkToken, originOf, role, showUser, userAnswer } from './user-answer.ts';

const params = z.object({ id: id('user') });
const tags = ['Accounts'];

export function registerUserRoutes(app: AdminApp, deps: AdminDeps, { passwords, limit }: AccountParts): void {
  const { accounts, clock, connection } = deps;

  app.get(
    '/api/v1/users',
    {
      config: { role: 'owner' },
      schema: { tags, summary: 'List users', operationId: 'listUsers', response: { 200: pageOf(userAnswer) } },
    },
    async () => ({ items: (await accounts.listUsers()).map(showUser), next: null }),
  );

  app.post(
    '/api/v1/users',
    {
      config: { role: 'owner' },
      schema: {
        tags,
        summary: 'Invite a user',
        operationId: 'inviteUser',
        description:
          'The answer holds a link that works once, for seven days. Leat sends no mail: hand it over yourself. Who opens it chooses a password.',
        body: z.strictObject({ email, name: displayName.optional(), role }),
        response: { 201: linkAnswer.extend({ user: userAnswer }).meta({ id: 'Invitation' }) },
      },
    },
    async (request, reply) => {
      const now = clock.now();
      const { email: address, name = address, role: wanted } = request.body;
      const user: User = {
        id: `usr_${randomToken(12)}`,
        email: address,
        name,
        role: wanted,
        active: false,
        createdAt: now,
        lastSignInAt: null,
      };
      await accounts.createUser(user, actorOf(request));
      const made = await makeLinkToken(accounts, user.id, now, actorOf(request));
      const link = linkTo(originOf(deps, request.raw), made.token);
      return reply.code(201).send({ user: showUser(user), link, expiresAt: isoTime(made.expiresAt) });
    },
  );

  app.patch(
    '/api/v1/users/:id',
    {
      config: { role: 'owner' },
      schema: {
        tags,
        summary: 'Change a user’s name or role',
        operationId: 'updateUser',
        description: 'A changed role holds from the next call on. The last owner stays one.',
        params,
        body: z.strictObject({ name: displayName, role }).partial(),
        response: { 200: userAnswer },
      },
    },
    async (request) => showUser(await accounts.updateUser(request.params.id, defined(request.body), actorOf(request))),
  );

  app.delete(
    '/api/v1/users/:id',
    {
      config: { role: 'owner' },
      schema: {
        tags,
        summary: 'Remove a user',
        operationId: 'deleteUser',
        description:
          'Ends the user’s sessions and links. The last owner cannot be removed. The audit log keeps the email.',
        params,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      await accounts.deleteUser(request.params.id, actorOf(request));
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/v1/users/:id/link',
    {
      config: { role: 'owner' },
      schema: {
        tags,
        summary: 'Make a new one-time link for a user',
        operationId: 'createUserLink',
        description:
          'For an invitation that was lost, or a password that was forgotten: whoever opens it chooses a new one. The old password works until then. It ends the link made before, and expires after seven days.',
        params,
        response: { 201: linkAnswer },
      },
    },
    async (request, reply) => {
      const made = await makeLinkToken(accounts, request.params.id, clock.now(), actorOf(request));
      const link = linkTo(originOf(deps, request.raw), made.token);
      return reply.code(201).send({ link, expiresAt: isoTime(made.expiresAt) });
    },
  );

  app.put(
    '/api/v1/users/me/password',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Change your own password',
        operationId: 'changePassword',
        description: 'Ends all your other sessions. Wrong current passwords count as failed sign-ins.',
        body: z.strictObject({ current: z.string().max(1000), password: z.string().max(1000) }),
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id: own, userId } = sessionOf(request);
      const found = await accounts.credentialsOf(userId);
      if (!found) throw new InputError('unauthorized');
      const { current, password } = request.body;
      checkPassword(password, found.user.email);
      const succeeded = limit.attempt(connection.clientAddress(request.raw), found.user.email);
      if (!(await passwords.verify(current, found.passwordHash)))
        throw new InputError('invalid_request', 'The current password is not right.', 'current');
      succeeded();
      await accounts.setPassword(userId, await passwords.hash(password), own, actorOf(request));
      return reply.code(204).send();
    },
  );
}
