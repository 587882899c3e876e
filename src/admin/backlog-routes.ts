// What waits for a destination: it is sent when it can be, or skipped when a user says so.
import { z } from 'zod';
import { workspaceDestinationId } from '../control/first-source.ts';
import { InputError } from '../errors/errors.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { id } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { findDestination } from './destination-answer.ts';

export function registerBacklogRoutes(app: AdminApp, { control, deliveryControl, clock }: AdminDeps): void {
  app.post(
    '/api/v1/destinations/:id/skip-backlog',
    {
      config: { role: 'editor' },
      schema: {
        tags: ['Destinations'],
        summary: 'Skip the backlog of a destination',
        operationId: 'skipBacklog',
        description:
          'Everything that waits for it now, events between retries and dead letters that were told to go out again too, counts as discarded(skipped) and is not sent; it goes on with what comes next. For a disabled destination, call this before enabling it. Other dead letters stay. An event that was under way may have arrived.',
        params: z.object({ id: id('destination') }),
        response: {
          200: z.object({ skipped: z.int().meta({ description: 'Events.' }) }).meta({ id: 'SkippedBacklog' }),
        },
      },
    },
    async (request) => {
      const { id: destinationId } = findDestination(await control.snapshot(), request.params.id);
      if (destinationId === workspaceDestinationId)
        throw new InputError(
          'conflict',
          'The workspace is made of all events and cannot skip any. Switch off its actions instead.',
          'id',
        );
      const skipped = await deliveryControl.skipBacklog(destinationId);
      await control.audit({
        at: clock.now(),
        actor: actorOf(request).name,
        action: 'destination.skip-backlog',
        subject: destinationId,
        detail: { skipped },
      });
      return { skipped };
    },
  );
}
