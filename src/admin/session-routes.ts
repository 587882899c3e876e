// Signing in and out, and the sessions that are open.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Session, User } from '../control/account-store.ts';
import { sha256Hex } from '../control/keys.ts';
import { isOutdated } from '../control/password.ts';
import { InputError } from '../errors/errors.ts';
import { randomToken } from '../lib/random.ts';
import type { AccountParts } from './account-parts.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { id, isoTime, pageOf, time } from './api-schema.ts';
import { actorOf, sessionOf } from './authentication.ts';
import { csrfToken, sessionCookie, sessionToken } from './session-cookie.ts';
import { email, signedInUser } from './user-answer.ts';

const tags = ['Accounts'];

export const sessionAnswer = z
  .object({
    user: signedInUser.nullable().meta({ description: 'Null when nobody is signed in.' }),
    setUpNeeded: z.boolean().meta({ description: 'Whether there is no owner yet; the start lines hold the link.' }),
    csrf: z.string().nullable().meta({ description: 'For the header x-leat-csrf of every change.' }),
  })
  .meta({ id: 'CurrentSession' });

const openSession = z
  .object({
    id: z.string(),
    userId: z.string(),
    email: z.string(),
    current: z.boolean().meta({ description: 'Whether it is the one that asks.' }),
    createdAt: time,
    lastSeenAt: time,
    address: z.string().meta({ description: 'Where it was last seen from.' }),
    client: z.string().meta({ description: 'User agent at sign-in.' }),
  })
  .meta({ id: 'Session' });

export const showSignedIn = (user: User, token: string): z.output<typeof sessionAnswer> => ({
  user: { id: user.id, email: user.email, name: user.name, role: user.role },
  setUpNeeded: false,
  csrf: csrfToken(token),
});

/** Begins a session of a user and sets its cookie; answers the session's token. */
export async function beginSession(
  { accounts, clock, connection }: Pick<AdminDeps, 'accounts' | 'clock' | 'connection'>,
  request: FastifyRequest,
  reply: FastifyReply,
  user: User,
): Promise<string> {
  const token = randomToken(43);
  const now = clock.now();
  const session: Session = {
    id: `ses_${randomToken(12)}`,
    userId: user.id,
    createdAt: now,
    lastSeenAt: now,
    address: connection.clientAddress(request.raw),
    client: (request.headers['user-agent'] ?? '').slice(0, 300),
  };
  await accounts.createSession(session, sha256Hex(token));
  reply.header('set-cookie', sessionCookie(token, connection.encrypted(request.raw)));
  return token;
}

export function registerSessionRoutes(app: AdminApp, deps: AdminDeps, { passwords, limit }: AccountParts): void {
  const { accounts, clock, connection } = deps;

  app.get(
    '/api/v1/session',
    {
      config: { role: 'public' },
      schema: {
        tags,
        summary: 'See who is signed in',
        operationId: 'getSession',
        response: { 200: sessionAnswer },
      },
    },
    async (request) => {
      const token = sessionToken(request.headers.cookie);
      const seen = { now: clock.now(), address: connection.clientAddress(request.raw) };
      const found = token === null ? null : await accounts.findSession(sha256Hex(token), seen);
      if (token !== null && found) return showSignedIn(found.user, token);
      return { user: null, setUpNeeded: await accounts.setUpNeeded(), csrf: null };
    },
  );

  app.post(
    '/api/v1/session',
    {
      config: { role: 'public' },
      schema: {
        tags,
        summary: 'Sign in',
        operationId: 'signIn',
        description:
          'Sets the cookie `leat_session`. Changes made with the cookie need the header `x-leat-csrf` with the `csrf` of the answer. Ten failures of an account or thirty of an address within 15 minutes are answered 429 with Retry-After.',
        body: z.strictObject({ email, password: z.string().min(1).max(1000) }),
        response: { 200: sessionAnswer },
      },
    },
    async (request, reply) => {
      const { email: account, password } = request.body;
      const succeeded = limit.attempt(connection.clientAddress(request.raw), account);
      const found = await accounts.findCredentials(account);
      const right = await passwords.verify(password, found?.passwordHash ?? null);
      if (!found || !right)
        throw new InputError('unauthorized', 'Email and password do not belong together. Check both.');
      succeeded();
      if (found.passwordHash !== null && isOutdated(found.passwordHash))
        await accounts.rehashPassword(found.user.id, await passwords.hash(password));
      return showSignedIn(found.user, await beginSession(deps, request, reply, found.user));
    },
  );

  app.delete(
    '/api/v1/session',
    {
      config: { role: 'viewer' },
      schema: { tags, summary: 'Sign out', operationId: 'signOut', response: { 204: z.undefined() } },
    },
    async (request, reply) => {
      await accounts.endSession(sessionOf(request).id, actorOf(request));
      reply.header('set-cookie', sessionCookie('', connection.encrypted(request.raw)));
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/v1/sessions',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List open sessions',
        operationId: 'listSessions',
        description: 'Your own; for owners, and for tokens of owners, everybody’s.',
        response: { 200: pageOf(openSession) },
      },
    },
    async (request) => {
      const mine = request.caller?.role === 'owner' ? null : sessionOf(request).userId;
      const [sessions, users] = await Promise.all([accounts.listSessions(mine, clock.now()), accounts.listUsers()]);
      const emails = new Map(users.map((user) => [user.id, user.email]));
      const items = sessions.map((session) => ({
        ...session,
        email: emails.get(session.userId) ?? '',
        current: session.id === request.caller?.session?.id,
        createdAt: isoTime(session.createdAt),
        lastSeenAt: isoTime(session.lastSeenAt),
      }));
      return { items, next: null };
    },
  );

  app.delete(
    '/api/v1/sessions/:id',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'End a session',
        operationId: 'endSession',
        description: 'One of your own; owners may end anybody’s.',
        params: z.object({ id: id('session') }),
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const mine = request.caller?.role === 'owner' ? null : sessionOf(request).userId;
      const sessions = await accounts.listSessions(mine, clock.now());
      if (!sessions.some((session) => session.id === request.params.id))
        throw new InputError('not_found', `There is no session ${request.params.id}. It may have ended.`, 'id');
      await accounts.endSession(request.params.id, actorOf(request));
      return reply.code(204).send();
    },
  );

  app.delete(
    '/api/v1/sessions',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'End all your other sessions',
        operationId: 'endOtherSessions',
        response: { 200: z.object({ ended: z.int() }) },
      },
    },
    async (request) => {
      const { id: own, userId } = sessionOf(request);
      return { ended: await accounts.endOtherSessions(userId, own, actorOf(request)) };
    },
  );
}
