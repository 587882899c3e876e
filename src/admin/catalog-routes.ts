// The catalogue: every kind of destination with its settings and actions, from which forms and help are made.
import { z } from 'zod';
import { startingActions } from '../destinations/destination.ts';
import { registry as shipped } from '../destinations/registry.ts';
import type { DestinationRegistry } from '../destinations/registry.ts';
import { settingsJsonSchema, toJsonSchema } from '../destinations/settings.ts';
import { InputError } from '../errors/errors.ts';
import { isObject } from '../lib/json.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { id, jsonObject, pageOf } from './api-schema.ts';
import { allKinds, kindOf } from './kinds.ts';
import type { KindModel } from './kinds.ts';

const schemaText = 'JSON schema (draft 2020-12); `secret: true` marks what is never shown again.';

const summaryFields = {
  slug: z.string(),
  name: z.string(),
  integrationNames: z.array(z.string()).meta({ description: 'Its names in an event’s `integrations`.' }),
  addable: z.boolean().meta({ description: 'Whether destinations of it can be added; there is only one workspace.' }),
  description: z.string().meta({ description: 'Markdown.' }),
  origin: z.enum(['leat', 'pack']).meta({ description: 'Whether it ships with Leat or comes from an installed pack.' }),
  signIn: z.enum(['none', 'secret', 'oauth']).meta({
    description: 'What its settings ask for: nothing secret, keys or passwords, or an OAuth app of yours.',
  }),
};

const summaryAnswer = z
  .object({ ...summaryFields, actions: z.int().meta({ description: 'How many actions it has.' }) })
  .meta({ id: 'DestinationKindSummary' });

const kindAnswer = z
  .object({
    ...summaryFields,
    settings: jsonObject.meta({ description: schemaText }),
    actions: z.array(
      z.object({
        slug: z.string(),
        name: z.string(),
        description: z.string(),
        fields: jsonObject.meta({ description: `What its mapping fills. ${schemaText}` }),
        defaultTrigger: z.string().nullable(),
        defaultMapping: jsonObject,
      }),
    ),
    startsWith: z
      .array(z.object({ action: z.string(), name: z.string(), trigger: z.string() }))
      .meta({ description: 'The actions that a new destination starts with; `action` is the slug.' }),
  })
  .meta({ id: 'DestinationKind' });

const showSettings = ({ destinationKind }: KindModel): JsonObject =>
  destinationKind ? settingsJsonSchema(destinationKind) : { type: 'object', properties: {} };

const showHead = (kind: KindModel, settings: JsonObject) => ({
  slug: kind.slug,
  name: kind.name,
  integrationNames: [...kind.integrationNames],
  addable: kind.destinationKind !== null,
  description: kind.description,
  origin: kind.destinationKind === null || shipped.has(kind.slug) ? ('leat' as const) : ('pack' as const),
  signIn: signInOf(settings),
});

function signInOf(settings: JsonObject): z.output<typeof summaryFields.signIn> {
  const properties = isObject(settings['properties']) ? settings['properties'] : {};
  if (Object.hasOwn(properties, 'oauth')) return 'oauth';
  return Object.values(properties).some(holdsSecret) ? 'secret' : 'none';
}

const holdsSecret = (schema: Json | undefined): boolean => {
  if (Array.isArray(schema)) return schema.some(holdsSecret);
  return isObject(schema) && (schema['secret'] === true || Object.values(schema).some(holdsSecret));
};

function showKind(kind: KindModel): z.output<typeof kindAnswer> {
  const settings = showSettings(kind);
  return {
    ...showHead(kind, settings),
    settings,
    actions: kind.actions.map(({ slug, name, description, fields, defaultTrigger, defaultMapping }) => ({
      slug,
      name,
      description,
      fields: toJsonSchema(fields),
      defaultTrigger,
      defaultMapping,
    })),
    startsWith: kind.destinationKind
      ? startingActions(kind.destinationKind).map(({ action, name, trigger }) => ({ action, name, trigger }))
      : [],
  };
}

const showSummaries = (registry: DestinationRegistry): z.output<typeof summaryAnswer>[] =>
  allKinds(registry).map((kind) => ({ ...showHead(kind, showSettings(kind)), actions: kind.actions.length }));

export function registerCatalogRoutes(app: AdminApp, { registry }: AdminDeps): void {
  const tags = ['Destinations'];
  // Kinds never change while the server runs, and a pack has some 150 of them.
  let summaries: ReturnType<typeof showSummaries> | null = null;

  app.get(
    '/api/v1/catalog',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List the kinds of destination',
        operationId: 'listCatalog',
        description:
          'With a pack installed the whole list is above a megabyte; `/catalog/summary` lists the same kinds without their settings and actions.',
        response: { 200: pageOf(kindAnswer) },
      },
    },
    async () => ({ items: allKinds(registry).map(showKind), next: null }),
  );

  app.get(
    '/api/v1/catalog/summary',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List the kinds of destination in short',
        operationId: 'listCatalogSummary',
        description: 'For choosing one; `/catalog/{kind}` has its settings and actions.',
        response: { 200: pageOf(summaryAnswer) },
      },
    },
    async () => ({ items: (summaries ??= showSummaries(registry)), next: null }),
  );

  app.get(
    '/api/v1/catalog/:kind',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Get a kind of destination',
        operationId: 'getCatalogKind',
        params: z.object({ kind: id('kind').meta({ description: 'Its slug.' }) }),
        response: { 200: kindAnswer },
      },
    },
    async (request) => {
      const kind = kindOf(registry, request.params.kind);
      if (kind) return showKind(kind);
      throw new InputError('not_found', `The catalogue has no kind ${request.params.kind}.`, 'kind');
    },
  );
}
