// The catalogue: every kind of destination with its settings and actions, from which forms and help are made.
import { z } from 'zod';
import { settingsJsonSchema, toJsonSchema } from '../destinations/settings.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { jsonObject, pageOf } from './api-schema.ts';
import { allKinds } from './kinds.ts';
import type { KindModel } from './kinds.ts';

const schemaText = 'JSON schema (draft 2020-12); `secret: true` marks what is never shown again.';

const kindAnswer = z
  .object({
    slug: z.string(),
    name: z.string(),
    integrationNames: z.array(z.string()).meta({ description: 'Its names in an event’s `integrations`.' }),
    addable: z.boolean().meta({ description: 'Whether destinations of it can be added; there is only one workspace.' }),
    description: z.string().meta({ description: 'Markdown.' }),
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
  })
  .meta({ id: 'DestinationKind' });

const showKind = (kind: KindModel): z.output<typeof kindAnswer> => ({
  slug: kind.slug,
  name: kind.name,
  integrationNames: [...kind.integrationNames],
  addable: kind.destinationKind !== null,
  description: kind.description,
  settings: kind.destinationKind ? settingsJsonSchema(kind.destinationKind) : { type: 'object', properties: {} },
  actions: kind.actions.map(({ slug, name, description, fields, defaultTrigger, defaultMapping }) => ({
    slug,
    name,
    description,
    fields: toJsonSchema(fields),
    defaultTrigger,
    defaultMapping: defaultMapping,
  })),
});

export function registerCatalogRoutes(app: AdminApp, { registry }: AdminDeps): void {
  app.get(
    '/api/v1/catalog',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Destinations'],
        summary: 'List the kinds of destination',
        operationId: 'listCatalog',
        response: { 200: pageOf(kindAnswer) },
      },
    },
    async () => ({ items: allKinds(registry).map(showKind), next: null }),
  );
}
