// Events: the latest, live as they come, and one of them explained.
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import type { LogRecord } from '../log/event-log.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { cursor, isoTime, jsonObject, pageLimit, pageOf, time } from './api-schema.ts';
import { filterParameters } from './event-filter.ts';
import { explainEvent } from './explain-event.ts';
import { explanationAnswer, showExplanation } from './explanation-answer.ts';
import { liveTail } from './live-tail.ts';
import type { TailSink } from './live-tail.ts';
import { recentEvents } from './recent-events.ts';
import { rejectionAnswer, showRejection } from './rejection-routes.ts';
import { parseStoredEvent } from './stored-event.ts';

export const eventAnswer = z
  .object({
    sourceId: z.string(),
    messageId: z.string(),
    receivedAt: time,
    partition: z.int(),
    offset: z.int(),
    event: jsonObject.meta({ description: 'The canonical event.' }),
  })
  .meta({ id: 'StoredEvent' });

const querystring = z.strictObject({
  ...filterParameters,
  live: z
    .enum(['1', '0', 'true', 'false'])
    .optional()
    .meta({ description: '1 streams new events as server-sent events.' }),
  from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Received at or after; not with `live`.' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Received before; not with `live`.' }),
  cursor,
  limit: pageLimit(500, 50),
});
const tags = ['Events'];
/** Live tails at a time; each costs the main thread up to a thousand events a second. */
const maxTails = 20;

export const showRecord = ({ sourceId, messageId, receivedAt, partition, offset, body }: LogRecord) => ({
  sourceId,
  messageId,
  receivedAt: isoTime(receivedAt),
  partition,
  offset,
  event: parseStoredEvent(body),
});

export function registerEventRoutes(app: AdminApp, deps: AdminDeps): void {
  const { log, logger, clock } = deps;
  const tails = new Set<AbortController>();
  app.addHook('preClose', async () => {
    for (const tail of tails) tail.abort();
  });

  app.get(
    '/api/v1/events',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List the latest events, or stream them live',
        operationId: 'listEvents',
        description:
          'Newest first; a page looks at a bounded stretch of the log, so it may be short and still have a `next`. With `live=1` the answer is a stream of server-sent events: `event` for each stored event from now on (from `Last-Event-ID` after a reconnect), `skipped` with a count when the reader is too slow to get all, `position` when only the id moves on.',
        querystring,
        response: {
          200: {
            content: {
              'application/json': { schema: pageOf(eventAnswer) },
              'text/event-stream': { schema: z.string().meta({ description: 'With `live=1`.' }) },
            },
          },
        },
      },
    },
    async (request, reply) => {
      const { live, cursor: after = null, limit, from, to, ...filter } = request.query;
      if (live !== '1' && live !== 'true') {
        const within = { from: timeOrNone(from), to: timeOrNone(to) };
        const page = await recentEvents(log, filter, after, limit, within);
        return { items: page.items.map(showRecord), next: page.next };
      }
      if (tails.size >= maxTails)
        throw new InputError('rate_limited', `There are ${maxTails} live tails already. End one of them first.`);
      const start = parseEventId(request.headers['last-event-id']);
      reply.hijack();
      const gone = new AbortController();
      tails.add(gone);
      const response = reply.raw;
      response.once('close', () => gone.abort());
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        // nginx holds answers back by default.
        'x-accel-buffering': 'no',
      });
      try {
        await liveTail(
          { log, filter, from: start, clock, allowed: () => request.stillAllowed() },
          sinkOf(response),
          gone.signal,
        );
      } catch (error) {
        logger.error({ err: error }, 'a live tail failed');
      } finally {
        tails.delete(gone);
        response.end();
      }
      return reply;
    },
  );

  app.get(
    '/api/v1/events/:messageId',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Explain an event',
        operationId: 'explainEvent',
        description:
          'What was stored, what the workspace did with it, how it stands at each destination and why. A messageId is unique per source only, so this is a list. When the log has none, calls with this id that were rejected are listed.',
        params: z.object({ messageId: z.string().min(1).max(300) }),
        querystring: z.strictObject({ source: z.string().max(200).optional() }),
        response: { 200: pageOf(explanationAnswer).extend({ rejections: z.array(rejectionAnswer) }) },
      },
    },
    async (request) => {
      const explained = await explainEvent(deps, request.params.messageId, request.query.source);
      return {
        items: explained.events.map(showExplanation),
        rejections: explained.rejections.map(showRejection),
        next: null,
      };
    },
  );
}

/** ms since 1970 of a time as it stands in a question. */
export const timeOrNone = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

function parseEventId(header: string | string[] | undefined): ReadonlyMap<number, number> {
  if (header === undefined || header === '') return new Map();
  const match = /^(\d{1,9})\.(\d{1,15})$/.exec(String(header));
  if (!match)
    throw new InputError('invalid_request', 'Last-Event-ID is none of this stream. Leave it out.', 'Last-Event-ID');
  return new Map([[Number(match[1]), Number(match[2]) + 1]]);
}

const sinkOf = (response: ServerResponse): TailSink => ({
  write: (text) => response.write(text),
  drained: async (signal) => {
    if (signal.aborted || !response.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        response.off('drain', done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      response.once('drain', done);
      signal.addEventListener('abort', done, { once: true });
    });
  },
});
