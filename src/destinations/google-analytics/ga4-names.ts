// Names and values that Google Analytics 4 takes. It drops what breaks its rules without a word, so all is made to fit
// here: https://developers.google.com/analytics/devguides/collection/protocol/ga4/reference (limits, reserved names).
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { snakeCase } from '../../lib/word-case.ts';

/** Google's limits; text is cut to them and what is too many is left out. */
export const ga4Limits = {
  eventNameLength: 40,
  paramNameLength: 40,
  paramValueLength: 100,
  params: 25,
  userPropertyNameLength: 24,
  userPropertyValueLength: 36,
  userProperties: 25,
  items: 200,
} as const;

/** What Google's own libraries send by themselves; from anybody else they are dropped. */
const reservedEventNames: ReadonlySet<string> = new Set([
  'ad_activeview',
  'ad_click',
  'ad_exposure',
  'ad_query',
  'ad_reward',
  'adunit_exposure',
  'app_background',
  'app_clear_data',
  'app_exception',
  'app_remove',
  'app_store_refund',
  'app_store_subscription_cancel',
  'app_store_subscription_convert',
  'app_store_subscription_renew',
  'app_update',
  'app_upgrade',
  'dynamic_link_app_open',
  'dynamic_link_app_update',
  'dynamic_link_first_open',
  'error',
  'first_open',
  'first_visit',
  'in_app_purchase',
  'notification_dismiss',
  'notification_foreground',
  'notification_open',
  'notification_receive',
  'notification_send',
  'os_update',
  'session_start',
  'user_engagement',
]);
const reservedUserProperties: ReadonlySet<string> = new Set([
  'first_open_time',
  'first_visit_time',
  'last_deep_link_referrer',
  'user_id',
  'first_open_after_install',
]);
const reservedPrefix = /^(?:_|firebase_|ga_|google_|gtag\.)/;
const validName = /^\p{L}[\p{L}\p{N}_]*$/u;

/** An event name that is taken: words joined by "_" in small letters; reserved names and odd beginnings get "event_" in front. */
export function toEventName(name: string): string {
  const plain = validName.test(name) ? name : snakeCase(name);
  const taken = validName.test(plain) && !reservedPrefix.test(plain) && !reservedEventNames.has(plain);
  return cut(taken ? plain : `event_${plain.replace(/^_+/, '')}`, ga4Limits.eventNameLength);
}

/**
 * Parameters that are taken: texts, numbers and flags. Objects are flattened, lists of plain values become text, nulls and
 * other lists are left out. The first 25 remain. `lengths` are of values that may be longer than others, by name.
 */
export function toParams(properties: JsonObject, lengths: Readonly<Record<string, number>> = {}): JsonObject {
  const params = new Map<string, Json>();
  collect(properties, '', params, lengths);
  return Object.fromEntries([...params].slice(0, ga4Limits.params));
}

/** How deep objects are flattened. */
const maxDepth = 5;

function collect(
  properties: JsonObject,
  prefix: string,
  params: Map<string, Json>,
  lengths: Readonly<Record<string, number>>,
  depth = 1,
): void {
  for (const [key, value] of Object.entries(properties)) {
    const name = toParamName(prefix + key);
    if (value === undefined) continue;
    if (isObject(value)) {
      if (depth < maxDepth) collect(value, `${name}_`, params, lengths, depth + 1);
      continue;
    }
    const plain = toPlain(value, lengths[name] ?? ga4Limits.paramValueLength);
    if (plain !== undefined && !params.has(name)) params.set(name, plain);
  }
}

function toParamName(name: string): string {
  const plain = validName.test(name) ? name : snakeCase(name);
  const taken = validName.test(plain) && !reservedPrefix.test(plain);
  return cut(taken ? plain : `param_${plain.replace(/^_+/, '')}`, ga4Limits.paramNameLength);
}

/** User properties in the shape that GA4 wants them: `{ name: { value } }`. A null takes the property away. */
export function toUserProperties(traits: JsonObject): JsonObject {
  const properties = Object.entries(traits).flatMap(([key, value]) => {
    const name = cut(toParamName(key), ga4Limits.userPropertyNameLength);
    if (reservedUserProperties.has(name) || value === undefined || isObject(value)) return [];
    const plain = value === null ? null : toPlain(value, ga4Limits.userPropertyValueLength);
    return plain === undefined ? [] : [[name, { value: plain }] as const];
  });
  return Object.fromEntries(properties.slice(0, ga4Limits.userProperties));
}

/** A value that GA4 takes; undefined when nothing of it can be kept. */
function toPlain(value: Json, maxLength: number): Json | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return cut(value, maxLength);
  if (typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return undefined;
  const list = value as readonly Json[];
  const plain = list.filter((item) => item !== null && typeof item !== 'object');
  return plain.length === 0 || plain.length < list.length ? undefined : cut(plain.join(','), maxLength);
}

/** Leaves no half of a character. */
const cut = (text: string, maxLength: number): string =>
  text.length <= maxLength ? text : text.slice(0, maxLength).replace(/[\uD800-\uDBFF]$/, '');
