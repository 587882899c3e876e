// Keys of a source: made here or brought along, rotated, shown again, revoked.
import { z } from 'zod';
import { newSourceKey } from '../control/first-source.ts';
import { keyHint } from '../control/keys.ts';
import type { ControlSnapshot, SourceKey } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { id, pageOf } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { findSource, keyAnswer, showKey } from './source-answer.ts';

const params = z.object({ id: id('source') });
const keyParams = params.extend({ keyId: id('key') });
const tags = ['Sources'];

export function registerKeyRoutes(app: AdminApp, { control, clock, settings }: AdminDeps): void {
  const wanted = (key: string | undefined, keyClass: SourceKey['class']) => ({
    region: settings.LEAT_REGION,
    key: key ?? null,
    class: keyClass,
    now: clock.now(),
  });

  app.get(
    '/api/v1/sources/:id/keys',
    {
      config: { role: 'viewer' },
      schema: { tags, summary: 'List keys', operationId: 'listKeys', params, response: { 200: pageOf(keyAnswer) } },
    },
    async (request) => {
      const snapshot = await control.snapshot();
      const source = findSource(snapshot, request.params.id);
      const keys = snapshot.keys.filter(({ sourceId }) => sourceId === source.id);
      return { items: keys.map((key) => showKey(key)), next: null };
    },
  );

  app.post(
    '/api/v1/sources/:id/keys',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Add a key',
        operationId: 'createKey',
        description: 'Makes a key, or takes one brought along as it is; then its class follows from its prefix.',
        params,
        body: z.strictObject({
          class: z.enum(['public', 'secret']).default('public').meta({ description: 'Class of the key to make.' }),
          key: z.string().optional().meta({ description: 'A key brought along, 16 to 256 printable characters.' }),
        }),
        response: { 201: keyAnswer },
      },
    },
    async (request, reply) => {
      const key = newSourceKey(request.params.id, wanted(request.body.key, request.body.class));
      await control.addKey(key, actorOf(request));
      return reply.code(201).send(showKey(key, true));
    },
  );

  app.post(
    '/api/v1/sources/:id/keys/:keyId/rotate',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Replace a key',
        operationId: 'rotateKey',
        description:
          'Makes a key of the same class. The old one keeps working until it is revoked, so that clients can be changed one by one; `revoke` ends it at once.',
        params: keyParams,
        body: z.strictObject({ revoke: z.boolean().default(false) }),
        response: { 201: keyAnswer },
      },
    },
    async (request, reply) => {
      const old = findKey(await control.snapshot(), request.params);
      const key = newSourceKey(old.sourceId, wanted(undefined, old.class));
      await control.addKey(key, actorOf(request));
      if (request.body.revoke) await control.revokeKey(old.sourceId, old.id, clock.now(), actorOf(request));
      return reply.code(201).send(showKey(key, true));
    },
  );

  app.post(
    '/api/v1/sources/:id/keys/:keyId/reveal',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Show a secret key again',
        operationId: 'revealKey',
        description: 'The audit log says who did.',
        params: keyParams,
        response: { 200: keyAnswer },
      },
    },
    async (request) => {
      const key = findKey(await control.snapshot(), request.params);
      if (key.class === 'secret')
        await control.audit({
          at: clock.now(),
          actor: actorOf(request).name,
          action: 'key.reveal',
          subject: key.sourceId,
          detail: { keyId: key.id, key: keyHint(key.key) },
        });
      return showKey(key, true);
    },
  );

  app.delete(
    '/api/v1/sources/:id/keys/:keyId',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Revoke a key',
        operationId: 'revokeKey',
        description: 'Calls with it are no longer taken. The key stays listed and cannot be used by another source.',
        params: keyParams,
        response: { 200: keyAnswer },
      },
    },
    async (request) => {
      const { id: sourceId, keyId } = request.params;
      await control.revokeKey(sourceId, keyId, clock.now(), actorOf(request));
      return showKey(findKey(await control.snapshot(), request.params));
    },
  );
}

function findKey(snapshot: ControlSnapshot, where: { readonly id: string; readonly keyId: string }): SourceKey {
  const source = findSource(snapshot, where.id);
  const key = snapshot.keys.find((one) => one.sourceId === source.id && one.id === where.keyId);
  if (!key) throw new InputError('not_found', `Source ${source.id} has no key ${where.keyId}.`, 'keyId');
  return key;
}
