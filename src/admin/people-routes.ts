// People: looked up by any identifier, with their timeline; changed by events appended to the log.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import type { Person } from '../workspace/workspace-reader.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { cursor, jsonObject, pageLimit, pageOf, isoTime } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { activityAnswer, personAnswer, personSummary, showActivity, showPerson, showSummary } from './person-answer.ts';
import { appendChange } from './person-changes.ts';
import type { ChangeCall } from './person-changes.ts';

export const personParams = z.object({
  identifier: z
    .string()
    .min(1)
    .max(500)
    .meta({ description: 'id, email, `cio_…`, phone or anonymous id; percent-encoded.' }),
});
const wait = z.coerce
  .number()
  .int()
  .min(0)
  .max(10_000)
  .default(2000)
  .meta({ description: 'How long to wait for the workspace to apply the change, ms.' });
const changeAnswer = z
  .object({
    messageId: z
      .string()
      .meta({ description: 'Of the event that was appended; explain it with `events/{messageId}`.' }),
    partition: z.int(),
    offset: z.int(),
    applied: z.boolean().meta({ description: 'Whether the workspace has applied it already.' }),
  })
  .meta({ id: 'PersonChange' });
const tags = ['People'];

export function registerPeopleRoutes(app: AdminApp, deps: AdminDeps): void {
  const { workspace, control, clock } = deps;

  const change = async (request: FastifyRequest, subject: string, call: ChangeCall, waitMs: number) => {
    const done = await appendChange(deps, call, waitMs);
    const action = call.type === 'identify' ? 'person.update' : `person.${call.event.split(' ')[1]?.toLowerCase()}`;
    // Values of attributes are people's data and stay out of the audit log.
    const detail = {
      messageId: done.messageId,
      ...(call.type === 'identify' && { attributes: Object.keys(call.traits) }),
    };
    await control.audit({ at: clock.now(), actor: actorOf(request).name, action, subject, detail });
    return done;
  };

  app.get(
    '/api/v1/people',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Search people',
        operationId: 'searchPeople',
        description:
          'By the beginning of an identifier a page is full or the last one. By attribute a page looks at a bounded number of people, latest first: it may be short, even empty, and still have a `next`.',
        querystring: z.strictObject({
          query: z
            .string()
            .max(500)
            .default('')
            .meta({ description: 'Beginning of an id or email; empty lists the latest.' }),
          attribute: z
            .string()
            .min(1)
            .max(150)
            .optional()
            .meta({ description: 'Instead of `query`: who has this attribute.' }),
          value: z
            .string()
            .max(1000)
            .optional()
            .meta({ description: 'With this value, as text, whatever its letter case.' }),
          cursor,
          limit: pageLimit(500, 50),
        }),
        response: {
          200: pageOf(personSummary).extend({
            scanned: z.int().nullable().meta({
              description: 'People looked at, when that is what ended the page; pass `next` to search further.',
            }),
          }),
        },
      },
    },
    async (request) => {
      const { query, attribute, value = null, cursor: from = null, limit } = request.query;
      if (attribute !== undefined) {
        const page = await workspace.searchByAttribute(attribute, value, from, limit);
        return { ...page, items: page.items.map(showSummary) };
      }
      if (value !== null)
        throw new InputError('invalid_request', 'value needs `attribute`, the name it belongs to.', 'attribute');
      const page = await workspace.searchPeople(query, from, limit);
      return { items: page.items.map(showSummary), next: page.next, scanned: null };
    },
  );

  app.get(
    '/api/v1/people/:identifier',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Get a person',
        operationId: 'getPerson',
        params: personParams,
        response: { 200: personAnswer },
      },
    },
    async (request) => showPerson(await findPerson(deps, request.params.identifier)),
  );

  app.get(
    '/api/v1/people/:identifier/events',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List the events of a person',
        operationId: 'listPersonEvents',
        description:
          'Latest first, with activity joined from anonymous ids and merged people. Works for an anonymous id too.',
        params: personParams,
        querystring: z.strictObject({ cursor, limit: pageLimit(500, 50) }),
        response: { 200: pageOf(activityAnswer) },
      },
    },
    async (request) => {
      const { cursor: from, limit } = request.query;
      const page = await workspace.timeline(request.params.identifier, from ?? null, limit);
      return { items: page.items.map(showActivity), next: page.next };
    },
  );

  app.patch(
    '/api/v1/people/:identifier',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Edit attributes of a person',
        operationId: 'updatePerson',
        description: 'Appends an identify call of the source `leat`. null or "" removes an attribute.',
        params: personParams,
        querystring: z.strictObject({ wait }),
        body: z.strictObject({ attributes: jsonObject }),
        response: { 202: changeAnswer },
      },
    },
    async (request, reply) => {
      const { identifier } = request.params;
      const { attributes } = request.body;
      if (Object.keys(attributes).length === 0)
        throw new InputError(
          'invalid_request',
          'attributes is empty; name at least one attribute to set.',
          'attributes',
        );
      const person = await findPerson(deps, identifier);
      const call: ChangeCall = { type: 'identify', userId: userIdOf(person), traits: attributes };
      return reply.code(202).send(await change(request, identifier, call, request.query.wait));
    },
  );

  app.delete(
    '/api/v1/people/:identifier',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Delete a person',
        operationId: 'deletePerson',
        description:
          'Appends `User Deleted`. A later identify call can create the person again; suppress to prevent that.',
        params: personParams,
        querystring: z.strictObject({ wait }),
        response: { 202: changeAnswer },
      },
    },
    async (request, reply) => {
      const { identifier } = request.params;
      const person = await findPerson(deps, identifier);
      const call: ChangeCall = { type: 'track', userId: userIdOf(person), event: 'User Deleted' };
      return reply.code(202).send(await change(request, identifier, call, request.query.wait));
    },
  );

  for (const [verb, event, summary, description] of [
    [
      'suppress',
      'User Suppressed',
      'Suppress a person',
      'Appends `User Suppressed`: the person is deleted and calls for the identifiers are ignored until they are unsuppressed. The person need not exist.',
    ],
    [
      'unsuppress',
      'User Unsuppressed',
      'Unsuppress a person',
      'Appends `User Unsuppressed`: the identifiers may be used again. What was deleted does not come back.',
    ],
  ] as const) {
    app.post(
      `/api/v1/people/:identifier/${verb}`,
      {
        config: { role: 'editor' },
        schema: {
          tags,
          summary,
          operationId: `${verb}Person`,
          description,
          params: personParams,
          querystring: z.strictObject({ wait }),
          response: { 202: changeAnswer },
        },
      },
      async (request, reply) => {
        const { identifier } = request.params;
        const person = await workspace.person(identifier);
        const call: ChangeCall = { type: 'track', userId: person ? userIdOf(person) : identifier, event };
        return reply.code(202).send(await change(request, identifier, call, request.query.wait));
      },
    );
  }
}

/** What addresses this person in a call, whichever identifier it was found by. */
const userIdOf = ({ identifiers }: Person): string => identifiers.id ?? identifiers.email ?? identifiers.cioId;

/** @throws InputError `not_found`. */
export async function findPerson({ workspace }: Pick<AdminDeps, 'workspace'>, identifier: string): Promise<Person> {
  const person = await workspace.person(identifier);
  if (!person) {
    const since = await workspace.suppressedSince(identifier);
    if (since !== null)
      throw new InputError(
        'not_found',
        `This identifier is suppressed since ${isoTime(since)}: the person was deleted, and calls for it are ignored until it is unsuppressed.`,
        'identifier',
      );
    throw new InputError(
      'not_found',
      'There is no person with this identifier. Ids are case-sensitive; an event is visible once the workspace has applied it (see `status`).',
      'identifier',
    );
  }
  return person;
}
