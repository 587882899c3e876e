// Replays: a stretch of the log sent once more to one destination, or shown first.
import { z } from 'zod';
import { workspaceDestinationId } from '../control/first-source.ts';
import { InputError } from '../errors/errors.ts';
import type { ReplayRun } from '../delivery/replay/replay.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { id, isoTime, pageLimit, pageOf } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { findDestination } from './destination-answer.ts';
import { replayAnswer, replayDetail, replayFailureAnswer, showReplay, showReplayDetail } from './replay-answer.ts';

const params = z.object({ id: id('destination') });
const runParams = params.extend({ run: id('replay') });
const tags = ['Destinations'];
const timeLimit = z.iso.datetime({ offset: true }).nullable().default(null);
const offset = z.int().min(0).nullable().default(null);

const newReplay = z.strictObject({
  from: timeLimit.meta({ description: 'Received at or after.' }),
  to: timeLimit.meta({ description: 'Received before.' }),
  fromOffset: offset.meta({ description: 'From this offset on.' }),
  toOffset: offset.meta({ description: 'Up to this offset, which is not part of it.' }),
  filter: z.string().min(1).max(10_000).nullable().default(null).meta({ description: 'FQL; only events that match.' }),
  sourceIds: z
    .array(z.string())
    .min(1)
    .max(1000)
    .nullable()
    .default(null)
    .meta({ description: 'Only of these sources.' }),
  ratePerSecond: z
    .number()
    .min(0.1)
    .max(100_000)
    .nullable()
    .default(null)
    .meta({ description: 'Most events a second; null for as fast as the destination takes them.' }),
  dryRun: z
    .boolean()
    .default(false)
    .meta({ description: 'Counts what would be sent, keeps a few events with their requests, and sends nothing.' }),
});

export function registerReplayRoutes(app: AdminApp, deps: AdminDeps): void {
  const { control, delivery, deliveryControl, clock } = deps;
  const destinationOf = async (destinationId: string): Promise<string> =>
    findDestination(await control.snapshot(), destinationId).id;
  const find = async (destinationId: string, run: string): Promise<ReplayRun> => {
    const found = await delivery.replay(run);
    if (found?.destinationId !== (await destinationOf(destinationId)))
      throw new InputError('not_found', `This destination has no replay ${run}.`, 'run');
    return found;
  };

  app.get(
    '/api/v1/destinations/:id/replays',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List replays',
        operationId: 'listReplays',
        description: 'Latest first.',
        params,
        response: { 200: pageOf(replayAnswer) },
      },
    },
    async (request) => {
      const runs = await delivery.replays(await destinationOf(request.params.id));
      return { items: runs.map(showReplay), next: null };
    },
  );

  app.post(
    '/api/v1/destinations/:id/replays',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Replay events to a destination',
        operationId: 'startReplay',
        description:
          'Sends events of the log once more, with the present settings and actions, as a run with counts of its own; the ledger and what the destination has yet to get are left alone. It ends where the destination itself stands. Events of one person keep their order within the run. A webhook gets its id as `X-Leat-Replay`.',
        params,
        body: newReplay,
        response: { 201: replayDetail },
      },
    },
    async (request, reply) => {
      const { sources, destinations } = await control.snapshot();
      const { id: destinationId } = findDestination({ version: 0, sources, keys: [], destinations }, request.params.id);
      if (destinationId === workspaceDestinationId)
        throw new InputError(
          'conflict',
          'The workspace is what its log makes of it; there is nothing to send again.',
          'id',
        );
      const { from, to, ...asked } = request.body;
      const unknown = asked.sourceIds?.find((one) => !sources.some((source) => source.id === one));
      if (unknown !== undefined)
        throw new InputError('invalid_request', `sourceIds names ${unknown}, which is no source.`, 'sourceIds');
      const actor = actorOf(request).name;
      const run = await deliveryControl.startReplay(destinationId, {
        ...asked,
        from: from === null ? null : Date.parse(from),
        to: to === null ? null : Date.parse(to),
        createdBy: actor,
      });
      if (!asked.dryRun)
        await control.audit({
          at: clock.now(),
          actor,
          action: 'replay.start',
          subject: destinationId,
          detail: { run: run.id, total: run.total, filter: asked.filter, createdAt: isoTime(run.createdAt) },
        });
      return reply.code(201).send(showReplayDetail(run));
    },
  );

  app.get(
    '/api/v1/destinations/:id/replays/:run',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Get a replay',
        operationId: 'getReplay',
        params: runParams,
        response: { 200: replayDetail },
      },
    },
    async (request) => showReplayDetail(await find(request.params.id, request.params.run)),
  );

  app.get(
    '/api/v1/destinations/:id/replays/:run/failures',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List what a replay could not send',
        operationId: 'listReplayFailures',
        description: 'In the order of the log; the first 10,000.',
        params: runParams,
        querystring: z.strictObject({
          cursor: z
            .string()
            .regex(/^\d{1,9}\.\d{1,15}$/)
            .optional()
            .meta({ description: '`next` of the page before.' }),
          limit: pageLimit(200, 50),
        }),
        response: { 200: pageOf(replayFailureAnswer) },
      },
    },
    async (request) => {
      const run = await find(request.params.id, request.params.run);
      const { items, next } = await delivery.replayFailures(run.id, request.query.cursor ?? null, request.query.limit);
      return { items: [...items], next };
    },
  );

  for (const [verb, summary, change] of [
    ['pause', 'Pause a replay', deliveryControl.pauseReplay.bind(deliveryControl)],
    ['resume', 'Go on with a paused replay', deliveryControl.resumeReplay.bind(deliveryControl)],
    ['cancel', 'End a replay', deliveryControl.cancelReplay.bind(deliveryControl)],
  ] as const) {
    app.post(
      `/api/v1/destinations/:id/replays/:run/${verb}`,
      {
        config: { role: 'editor' },
        schema: { tags, summary, operationId: `${verb}Replay`, params: runParams, response: { 200: replayDetail } },
      },
      async (request) => {
        const run = await change(await destinationOf(request.params.id), request.params.run);
        await control.audit({
          at: clock.now(),
          actor: actorOf(request).name,
          action: `replay.${verb}`,
          subject: run.destinationId,
          detail: { run: run.id },
        });
        return showReplayDetail(run);
      },
    );
  }
}
