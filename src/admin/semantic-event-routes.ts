// The catalogue of semantic events: what it has, which of the latest events differ from it, and how it would have a kind
// of destination get one of them.
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import { recognise, semanticEvents } from '../event/semantic/recognise.ts';
import { semanticGroups } from '../event/semantic/semantic-event.ts';
import type { Properties } from '../event/semantic/semantic-event.ts';
import { toJsonSchema } from '../destinations/settings.ts';
import type { JsonObject } from '../lib/json.ts';
import { nearest } from '../lib/nearest.ts';
import { printTrigger } from '../routing/fql/print-trigger.ts';
import { semanticTrigger } from '../routing/fql/semantic-trigger.ts';
import { suggestMapping } from '../routing/mapping/suggest-mapping.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { id, jsonObject, pageOf } from './api-schema.ts';
import { kindOf } from './kinds.ts';
import { countOddEvents, oddEventAnswer } from './odd-events.ts';
import { recentEvents } from './recent-events.ts';

const semanticEventAnswer = z
  .object({
    name: z.string(),
    group: z.enum(semanticGroups),
    aliases: z.array(z.string()).meta({
      description: 'Other names in use. Its own and these are recognised in any capitals and word separators.',
    }),
    properties: jsonObject.meta({
      description: 'By name: `type` (text, number, integer, flag, time, list, object), and what else holds for it.',
    }),
  })
  .meta({ id: 'SemanticEvent' });

const suggestionsAnswer = z
  .object({
    event: z.string().meta({ description: 'Name in the catalogue.' }),
    actions: z.array(
      z.object({
        kind: z.string().meta({ description: 'Slug of the action.' }),
        name: z.string(),
        trigger: z.string().meta({ description: 'Takes the event under all its names.' }),
        mapping: jsonObject.meta({ description: 'The action’s default mapping with what is suggested.' }),
        suggested: z.array(
          z.object({
            field: z.string(),
            from: z.array(z.string()).meta({ description: 'Properties of the event that it is filled from.' }),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'MappingSuggestions' });

const tags = ['Destinations'];

export function registerSemanticEventRoutes(app: AdminApp, { registry, log }: AdminDeps): void {
  app.get(
    '/api/v1/semantic-events',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List the semantic events',
        operationId: 'listSemanticEvents',
        description: 'Events that many tools know, with the types of their properties.',
        response: { 200: pageOf(semanticEventAnswer) },
      },
    },
    async () => ({
      items: semanticEvents.map((event) => ({
        ...event,
        aliases: [...event.aliases],
        properties: showProperties(event.properties),
      })),
      next: null,
    }),
  );

  app.get(
    '/api/v1/semantic-events/odd',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'See which of the latest events differ from the catalogue',
        operationId: 'listOddEvents',
        description:
          'Wrong types, values and spellings of semantic events, counted by source, name and property. Such events are taken and sent on as they are.',
        querystring: z.strictObject({
          events: z.coerce.number().int().min(1).max(1000).default(1000).meta({
            description: 'How many of the latest events.',
          }),
        }),
        response: { 200: z.object({ looked: z.int(), items: z.array(oddEventAnswer) }).meta({ id: 'OddEvents' }) },
      },
    },
    async (request) => {
      const { items } = await recentEvents(log, {}, null, request.query.events);
      return { looked: items.length, items: countOddEvents(items) };
    },
  );

  app.get(
    '/api/v1/catalog/:kind/suggestions',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Suggest actions for a semantic event',
        operationId: 'suggestActions',
        description:
          'A trigger and a mapping for each action of a kind that can be filled from the event’s properties, beyond what its default mapping reads. Send what you like of it with the actions of a destination; nothing is stored here.',
        params: z.object({ kind: id('kind').meta({ description: 'Its slug.' }) }),
        querystring: z.strictObject({
          event: z.string().min(1).max(200).meta({ description: 'Any name of a semantic event.' }),
        }),
        response: { 200: suggestionsAnswer },
      },
    },
    async (request) => {
      const kind = kindOf(registry, request.params.kind);
      if (!kind) throw new InputError('not_found', `The catalogue has no kind ${request.params.kind}.`, 'kind');
      const event = recognise(request.query.event)?.event;
      if (!event) throw unknownEvent(request.query.event);
      const trigger = printTrigger(semanticTrigger(event));
      const actions = kind.actions.flatMap(({ slug, name, fields, defaultMapping }) => {
        const suggested = suggestMapping(toJsonSchema(fields), defaultMapping, event);
        if (suggested.length === 0) return [];
        const mapping = { ...defaultMapping };
        for (const one of suggested) mapping[one.field] = one.mapping;
        const shown = suggested.map(({ field, from }) => ({ field, from: [...from] }));
        return [{ kind: slug, name, trigger, mapping, suggested: shown }];
      });
      return { event: event.name, actions };
    },
  );
}

/** Plain data throughout; its type only lacks the index signature of JSON. */
const showProperties = (properties: Properties): JsonObject => properties as unknown as JsonObject;

function unknownEvent(name: string): InputError {
  const names = semanticEvents.flatMap((event) => [event.name, ...event.aliases]);
  return new InputError(
    'invalid_request',
    `There is no semantic event ${name}. Did you mean ${nearest(name, names)}? GET /api/v1/semantic-events lists them.`,
    'event',
  );
}
