// Dead letters: events a destination did not take in the end, to be looked at, tried again or given up.
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { cursor, id, isoTime, jsonObject, pageLimit, pageOf, time } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { findDestination } from './destination-answer.ts';
import { parseStoredEvent } from './stored-event.ts';

const deadLetterAnswer = z
  .object({
    id: z.int(),
    sourceId: z.string(),
    messageId: z.string(),
    partition: z.int(),
    offset: z.int(),
    receivedAt: time,
    diedAt: time,
    attempts: z.int(),
    reason: z.string(),
    event: jsonObject.meta({ description: 'The canonical event.' }),
  })
  .meta({ id: 'DeadLetter' });

const params = z.object({ id: id('destination') });
const chosen = z.strictObject({
  ids: z.union([z.array(z.int()).min(1).max(10_000), z.literal('all')]).meta({ description: 'Ids, or "all".' }),
});
const counted = z.object({ count: z.int().meta({ description: 'How many it concerned.' }) });
const tags = ['Destinations'];

export function registerDeadLetterRoutes(app: AdminApp, deps: AdminDeps): void {
  const { control, delivery, deliveryControl, clock } = deps;

  app.get(
    '/api/v1/destinations/:id/dead-letters',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List dead letters',
        operationId: 'listDeadLetters',
        description: 'Latest first.',
        params,
        querystring: z.strictObject({ cursor, limit: pageLimit(200, 50) }),
        response: { 200: pageOf(deadLetterAnswer) },
      },
    },
    async (request) => {
      const destination = findDestination(await control.snapshot(), request.params.id);
      const page = await delivery.deadLetters(destination.id, request.query.cursor ?? null, request.query.limit);
      const items = page.items.map(({ body, ...letter }) => ({
        ...letter,
        receivedAt: isoTime(letter.receivedAt),
        diedAt: isoTime(letter.diedAt),
        event: parseStoredEvent(body),
      }));
      return { items, next: page.next };
    },
  );

  for (const [verb, summary, description] of [
    ['retry', 'Try dead letters again', 'Puts them back in line with fresh tries; sent with the present settings.'],
    ['discard', 'Give dead letters up', 'They count as discarded from then on and are not sent.'],
  ] as const) {
    app.post(
      `/api/v1/destinations/:id/dead-letters/${verb}`,
      {
        config: { role: 'editor' },
        schema: {
          tags,
          summary,
          operationId: `${verb}DeadLetters`,
          description,
          params,
          body: chosen,
          response: { 200: counted },
        },
      },
      async (request) => {
        const { id: destinationId } = findDestination(await control.snapshot(), request.params.id);
        const { ids } = request.body;
        const count =
          verb === 'retry'
            ? await deliveryControl.retryDeadLetters(destinationId, ids)
            : await deliveryControl.discardDeadLetters(destinationId, ids);
        if (count === 0 && ids !== 'all')
          throw new InputError('not_found', 'None of these ids is a dead letter of this destination.', 'ids');
        await control.audit({
          at: clock.now(),
          actor: actorOf(request).name,
          action: `dead-letters.${verb}`,
          subject: destinationId,
          detail: { count, ids: ids === 'all' ? 'all' : ids.slice(0, 100) },
        });
        return { count };
      },
    );
  }
}
