// Tokens of the control API. Only their hashes are stored, so a token is shown once, when it is made.
import { z } from 'zod';
import { makeApiToken, sha256Hex } from '../control/keys.ts';
import type { ApiToken } from '../control/model.ts';
import { randomToken } from '../lib/random.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { displayName, id, isoTime, pageOf, time } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { role } from './user-answer.ts';

const tokenAnswer = z.object({ id: z.string(), name: z.string(), role, createdAt: time }).meta({ id: 'Token' });
const tags = ['Server'];

const showToken = (token: ApiToken): z.output<typeof tokenAnswer> => ({
  ...token,
  createdAt: isoTime(token.createdAt),
});

export function registerTokenRoutes(app: AdminApp, { control, clock }: AdminDeps): void {
  app.get(
    '/api/v1/tokens',
    {
      config: { role: 'owner' },
      schema: {
        tags,
        summary: 'List tokens',
        operationId: 'listTokens',
        description: 'Not among them: the operator’s own, from LEAT_ADMIN_TOKEN or the data folder.',
        response: { 200: pageOf(tokenAnswer) },
      },
    },
    async () => ({ items: (await control.listTokens()).map(showToken), next: null }),
  );

  app.post(
    '/api/v1/tokens',
    {
      config: { role: 'owner' },
      schema: {
        tags,
        summary: 'Make a token',
        operationId: 'createToken',
        description: 'The answer is the only place where the token is ever shown.',
        body: z.strictObject({ name: displayName, role }),
        response: { 201: tokenAnswer.extend({ token: z.string() }).meta({ id: 'NewToken' }) },
      },
    },
    async (request, reply) => {
      const secret = makeApiToken();
      const token: ApiToken = { id: `tok_${randomToken(12)}`, ...request.body, createdAt: clock.now() };
      await control.createToken(token, sha256Hex(secret), actorOf(request));
      return reply.code(201).send({ ...showToken(token), token: secret });
    },
  );

  app.delete(
    '/api/v1/tokens/:id',
    {
      config: { role: 'owner' },
      schema: {
        tags,
        summary: 'Delete a token',
        operationId: 'deleteToken',
        description: 'It opens nothing from then on.',
        params: z.object({ id: id('token') }),
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      await control.deleteToken(request.params.id, actorOf(request));
      return reply.code(204).send();
    },
  );
}
