// Makes a kind of destination out of its description in the catalogue. Nothing of the package is loaded until something
// is sent, and schemas are made when they are first asked for: most of 150 kinds are never used.
import { z } from 'zod';
import { secret } from '../../src/destinations/destination.ts';
import type { ActionKind, DestinationKind, Preset, SendMode, TestResult } from '../../src/destinations/destination.ts';
import { redact } from '../../src/destinations/redact.ts';
import { secretValues } from '../../src/destinations/settings.ts';
import { isObject } from '../../src/lib/json.ts';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import type { CatalogueAction, CatalogueField, CatalogueKind, CataloguePreset, CatalogueSetting } from './catalogue.ts';
import { liquidOf } from './liquid.ts';
import type { PackItem, PackSettings } from './pack-protocol.ts';
import type { PackRunner } from './pack-thread.ts';

type Settings = Record<string, unknown>;

/** Of the events; what the package makes of them is not much longer. */
const maxBatchBytes = 400_000;
const maxBatchWaitMs = 500;

export function toDestinationKind(kind: CatalogueKind, thread: PackRunner): DestinationKind {
  // Vendors repeat what they were sent, keys included.
  const redacted = (text: string, values: Settings): string =>
    redact(text, secretValues(destinationKind, values as JsonObject));
  const actions = kind.actions.map((action) => toActionKind(action, kind, thread, redacted));
  const settings = lazy(() => settingsSchema(kind));
  const destinationKind: DestinationKind = {
    slug: kind.slug,
    name: kind.name,
    integrationName: kind.integrationName,
    description: describe(kind),
    get settings() {
      return settings();
    },
    actions,
    liquid: liquidOf(kind),
    presets: kind.presets.map((preset) => toPreset(preset, kind.actions)),
    test: async (context): Promise<TestResult> => {
      const fault = await thread.test(splitSettings(context.settings, kind), context);
      if (fault !== null) return { ok: false, message: redacted(fault, context.settings) };
      return {
        ok: true,
        message: kind.canTest
          ? 'The destination accepts the settings.'
          : 'The settings are complete. This destination has no way to try them; send an event.',
      };
    },
    ...(kind.auth === 'oauth' && {
      settingsInUse: (all: readonly JsonObject[]) => thread.retainTokens(all.flatMap(accessTokenIn)),
    }),
    examples: [],
  };
  return destinationKind;
}

function describe({ description, auth, canRefresh, presets }: CatalogueKind): string {
  const parts = [description];
  if (auth === 'oauth') {
    parts.push(
      `Needs an access token of an OAuth app that you register there.${canRefresh ? ' With a refresh token and the app’s id and secret it is renewed.' : ''}`,
    );
  }
  if (presets.length === 0)
    parts.push('A new destination sends nothing: add the actions that you want, with their triggers.');
  parts.push('Runs the open-source connector of Segment’s action-destinations.');
  return parts.filter((part) => part !== '').join('\n\n');
}

function toActionKind(
  action: CatalogueAction,
  kind: CatalogueKind,
  thread: PackRunner,
  redacted: (text: string, settings: Settings) => string,
): ActionKind<Settings> {
  const fields = lazy(() => fieldsSchema(action));
  const mode: SendMode = action.batch
    ? {
        mode: 'batch',
        maxEvents: action.batch.maxEvents,
        maxBytes: maxBatchBytes,
        maxWaitMs: maxBatchWaitMs,
        atomic: false,
      }
    : { mode: 'single' };
  return {
    slug: action.slug,
    name: action.name,
    description: action.description,
    get fields() {
      return fields();
    },
    defaultTrigger: action.trigger,
    defaultMapping: action.mapping,
    mode: () => mode,
    batchKey,
    send: async (items, context) => {
      const outcomes = await thread.send(
        {
          action: action.slug,
          settings: splitSettings(context.settings, kind),
          // What a mapping makes is JSON.
          items: items as readonly PackItem[],
          batch: action.batch !== null && items.every(({ payload }) => payload['enable_batching'] !== false),
        },
        context,
      );
      return outcomes.map((outcome) =>
        outcome.result === 'delivered' ? outcome : { ...outcome, reason: redacted(outcome.reason, context.settings) },
      );
    },
  };
}

/**
 * What one request can have only one of: how to sync, and the fields that the destination names, such as the address of
 * its webhook, which it takes from the first event of a batch.
 */
function batchKey(payload: Record<string, unknown>): string {
  const keys = payload['batch_keys'];
  const named = Array.isArray(keys) ? keys.map((key) => payload[String(key)] ?? null) : [];
  const constants = ['enable_batching', '__segment_internal_sync_mode', '__segment_internal_matching_key'];
  return JSON.stringify([...constants.map((name) => payload[name] ?? null), ...named]);
}

const toPreset = (
  { action, name, trigger, mapping }: CataloguePreset,
  actions: readonly CatalogueAction[],
): Preset => ({
  action,
  name,
  trigger,
  mapping: withoutNulls({ ...actions.find(({ slug }) => slug === action)?.mapping, ...mapping }),
});

const withoutNulls = (mapping: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== null));

const oauthSchema = z
  .object({
    accessToken: secret(z.string().min(1)).meta({
      title: 'Access token',
      description: 'Of your OAuth app.',
      secret: true,
    }),
    refreshToken: secret(z.string()).optional().meta({
      title: 'Refresh token',
      description: 'Renews the access token when it has expired.',
      secret: true,
    }),
    clientId: z.string().optional().meta({ title: 'Client ID', description: 'Of your OAuth app; for renewing.' }),
    clientSecret: secret(z.string()).optional().meta({
      title: 'Client secret',
      description: 'Of your OAuth app; for renewing.',
      secret: true,
    }),
  })
  .meta({ title: 'OAuth', description: 'Access that the vendor grants to your app.' });

function settingsSchema({ settings, auth }: CatalogueKind): z.ZodObject {
  const shape = Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, settingSchema(setting)]));
  return z.object(auth === 'oauth' ? { ...shape, oauth: oauthSchema } : shape);
}

function settingSchema(setting: CatalogueSetting): z.ZodType {
  const { title, description, choices, required, default: fallback } = setting;
  const base = baseSchema(setting);
  const optional = required ? base : base.optional();
  const schema = fallback === undefined || !base.safeParse(fallback).success ? optional : base.default(fallback);
  const meta = { title, description: choices ? `${description} One of ${choices.join(', ')}.` : description };
  return schema.meta(setting.secret ? { ...meta, secret: true } : meta);
}

function baseSchema({ type, choices, required }: CatalogueSetting): z.ZodType {
  if (type === 'boolean') return z.boolean();
  if (type === 'number') return z.number();
  if (choices) return z.enum(choices);
  return required ? z.string({ error: 'is missing' }).min(1, { error: 'is empty' }) : z.string();
}

/** The package checks and converts payloads itself; here only that what is required is there. */
function fieldsSchema({ fields, mapping }: CatalogueAction): z.ZodObject {
  const constants = Object.keys(mapping).filter((name) => !Object.hasOwn(fields, name));
  return z.object({
    ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fieldSchema(field)])),
    ...Object.fromEntries(
      constants.map((name) => [
        name,
        z
          .unknown()
          .optional()
          .meta({ title: 'Sync mode', description: 'How records are written: add, update, upsert or delete.' }),
      ]),
    ),
  });
}

const fieldSchema = ({ required, schema }: CatalogueField): z.ZodType =>
  (required ? z.custom((value) => value !== undefined, { error: 'is missing' }) : z.unknown().optional()).meta({
    ...schema,
  });

function splitSettings(settings: Settings, { auth }: CatalogueKind): PackSettings {
  const { oauth, ...own } = settings as JsonObject;
  if (auth !== 'oauth' || !isObject(oauth)) return { own: settings as JsonObject, oauth: null };
  // The schema of the settings has seen to their types.
  const { accessToken, refreshToken, clientId, clientSecret } = oauth as z.output<typeof oauthSchema>;
  return { own, oauth: { access_token: accessToken, refresh_token: refreshToken, clientId, clientSecret } };
}

/** None in settings that are not what the schema wants. */
function accessTokenIn({ oauth }: JsonObject): readonly string[] {
  const token = isObject(oauth) ? oauth['accessToken'] : null;
  return typeof token === 'string' ? [token] : [];
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
