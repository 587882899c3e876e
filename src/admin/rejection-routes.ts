// What was not taken, and why: the rejections of a source, and calls that came with a key nobody knows.
import { z } from 'zod';
import type { Rejection, StoredRejection } from '../control/intake-store.ts';
import { errorCodes } from '../errors/codes.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { id, isoTime, pageLimit, pageOf, rowCursor, time } from './api-schema.ts';
import { findSource } from './source-answer.ts';

export const rejectionAnswer = z
  .object({
    id: z.int(),
    sourceId: z.string().nullable(),
    at: time,
    reason: z.string().meta({ description: 'Machine-readable, such as `missing_field` or `too_large`.' }),
    message: z.string().meta({ description: 'What was wrong, the limit, the remedy.' }),
    field: z.string().nullable().meta({ description: 'Path of the offending field, such as `batch[3].userId`.' }),
    route: z.string(),
    size: z.int().meta({ description: 'Bytes of what was rejected.' }),
    sample: z.string().meta({ description: 'Start of the body, keys blanked.' }),
    client: z.string(),
    ip: z.string(),
    keyPrefix: z.string().nullable(),
    strict: z.boolean().meta({ description: 'Whether the client was told; otherwise it got a 200.' }),
    answered: z.int().meta({ description: 'The status that the client got.' }),
    messageId: z.string().nullable(),
  })
  .meta({ id: 'Rejection' });

const unknownKeyAnswer = z
  .object({
    keyPrefix: z.string(),
    reason: z.string(),
    ip: z.string(),
    client: z.string(),
    count: z.int(),
    firstAt: time,
    lastAt: time,
    message: z.string(),
  })
  .meta({ id: 'UnrecognisedKey' });

const rejectionPage = pageOf(rejectionAnswer).extend({
  counts: z.record(z.string(), z.int()).meta({ description: 'By reason, of all time.' }),
});
const querystring = z.strictObject({
  reason: z.string().max(100).optional().meta({ description: 'Only those of this reason.' }),
  cursor: rowCursor,
  limit: pageLimit(500, 50),
});
const tags = ['Sources'];

const keyReasons = new Set([
  'missing_key',
  'unknown_key',
  'wrong_region',
  'source_disabled',
  'key_revoked',
  'secret_key_exposed',
]);
/** Where a client asks for its settings, the key is part of the address; the record has this in its place. */
const keyInRoute = '/…/';

/** What ingest answers follows from mode, reason and route. */
function answeredStatus({ strict, reason, route }: Rejection): number {
  if (!strict) return 200;
  if (route.includes(keyInRoute)) return errorCodes.not_found.status;
  return keyReasons.has(reason) ? errorCodes.unauthorized.status : errorCodes.invalid_request.status;
}

export const showRejection = (rejection: StoredRejection): z.output<typeof rejectionAnswer> => ({
  ...rejection,
  at: isoTime(rejection.at),
  answered: answeredStatus(rejection),
  messageId: rejection.messageId ?? null,
});

export function registerRejectionRoutes(app: AdminApp, { control, intake }: AdminDeps): void {
  const list = async (sourceId: Rejection['sourceId'], query: z.output<typeof querystring>) => {
    const { reason, cursor: before, limit } = query;
    const [page, counts] = await Promise.all([
      intake.listRejections({
        sourceId,
        limit,
        ...(reason !== undefined && { reason }),
        ...(before !== undefined && { before }),
      }),
      intake.rejectionCounts(sourceId),
    ]);
    return {
      items: page.items.map(showRejection),
      next: page.next,
      counts: Object.fromEntries(counts.map(({ reason: name, count }) => [name, count])),
    };
  };

  app.get(
    '/api/v1/sources/:id/rejections',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List what was not taken from a source, and why',
        operationId: 'listRejections',
        description: 'Latest first. Detail is kept within a byte budget per source; `counts` are of all time.',
        params: z.object({ id: id('source') }),
        querystring,
        response: { 200: rejectionPage },
      },
    },
    async (request) => {
      const source = findSource(await control.snapshot(), request.params.id);
      return list(source.id, request.query);
    },
  );

  app.get(
    '/api/v1/unrecognised-keys',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List keys that nothing here knows',
        operationId: 'listUnrecognisedKeys',
        description: 'Calls with one unknown key from one address and client are counted together; latest first.',
        querystring: z.strictObject({ limit: pageLimit(1000, 100) }),
        response: { 200: pageOf(unknownKeyAnswer) },
      },
    },
    async (request) => {
      const found = await intake.listUnknownKeys(request.query.limit);
      const items = found.map((seen) => ({ ...seen, firstAt: isoTime(seen.firstAt), lastAt: isoTime(seen.lastAt) }));
      return { items, next: null };
    },
  );

  app.get(
    '/api/v1/unrecognised-keys/rejections',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List calls that came with an unknown key',
        operationId: 'listUnrecognisedRejections',
        querystring,
        response: { 200: rejectionPage },
      },
    },
    async (request) => list(null, request.query),
  );
}
