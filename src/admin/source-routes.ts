// Sources: what sends events here, whether it works, and what was not taken from it.
import { z } from 'zod';
import type { SourceActivity } from '../control/intake-store.ts';
import { newSourceId, newSourceKey } from '../control/first-source.ts';
import type { Source } from '../control/model.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { actorOf } from './authentication.ts';
import { defined, id, isoTimeOrNull, pageOf, time } from './api-schema.ts';
import { diagnoseSource } from './diagnose-source.ts';
import { rejectionAnswer, showRejection } from './rejection-routes.ts';
import { findSource, showSource, sourceAnswer, sourceFields } from './source-answer.ts';

const diagnosisAnswer = z
  .object({
    ok: z.boolean(),
    state: z.enum(['receiving', 'rejecting', 'silent']),
    message: z.string(),
    lastAcceptedAt: time.nullable(),
    lastMessageId: z.string().nullable(),
    library: z.string().nullable(),
    lastRejection: rejectionAnswer.nullable(),
    problems: z.array(z.object({ code: z.string(), message: z.string(), remedy: z.string() })),
  })
  .meta({ id: 'SourceTest', description: 'Whether calls arrive, and if not, what is known about why.' });

const params = z.object({ id: id('source') });
const tags = ['Sources'];

export function registerSourceRoutes(app: AdminApp, deps: AdminDeps): void {
  const { control, intake, clock, settings } = deps;
  const activityOf = async (sourceId: string): Promise<SourceActivity | undefined> =>
    (await intake.listActivity()).find((one) => one.sourceId === sourceId);

  app.get(
    '/api/v1/sources',
    {
      config: { role: 'viewer' },
      schema: { tags, summary: 'List sources', operationId: 'listSources', response: { 200: pageOf(sourceAnswer) } },
    },
    async () => {
      const { sources, keys } = await control.snapshot();
      const activity = new Map((await intake.listActivity()).map((seen) => [seen.sourceId, seen]));
      return { items: sources.map((source) => showSource(source, keys, activity.get(source.id))), next: null };
    },
  );

  app.post(
    '/api/v1/sources',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Add a source',
        operationId: 'createSource',
        description: 'Adds a source with one key: made here, or brought along from another system.',
        body: z.strictObject({
          name: sourceFields.name,
          kind: sourceFields.kind.default('http'),
          family: sourceFields.family.default('customerio'),
          enabled: sourceFields.enabled.default(true),
          strict: sourceFields.strict.default(false),
          keyClass: z.enum(['public', 'secret']).default('public').meta({ description: 'Class of the key to make.' }),
          key: z.string().optional().meta({ description: 'A key brought along, 16 to 256 printable characters.' }),
        }),
        response: { 201: sourceAnswer },
      },
    },
    async (request, reply) => {
      const { keyClass, key: brought, ...fields } = request.body;
      const now = clock.now();
      const source: Source = { id: newSourceId(), ...fields, createdAt: now };
      const wanted = { region: settings.LEAT_REGION, key: brought ?? null, class: keyClass, now };
      const key = newSourceKey(source.id, wanted);
      await control.createSource(source, [key], actorOf(request));
      return reply.code(201).send(showSource(source, [key], undefined, key));
    },
  );

  app.get(
    '/api/v1/sources/:id',
    {
      config: { role: 'viewer' },
      schema: { tags, summary: 'Get a source', operationId: 'getSource', params, response: { 200: sourceAnswer } },
    },
    async (request) => {
      const snapshot = await control.snapshot();
      const source = findSource(snapshot, request.params.id);
      return showSource(source, snapshot.keys, await activityOf(source.id));
    },
  );

  app.patch(
    '/api/v1/sources/:id',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Change a source',
        operationId: 'updateSource',
        params,
        body: z.strictObject(sourceFields).partial(),
        response: { 200: sourceAnswer },
      },
    },
    async (request) => {
      const source = await control.updateSource(request.params.id, defined(request.body), actorOf(request));
      return showSource(source, (await control.snapshot()).keys, await activityOf(source.id));
    },
  );

  app.delete(
    '/api/v1/sources/:id',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Delete a source',
        operationId: 'deleteSource',
        description: 'Its keys open nothing from then on. Events it sent stay in the log.',
        params,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      await control.deleteSource(request.params.id, actorOf(request));
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/v1/sources/:id/test',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Test the connection of a source',
        operationId: 'testSource',
        description: 'Send any call with the key of the source, then ask here whether it arrived, and if not, why.',
        params,
        response: { 200: diagnosisAnswer },
      },
    },
    async (request) => {
      const snapshot = await control.snapshot();
      const source = findSource(snapshot, request.params.id);
      const [activity, unknownKeys, rejections] = await Promise.all([
        activityOf(source.id),
        intake.listUnknownKeys(100),
        intake.listRejections({ sourceId: source.id, limit: 1 }),
      ]);
      const diagnosis = diagnoseSource({
        source,
        keys: snapshot.keys.filter(({ sourceId }) => sourceId === source.id),
        activity: activity ?? null,
        lastRejection: rejections.items[0] ?? null,
        unknownKeys,
        region: settings.LEAT_REGION,
        regionHosts: settings.LEAT_REGION_HOSTS,
        now: clock.now(),
      });
      const lastRejection = diagnosis.lastRejection && showRejection(diagnosis.lastRejection);
      return { ...diagnosis, lastAcceptedAt: isoTimeOrNull(diagnosis.lastAcceptedAt), lastRejection };
    },
  );
}
