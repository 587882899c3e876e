// Dead letters: events a destination did not take in the end, to be looked at, mended, tried again or given up.
import { z } from 'zod';
import type { DeadLetter, DeadLetterFilter, DeadLetterSelection } from '../delivery/delivery-reader.ts';
import { InputError } from '../errors/errors.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { cursor, id, isoTime, isoTimeOrNull, jsonObject, pageLimit, pageOf, time } from './api-schema.ts';
import { attemptAnswer, showAttempt } from './attempt-answer.ts';
import { actorOf } from './authentication.ts';
import { findDestination } from './destination-answer.ts';
import { toEditedEvent } from './edited-event.ts';
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
    answer: z
      .object({ status: z.int().nullable(), text: z.string().meta({ description: 'Start of the body.' }) })
      .nullable()
      .meta({ description: 'What the receiver said to the last try that failed; null when it said nothing.' }),
    editedAt: time.nullable().meta({ description: 'When the event was last changed here.' }),
    requeued: z.boolean().meta({ description: 'Whether it is back in line and about to be tried.' }),
    event: jsonObject.meta({ description: 'The canonical event.' }),
  })
  .meta({ id: 'DeadLetter' });

const deadLetterPage = pageOf(deadLetterAnswer).extend({
  total: z.int().nullable().meta({ description: 'How many there are in all; told with the first page only.' }),
});

const filterFields = {
  reason: z.string().min(1).max(500).optional().meta({
    description: 'Part of the reason or of what the receiver said to the last try, whatever its letter case.',
  }),
  messageId: z.string().min(1).max(300).optional(),
  source: z.string().min(1).max(200).optional().meta({ description: 'Only of this source, by id.' }),
  from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Given up at or after.' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Given up before.' }),
};
const filterObject = z.strictObject(filterFields);

const params = z.object({ id: id('destination') });
const letterParams = params.extend({
  letter: z.coerce.number().int().min(1).meta({ description: 'Id of the dead letter.' }),
});
const chosen = z
  .strictObject({
    ids: z.union([z.array(z.int()).min(1).max(10_000), z.literal('all')]).optional(),
    filter: filterObject.optional().meta({ description: 'Those that have all of this in common.' }),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    error: 'names either `ids` (a list, or "all") or a `filter`',
  });
const counted = z.object({ count: z.int().meta({ description: 'How many it concerned.' }) });
const tags = ['Destinations'];

export function registerDeadLetterRoutes(app: AdminApp, deps: AdminDeps): void {
  const { control, delivery, deliveryControl, clock } = deps;
  const destinationOf = async (destinationId: string): Promise<string> =>
    findDestination(await control.snapshot(), destinationId).id;
  const find = async (destinationId: string, letterId: number): Promise<DeadLetter> => {
    const letter = await delivery.deadLetter(await destinationOf(destinationId), letterId);
    if (!letter) throw new InputError('not_found', `${letterId} is no dead letter of this destination.`, 'letter');
    return letter;
  };

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
        querystring: z.strictObject({ ...filterFields, cursor, limit: pageLimit(200, 50) }),
        response: { 200: deadLetterPage },
      },
    },
    async (request) => {
      const { cursor: after = null, limit, ...filter } = request.query;
      const destinationId = await destinationOf(request.params.id);
      const [page, total] = await Promise.all([
        delivery.deadLetters(destinationId, after, limit, toFilter(filter)),
        after === null ? delivery.countDeadLetters(destinationId, toFilter(filter)) : null,
      ]);
      return { items: page.items.map(showLetter), next: page.next, total };
    },
  );

  app.get(
    '/api/v1/destinations/:id/dead-letters/:letter',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Get a dead letter',
        operationId: 'getDeadLetter',
        description: 'With every try that is on record: request, answer, duration.',
        params: letterParams,
        response: { 200: deadLetterAnswer.extend({ tries: z.array(attemptAnswer) }).meta({ id: 'DeadLetterDetail' }) },
      },
    },
    async (request) => {
      const letter = await find(request.params.id, request.params.letter);
      const attempts = await delivery.attempts(letter.partition, letter.offset);
      const own = attempts.filter(({ destinationId }) => destinationId === letter.destinationId);
      return { ...showLetter(letter), tries: own.map(showAttempt) };
    },
  );

  app.patch(
    '/api/v1/destinations/:id/dead-letters/:letter',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Edit a dead letter',
        operationId: 'editDeadLetter',
        description:
          'Replaces the event that this destination gets when the dead letter is tried again; it must be one that could have been sent. The log keeps the event as it came in. messageId and receivedAt stay.',
        params: letterParams,
        body: z.strictObject({ event: jsonObject.meta({ description: 'The whole event, as it should be sent.' }) }),
        response: { 200: deadLetterAnswer },
      },
    },
    async (request) => {
      const letter = await find(request.params.id, request.params.letter);
      const { body } = toEditedEvent({ messageId: letter.messageId, ...request.body.event }, letter.receivedAt);
      await deliveryControl.editDeadLetter(letter.destinationId, letter.id, body);
      await control.audit({
        at: clock.now(),
        actor: actorOf(request).name,
        action: 'dead-letters.edit',
        subject: letter.destinationId,
        detail: { id: letter.id, messageId: letter.messageId },
      });
      return showLetter(await find(letter.destinationId, letter.id));
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
        const destinationId = await destinationOf(request.params.id);
        const { ids, filter } = request.body;
        const selection: DeadLetterSelection = ids ?? toFilter(filter ?? {});
        const count =
          verb === 'retry'
            ? await deliveryControl.retryDeadLetters(destinationId, selection)
            : await deliveryControl.discardDeadLetters(destinationId, selection);
        if (count === 0 && Array.isArray(ids))
          throw new InputError('not_found', 'None of these ids is a dead letter of this destination.', 'ids');
        const which = filter ? { filter: { ...filter } } : { ids: Array.isArray(ids) ? ids.slice(0, 100) : 'all' };
        await control.audit({
          at: clock.now(),
          actor: actorOf(request).name,
          action: `dead-letters.${verb}`,
          subject: destinationId,
          detail: { count, ...which },
        });
        return { count };
      },
    );
  }
}

const toFilter = ({ source, from, to, ...rest }: z.output<typeof filterObject>): DeadLetterFilter => ({
  ...rest,
  sourceId: source,
  from: from === undefined ? undefined : Date.parse(from),
  to: to === undefined ? undefined : Date.parse(to),
});

const showLetter = ({ body, ...letter }: DeadLetter): z.output<typeof deadLetterAnswer> => ({
  ...letter,
  receivedAt: isoTime(letter.receivedAt),
  diedAt: isoTime(letter.diedAt),
  editedAt: isoTimeOrNull(letter.editedAt),
  event: parseStoredEvent(body),
});
