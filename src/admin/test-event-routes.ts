// One event sent through a destination's actions as a test: what is mapped, what is asked, what is answered.
import { z } from 'zod';
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Action, Destination } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { actionInput, checkActions, toActions } from './actions.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { id, jsonObject } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { findDestination } from './destination-answer.ts';
import { toTypedEvent } from './edited-event.ts';
import { callNotes } from './call-notes.ts';
import { exchangeAnswer } from './exchange-answer.ts';
import { shownRoute } from './explanation-answer.ts';
import { kindOf } from './kinds.ts';
import { parseStoredEvent } from './stored-event.ts';

const testedAnswer = z
  .object({
    event: jsonObject.meta({ description: 'The canonical event that was used.' }),
    notes: z
      .array(jsonObject)
      .meta({ description: 'What is odd about the event: `reason`, `field`, `message`. It is sent all the same.' }),
    route: jsonObject.meta({ description: 'Whether and why the destination would get it, were it on.' }),
    actions: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        payload: jsonObject.meta({ description: 'What the mapping makes of the event.' }),
        problem: z.string().nullable().meta({ description: 'Why nothing is sent, or what the destination minds.' }),
        exchanges: z.array(exchangeAnswer),
        outcome: z
          .enum(['delivered', 'retry', 'failed'])
          .nullable()
          .meta({ description: 'Null when nothing was sent.' }),
      }),
    ),
  })
  .meta({ id: 'TestedEvent' });

const body = z
  .strictObject({
    messageId: z.string().min(1).max(300).optional().meta({ description: 'A stored event.' }),
    event: jsonObject.optional().meta({ description: 'A call as a client would send it, with its type.' }),
    source: z.string().max(200).optional().meta({
      description:
        'Id of the source: which of several events with this messageId, or where a typed one is to come from.',
    }),
    action: z.string().max(100).optional().meta({
      description: 'Id of one action, carried out whether its trigger matches or not. Else every one that matches.',
    }),
    actions: z.array(actionInput).max(50).optional().meta({
      description:
        'Instead of the destination’s own, which stay as they are: to try a trigger or mapping before it is stored.',
    }),
    dryRun: z.boolean().default(false).meta({ description: 'Shows the requests and sends nothing.' }),
  })
  .refine((sent) => (sent.messageId === undefined) !== (sent.event === undefined), {
    error: 'names either the `messageId` of a stored event or an `event`',
  });

export function registerTestEventRoutes(app: AdminApp, deps: AdminDeps): void {
  const { control, deliveryControl, clock } = deps;

  app.post(
    '/api/v1/destinations/:id/test-event',
    {
      config: { role: 'editor' },
      schema: {
        tags: ['Destinations'],
        summary: 'Send one event as a test',
        operationId: 'sendTestEvent',
        description:
          'Sends a stored event, or one typed for the purpose, with the present settings and actions, also while the destination is off. Nothing is counted and no cursor moves. With `dryRun` nothing is sent: where a request depends on the answer to the one before, that answer is taken to be good and empty.',
        params: z.object({ id: id('destination') }),
        body,
        response: { 200: testedAnswer },
      },
    },
    async (request) => {
      const stored = findDestination(await control.snapshot(), request.params.id);
      const { id: destinationId } = stored;
      if (destinationId === workspaceDestinationId)
        throw new InputError(
          'conflict',
          'The workspace sends nothing. Explain an event to see what it does with it.',
          'id',
        );
      const { action, dryRun } = request.body;
      const actions = request.body.actions && givenActions(deps, stored, request.body.actions);
      const { event, sourceId } = await chooseEvent(deps, request.body);
      const tested = await deliveryControl.testEvent(destinationId, {
        sourceId,
        event,
        actionId: action ?? null,
        dryRun,
        ...(actions && { actions }),
      });
      if (!dryRun)
        await control.audit({
          at: clock.now(),
          actor: actorOf(request).name,
          action: 'destination.test-event',
          subject: destinationId,
          detail: { messageId: event.messageId },
        });
      return { event, notes: callNotes(event), route: shownRoute(tested.route), actions: tested.actions };
    },
  );
}

/** @throws InputError `invalid_request` naming the trigger or mapping that cannot be read. */
function givenActions(
  { registry }: Pick<AdminDeps, 'registry'>,
  stored: Destination,
  sent: readonly z.output<typeof actionInput>[],
): readonly Action[] {
  const kind = kindOf(registry, stored.kind);
  const actions = toActions(sent, kind);
  checkActions({ ...stored, actions }, kind);
  return actions;
}

async function chooseEvent(
  { log, clock }: Pick<AdminDeps, 'log' | 'clock'>,
  { messageId, event: typed, source }: z.output<typeof body>,
): Promise<{ readonly event: CanonicalEvent; readonly sourceId: string }> {
  if (typed) return { event: toTypedEvent(typed, clock.now()), sourceId: source ?? '' };
  const [record, other] = await log.find(messageId ?? '', source);
  if (!record) throw new InputError('not_found', 'There is no event with this messageId in the log.', 'messageId');
  if (other)
    throw new InputError('conflict', 'Several sources have an event with this messageId; name one of them.', 'source');
  // Leat's own remarks are never sent.
  const { _leat: _, ...event } = parseStoredEvent(record.body);
  return { event, sourceId: record.sourceId };
}
