// Describes one of the package's destinations as the catalogue holds it: settings, actions, what it starts with.
import { semanticEvents } from '../../src/event/semantic/recognise.ts';
import type { CanonicalEvent } from '../../src/event/canonical-event.ts';
import type { Json, JsonObject } from '../../src/lib/json.ts';
import { adaptPackagedTrigger } from '../../src/routing/fql/adapt-packaged-trigger.ts';
import { compileTrigger } from '../../src/routing/fql/compile-trigger.ts';
import { parseTrigger } from '../../src/routing/fql/parse-trigger.ts';
import { printTrigger } from '../../src/routing/fql/print-trigger.ts';
import { widenTrigger } from '../../src/routing/fql/semantic-trigger.ts';
import type { CatalogueAction, CatalogueKind, CataloguePreset, CatalogueSetting } from './catalogue.ts';
import { describeField } from './describe-field.ts';
import type { FieldDefinition } from './describe-field.ts';
import { adaptMapping } from './adapt-mapping.ts';

/** What is read of a definition of the package. */
export interface Definition {
  readonly name: string;
  readonly slug: string;
  readonly description?: string;
  readonly authentication?: {
    readonly scheme: string;
    readonly fields?: Readonly<Record<string, FieldDefinition>>;
    readonly testAuthentication?: unknown;
    readonly refreshAccessToken?: unknown;
  };
  readonly actions: Readonly<Record<string, ActionDefinition>>;
  readonly presets?: readonly PresetDefinition[];
}

interface ActionDefinition {
  readonly title: string;
  readonly description: string;
  readonly defaultSubscription?: string;
  readonly hidden?: boolean;
  readonly fields: Readonly<Record<string, FieldDefinition>>;
  readonly performBatch?: unknown;
  readonly syncMode?: { readonly default: string };
}

interface PresetDefinition {
  readonly type: string;
  readonly name: string;
  readonly partnerAction: string;
  readonly subscribe?: string;
  readonly mapping?: JsonObject;
}

/** Events in a batch where the package says nothing, and at most. */
const usualBatch = 100;
const largestBatch = 1000;

export function describeKind(directory: string, definition: Definition): CatalogueKind {
  const { authentication } = definition;
  const oauth = authentication?.scheme === 'oauth2' || authentication?.scheme === 'oauth-managed';
  const actions = Object.entries(definition.actions)
    .filter(([, action]) => action.hidden !== true)
    .map(([slug, action]) => describeAction(slug, action));
  return {
    directory,
    slug: definition.slug,
    name: plainName(definition.name),
    integrationName: definition.name,
    description: definition.description?.trim() ?? '',
    auth: oauth ? 'oauth' : 'settings',
    canRefresh: oauth && typeof authentication.refreshAccessToken === 'function',
    canTest: typeof authentication?.testAuthentication === 'function',
    settings: Object.fromEntries(
      Object.entries(authentication?.fields ?? {}).map(([name, field]) => [name, describeSetting(name, field)]),
    ),
    actions,
    presets: describePresets(definition, actions),
  };
}

/** "Mixpanel (Actions)" and "Actions Amplitude" without what tells Segment's two generations apart. */
const plainName = (name: string): string =>
  name
    .replace(/\s*\((?:cloud )?(?:actions?|cloud|cloud destination)\)$/i, '')
    .replace(/^actions\s+/i, '')
    .replace(/\s+(?:cloud mode|actions)$/i, '')
    .trim();

/** The package types several secrets as plain text. */
const secretName = /key|token|secret|password|passphrase|private|credential/i;
const notSecret = /keyspace|key_?name|token_?type|_id$|Id$|publicKey/;

function describeSetting(name: string, field: FieldDefinition): CatalogueSetting {
  const type =
    field.type === 'boolean' ? 'boolean' : field.type === 'number' || field.type === 'integer' ? 'number' : 'string';
  const secret =
    field.type === 'password' ||
    (type === 'string' && secretName.test(name) && !notSecret.test(name) && !field.choices);
  return {
    title: field.label,
    description: field.description === '' ? field.label : field.description,
    type,
    ...(secret && { secret: true }),
    ...(field.required === true && { required: true }),
    ...(field.choices && {
      choices: field.choices.map((choice) => String(typeof choice === 'object' ? choice.value : choice)),
    }),
    ...(field.default !== undefined && field.default !== '' && { default: field.default }),
  };
}

function describeAction(slug: string, action: ActionDefinition): CatalogueAction {
  const { fields, performBatch, syncMode } = action;
  const mapping = Object.fromEntries(
    Object.entries(fields).flatMap(([name, { default: value }]) =>
      value === undefined ? [] : [[name, adaptMapping(value)]],
    ),
  );
  const size = fields['batch_size']?.default;
  const batches = performBatch !== undefined && fields['enable_batching']?.default === true;
  return {
    slug,
    name: action.title,
    description: action.description === '' ? action.title : action.description,
    trigger: action.defaultSubscription === undefined ? null : toTrigger(action.defaultSubscription),
    mapping: { ...mapping, ...(syncMode && { __segment_internal_sync_mode: syncMode.default }) },
    fields: Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, describeField(field)])),
    batch: batches
      ? { maxEvents: Math.max(1, Math.min(largestBatch, typeof size === 'number' ? size : usualBatch)) }
      : null,
  };
}

/** A semantic event reaches every destination that knows it, also under its older names and in other spellings. */
const toTrigger = (text: string): string => printTrigger(widenTrigger(adaptPackagedTrigger(text)));

/** The package's own presets; without any, the actions' default triggers, unless those would send an event twice. */
function describePresets(definition: Definition, actions: readonly CatalogueAction[]): readonly CataloguePreset[] {
  const presets = (definition.presets ?? []).flatMap((preset) => {
    const action = actions.find(({ slug }) => slug === preset.partnerAction);
    // Some presets name an action of the browser's part, and those for single events of Segment's warehouse have no trigger.
    if (preset.type !== 'automatic' || !action || preset.subscribe === undefined) return [];
    const { name, subscribe, mapping = {} } = preset;
    return [{ action: action.slug, name, trigger: toTrigger(subscribe), mapping: difference(action.mapping, mapping) }];
  });
  if (presets.length > 0) return presets;
  const byTrigger = actions.flatMap(({ slug, name, trigger }) =>
    trigger === null ? [] : [{ action: slug, name, trigger, mapping: {} }],
  );
  return overlap(byTrigger.map(({ trigger }) => trigger)) ? [] : byTrigger;
}

function difference(base: JsonObject, mapping: JsonObject): Readonly<Record<string, Json>> {
  const changed: Record<string, Json> = {};
  const adapted = adaptMapping(mapping) as JsonObject;
  for (const name of new Set([...Object.keys(base), ...Object.keys(adapted)])) {
    const value = adapted[name] ?? null;
    const own = name === '__segment_internal_sync_mode' && value === null;
    if (!own && JSON.stringify(value) !== JSON.stringify(base[name])) changed[name] = value;
  }
  return changed;
}

/** Whether any ordinary call matches two of the triggers. */
function overlap(triggers: readonly string[]): boolean {
  const tests = triggers.map((trigger) => compileTrigger(parseTrigger(trigger)));
  const calls = [
    ...['identify', 'page', 'screen', 'group', 'alias'].map((type) => ({ type })),
    ...['Anything Else', ...semanticEvents.map(({ name }) => name)].map((event) => ({ type: 'track', event })),
  ];
  return calls.some((call) => tests.filter((test) => test(call as CanonicalEvent)).length > 1);
}
