// A trigger as it is being written: whether it can be read, what looks odd, and which of the latest events it takes.
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import type { JsonObject } from '../lib/json.ts';
import { compileTrigger } from '../routing/fql/compile-trigger.ts';
import { parseTrigger } from '../routing/fql/parse-trigger.ts';
import { TriggerError } from '../routing/fql/trigger-error.ts';
import { triggerWarnings } from '../routing/fql/trigger-warnings.ts';
import type { Trigger } from '../routing/fql/trigger.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { jsonObject } from './api-schema.ts';
import { eventAnswer, showRecord } from './event-routes.ts';
import { recentEvents } from './recent-events.ts';
import { parseStoredEvent } from './stored-event.ts';

/** Matching events that are shown. */
const shownEvents = 20;

const triedAnswer = z
  .object({
    error: z
      .object({
        message: z.string(),
        position: z.int().nullable().meta({ description: 'Where, in UTF-16 units from 0.' }),
      })
      .nullable()
      .meta({ description: 'Why it cannot be read; null when it can.' }),
    warnings: z.array(z.string()).meta({ description: 'What is lawful but can hardly be meant.' }),
    tree: jsonObject.nullable().meta({ description: 'The trigger as data, for editors.' }),
    looked: z.int().meta({ description: 'How many of the latest events were looked at.' }),
    matched: z.int(),
    items: z.array(eventAnswer).meta({ description: 'The latest events that match.' }),
  })
  .meta({ id: 'TriedTrigger' });

export function registerTriggerRoutes(app: AdminApp, { log }: AdminDeps): void {
  app.post(
    '/api/v1/triggers/try',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Destinations'],
        summary: 'Try a trigger',
        operationId: 'tryTrigger',
        description:
          'Runs it over the latest events. Nothing is changed or sent; a trigger that cannot be read is an answer, too.',
        body: z.strictObject({
          trigger: z.string().max(10_000).meta({ description: 'FQL.' }),
          events: z.int().min(1).max(1000).default(1000).meta({ description: 'How many of the latest events.' }),
          sourceIds: z
            .array(z.string())
            .max(1000)
            .nullable()
            .default(null)
            .meta({ description: 'Only of these sources.' }),
        }),
        response: { 200: triedAnswer },
      },
    },
    async (request) => {
      const { trigger: text, events, sourceIds } = request.body;
      const read = readTrigger(text);
      if ('error' in read) return { ...read, warnings: [], tree: null, looked: 0, matched: 0, items: [] };
      const matches = compileTrigger(read.trigger);
      const { items } = await recentEvents(log, {}, null, events);
      const looked = sourceIds ? items.filter(({ sourceId }) => sourceIds.includes(sourceId)) : items;
      const matched = looked.filter(({ body }) => matches(parseStoredEvent(body)));
      return {
        error: null,
        warnings: [...triggerWarnings(read.trigger)],
        // Plain data throughout; its type only lacks the index signature of JSON.
        tree: read.trigger as unknown as JsonObject,
        looked: looked.length,
        matched: matched.length,
        items: matched.slice(0, shownEvents).map(showRecord),
      };
    },
  );
}

function readTrigger(text: string): { trigger: Trigger } | { error: { message: string; position: number | null } } {
  try {
    return { trigger: parseTrigger(text) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { error: { message: error.message, position: error instanceof TriggerError ? error.position : null } };
  }
}
