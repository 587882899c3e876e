// Destinations: where events go, by which settings and which actions.
import { z } from 'zod';
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Action, ControlSnapshot, Destination } from '../control/model.ts';
import { checkSettings, restoreSecrets } from '../destinations/settings.ts';
import { InputError } from '../errors/errors.ts';
import type { DestinationKind } from '../destinations/destination.ts';
import type { JsonObject } from '../lib/json.ts';
import { nearest } from '../lib/nearest.ts';
import { randomToken } from '../lib/random.ts';
import { actionInput, checkActions, defaultActions, toActions } from './actions.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { defined, id, pageOf } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { kindOf } from './kinds.ts';
import type { KindModel } from './kinds.ts';
import {
  actionAnswer,
  destinationAnswer,
  destinationFields,
  findDestination,
  readDeliveryNews,
  showDestination,
} from './destination-answer.ts';

const params = z.object({ id: id('destination') });
const tags = ['Destinations'];

export function registerDestinationRoutes(app: AdminApp, deps: AdminDeps): void {
  const { control, deliveryControl, registry, clock } = deps;
  const show = async (destination: Destination): Promise<z.output<typeof destinationAnswer>> =>
    showDestination(destination, registry, await readDeliveryNews(deps));

  app.get(
    '/api/v1/destinations',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List destinations',
        operationId: 'listDestinations',
        description: 'The workspace itself is one of them.',
        response: { 200: pageOf(destinationAnswer) },
      },
    },
    async () => {
      const [{ destinations }, news] = await Promise.all([control.snapshot(), readDeliveryNews(deps)]);
      return { items: destinations.map((one) => showDestination(one, registry, news)), next: null };
    },
  );

  app.post(
    '/api/v1/destinations',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Add a destination',
        operationId: 'createDestination',
        description: 'Starts with the default actions of its kind unless `actions` are given.',
        body: z.strictObject({
          kind: z.string().min(1).meta({ description: 'Slug of a kind in the catalogue.' }),
          name: destinationFields.name.optional().meta({ description: 'For people; the kind’s name by default.' }),
          enabled: destinationFields.enabled.default(true),
          settings: destinationFields.settings.default({}),
          sourceIds: destinationFields.sourceIds.default(null),
          startFrom: z
            .enum(['now', 'beginning'])
            .default('now')
            .meta({ description: 'With what comes next, or with all that the log still holds.' }),
          actions: z.array(actionInput).max(50).optional(),
        }),
        response: { 201: destinationAnswer },
      },
    },
    async (request, reply) => {
      const { kind: slug, name, settings, sourceIds, actions, ...rest } = request.body;
      const kind = addableKind(registry, slug);
      checkSettings(kind.destinationKind, settings);
      assertSources(await control.snapshot(), sourceIds);
      const destination: Destination = {
        id: `dst_${randomToken(12)}`,
        kind: slug,
        name: name ?? kind.name,
        settings,
        sourceIds,
        actions: actions ? toActions(actions, kind) : defaultActions(kind.destinationKind),
        version: 1,
        createdAt: clock.now(),
        ...rest,
      };
      checkActions(destination, kind);
      await control.createDestination(destination, actorOf(request));
      return reply.code(201).send(await show(destination));
    },
  );

  app.get(
    '/api/v1/destinations/:id',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Get a destination',
        operationId: 'getDestination',
        params,
        response: { 200: destinationAnswer },
      },
    },
    async (request) => show(findDestination(await control.snapshot(), request.params.id)),
  );

  app.patch(
    '/api/v1/destinations/:id',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Change a destination',
        operationId: 'updateDestination',
        description: '`settings`, when given, replaces all settings. Its backlog is sent with the new ones.',
        params,
        body: z.strictObject(destinationFields).partial(),
        response: { 200: destinationAnswer },
      },
    },
    async (request) => {
      const snapshot = await control.snapshot();
      const stored = findDestination(snapshot, request.params.id);
      const { settings, sourceIds } = request.body;
      const change = {
        ...defined(request.body),
        ...(settings && { settings: newSettings(deps, stored, settings) }),
      };
      if (sourceIds) assertSources(snapshot, sourceIds);
      return show(await control.updateDestination(stored.id, change, actorOf(request)));
    },
  );

  app.delete(
    '/api/v1/destinations/:id',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Delete a destination',
        operationId: 'deleteDestination',
        description: 'Nothing more is sent to it; its dead letters and counts go with it.',
        params,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      if (request.params.id === workspaceDestinationId)
        throw new InputError(
          'conflict',
          'The workspace is part of Leat and cannot be deleted. Disable it, or its actions.',
          'id',
        );
      await control.deleteDestination(request.params.id, actorOf(request));
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/v1/destinations/:id/actions',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List actions',
        operationId: 'listActions',
        params,
        response: { 200: pageOf(actionAnswer) },
      },
    },
    async (request) => {
      const destination = findDestination(await control.snapshot(), request.params.id);
      return { items: (await show(destination)).actions, next: null };
    },
  );

  app.put(
    '/api/v1/destinations/:id/actions',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Replace the actions',
        operationId: 'setActions',
        description: 'Every enabled action whose trigger matches an event is carried out, in this order.',
        params,
        body: z.strictObject({ actions: z.array(actionInput).max(50) }),
        response: { 200: pageOf(actionAnswer) },
      },
    },
    async (request) => {
      const stored = findDestination(await control.snapshot(), request.params.id);
      const kind = kindOf(registry, stored.kind);
      const actions: readonly Action[] = toActions(request.body.actions, kind);
      checkActions({ ...stored, actions }, kind);
      const destination = await control.setActions(stored.id, actions, actorOf(request));
      return { items: (await show(destination)).actions, next: null };
    },
  );

  app.post(
    '/api/v1/destinations/:id/test',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Test a destination',
        operationId: 'testDestination',
        description:
          'Sends the kind’s test request with the present settings. What it found is kept as `lastTest` of the destination until its settings change.',
        params,
        response: { 200: z.object({ ok: z.boolean(), message: z.string() }).meta({ id: 'DestinationTest' }) },
      },
    },
    async (request) => {
      const { id: destinationId, version } = findDestination(await control.snapshot(), request.params.id);
      if (destinationId === workspaceDestinationId)
        return { ok: true, message: 'The workspace is part of this server; `status` shows how far behind it is.' };
      const found = await deliveryControl.test(destinationId);
      await control.recordDestinationTest({ destinationId, at: clock.now(), ...found }, version);
      return found;
    },
  );
}

/** A kind that can be added: the workspace is there once and for all. */
function addableKind(registry: AdminDeps['registry'], slug: string): KindModel & { destinationKind: DestinationKind } {
  const kind = kindOf(registry, slug);
  if (kind?.destinationKind) return { ...kind, destinationKind: kind.destinationKind };
  if (kind) throw new InputError('conflict', `There is one ${slug} already, and cannot be another.`, 'kind');
  throw new InputError(
    'invalid_request',
    `There is no destination kind ${slug}. Did you mean ${likeliestKind(registry, slug)}? GET /api/v1/catalog/summary lists all ${registry.size}, and so does leat destination kinds.`,
    'kind',
  );
}

/** By its slug or name, in whole, in part or by initials (ga4), else by spelling. */
function likeliestKind(registry: AdminDeps['registry'], typed: string): string {
  const word = typed.toLowerCase();
  const initials = (name: string): string =>
    Array.from(name.matchAll(/[\p{L}\p{N}]+/gu), ([part]) => part.slice(0, 1)).join('');
  const tests: ((slug: string, name: string) => boolean)[] = [
    (_, name) => name.toLowerCase() === word || initials(name).toLowerCase() === word,
    (slug, name) => slug.includes(word) || name.toLowerCase().includes(word),
  ];
  for (const test of tests) for (const { slug, name } of registry.values()) if (test(slug, name)) return slug;
  return nearest(typed, [...registry.keys()]);
}

/** The settings to store: what was sent, with blanked secrets filled in again, checked. */
function newSettings({ registry }: AdminDeps, stored: Destination, sent: JsonObject): JsonObject {
  const kind = registry.get(stored.kind);
  if (!kind)
    throw new InputError(
      'conflict',
      `The kind ${stored.kind} is not installed, or has no settings to change.`,
      'settings',
    );
  const settings = restoreSecrets(kind, sent, stored.settings);
  checkSettings(kind, settings);
  return settings;
}

function assertSources(snapshot: ControlSnapshot, sourceIds: readonly string[] | null): void {
  const unknown = sourceIds?.find((sourceId) => !snapshot.sources.some((source) => source.id === sourceId));
  if (unknown !== undefined)
    throw new InputError(
      'invalid_request',
      `sourceIds names ${unknown}, which is no source. List sources for their ids.`,
      'sourceIds',
    );
}
