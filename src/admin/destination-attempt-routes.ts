// Data out: the tries at a destination that are on record, with requests and answers. A success at the first try leaves
// none: the ledger's events list those.
import { z } from 'zod';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { id, pageLimit, pageOf } from './api-schema.ts';
import { attemptAnswer, showAttempt } from './attempt-answer.ts';
import { findDestination } from './destination-answer.ts';
import { parseStoredEvent } from './stored-event.ts';

const sentAnswer = attemptAnswer
  .extend({
    partition: z.int(),
    offset: z.int(),
    sourceId: z.string().nullable().meta({ description: 'Null, as the next ones, when the event is no longer there.' }),
    messageId: z.string().nullable(),
    type: z.string().nullable(),
    name: z.string().nullable().meta({ description: 'Of the event, page or screen.' }),
  })
  .meta({ id: 'SentAttempt' });

/** Enough for any event. */
const eventBytes = 1024 * 1024;

export function registerDestinationAttemptRoutes(app: AdminApp, { control, delivery, log }: AdminDeps): void {
  const eventAt = async (partition: number, offset: number) => {
    const { records } = await log.read(partition, offset, 1, eventBytes);
    const record = records.find((one) => one.offset === offset);
    if (!record) return { sourceId: null, messageId: null, type: null, name: null };
    const { type, event, name } = parseStoredEvent(record.body);
    const called = event ?? name;
    return {
      sourceId: record.sourceId,
      messageId: record.messageId,
      type,
      name: typeof called === 'string' ? called : null,
    };
  };

  app.get(
    '/api/v1/destinations/:id/attempts',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Destinations'],
        summary: 'List tries on record',
        operationId: 'listAttempts',
        description:
          'Tries at this destination that failed, and successes that came after some, latest first. What went well at once is in `/ledger/events`.',
        params: z.object({ id: id('destination') }),
        querystring: z.strictObject({
          outcome: attemptAnswer.shape.outcome.optional(),
          cursor: z
            .string()
            .regex(/^\d{1,15}$/)
            .optional()
            .meta({ description: '`next` of the page before.' }),
          limit: pageLimit(200, 50),
        }),
        response: { 200: pageOf(sentAnswer) },
      },
    },
    async (request) => {
      const { id: destinationId } = findDestination(await control.snapshot(), request.params.id);
      const { cursor = null, limit, outcome } = request.query;
      const page = await delivery.attemptsAt(destinationId, cursor, limit, outcome);
      const items = await Promise.all(
        page.items.map(async (attempt) => {
          const { partition, offset } = attempt;
          return { ...showAttempt(attempt), partition, offset, ...(await eventAt(partition, offset)) };
        }),
      );
      return { items, next: page.next };
    },
  );
}
