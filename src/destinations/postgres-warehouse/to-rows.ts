// What a call becomes in the warehouse: rows of tables, by Segment's schema.
//
//   identify  identifies, and the person's row in users      page    pages
//   track     tracks, and the event's own table              screen  screens
//   group     groups, and the group's row in accounts        alias   aliases
//
// Nested objects become columns joined by underscores (context_library_name); lists stay JSON. A name that one of the
// schema's own columns has gets a prefix that says where it comes from (property_id).
import type { CanonicalEvent } from '../../event/canonical-event.ts';
import { isObject } from '../../lib/json.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import { toName } from './warehouse-names.ts';

export interface WarehouseRow {
  readonly table: string;
  /** `append`: a row per call. `upsert`: one row per id, in which the newest call's values replace older ones. */
  readonly write: 'append' | 'upsert';
  /** Values that are there, by column; null only in `upsert`, where it empties the column. */
  readonly values: ReadonlyMap<string, Json>;
  /** Values that found no column, by what they are called in the call. */
  readonly beside: ReadonlyMap<string, Json>;
}

/** Columns of the schema itself, with what is stored in them; they never change their type. */
export const ownColumns: ReadonlyMap<string, 'text' | 'timestamptz' | 'jsonb'> = new Map([
  ['id', 'text'],
  ['received_at', 'timestamptz'],
  ['timestamp', 'timestamptz'],
  ['sent_at', 'timestamptz'],
  ['original_timestamp', 'timestamptz'],
  ['loaded_at', 'timestamptz'],
  ['user_id', 'text'],
  ['anonymous_id', 'text'],
  ['previous_id', 'text'],
  ['group_id', 'text'],
  ['event', 'text'],
  ['event_text', 'text'],
  ['name', 'text'],
  ['_conflicts', 'jsonb'],
] as const);

/** Tables that an event of the same name must not write to. */
export const ownTables: ReadonlySet<string> = new Set([
  'identifies',
  'users',
  'tracks',
  'pages',
  'screens',
  'groups',
  'accounts',
  'aliases',
  '_leat_ranges',
  '_leat_conflicts',
  'other_events',
]);

/** Objects nested deeper than this are kept as JSON. */
const deepest = 5;

export function toRows(call: CanonicalEvent): readonly WarehouseRow[] {
  const { traits = {}, properties = {} } = call;
  switch (call.type) {
    case 'identify':
      return [
        row('identifies', call, {}, ['trait', traits]),
        ...(call.userId === undefined ? [] : [upsert('users', call.userId, call, traits)]),
      ];
    case 'track': {
      const text = call.event ?? '';
      const name = toName(text) || 'unnamed_event';
      const named = { event: name, event_text: text };
      const table = ownTables.has(name) ? `event_${name}` : name;
      return [row('tracks', call, named), row(table, call, named, ['property', properties])];
    }
    case 'page':
    case 'screen':
      return [
        row(`${call.type}s`, call, { ...(call.name !== undefined && { name: call.name }) }, ['property', properties]),
      ];
    case 'group':
      return [
        row('groups', call, {}, ['trait', traits]),
        ...(call.groupId === undefined ? [] : [upsert('accounts', call.groupId, call, traits)]),
      ];
    case 'alias':
      return [row('aliases', call, {})];
    default:
      return call.type satisfies never;
  }
}

function row(
  table: string,
  call: CanonicalEvent,
  extra: Readonly<Record<string, string>>,
  open?: readonly [string, JsonObject],
): WarehouseRow {
  const columns = new Columns();
  for (const [name, value] of Object.entries({ ...idsAndTimes(call), id: call.messageId, ...extra }))
    columns.own(name, value);
  columns.flatten('context', call.context, ['context']);
  if (open) columns.flatten(open[0], open[1], []);
  return { table, write: 'append', values: columns.values, beside: columns.beside };
}

function upsert(table: string, id: string, call: CanonicalEvent, traits: JsonObject): WarehouseRow {
  const columns = new Columns(true);
  columns.own('id', id);
  columns.own('received_at', call.receivedAt);
  columns.flatten('trait', traits, []);
  return { table, write: 'upsert', values: columns.values, beside: columns.beside };
}

function idsAndTimes(call: CanonicalEvent): Readonly<Record<string, string | undefined>> {
  return {
    received_at: call.receivedAt,
    timestamp: call.timestamp,
    sent_at: call.sentAt,
    original_timestamp: call.originalTimestamp,
    user_id: call.userId,
    anonymous_id: call.anonymousId,
    previous_id: call.previousId,
    group_id: call.groupId,
  };
}

class Columns {
  readonly values = new Map<string, Json>();
  readonly beside = new Map<string, Json>();
  readonly #keepNull: boolean;

  constructor(keepNull = false) {
    this.#keepNull = keepNull;
  }

  own(name: string, value: string | undefined): void {
    if (value !== undefined) this.values.set(name, value);
  }

  /** Adds what is in `object`; `origin` says what it is in names that are taken, `path` is put before every name. */
  flatten(origin: string, object: JsonObject, path: readonly string[]): void {
    for (const [key, value] of Object.entries(object)) {
      if (value === undefined || (value === null && !this.#keepNull)) continue;
      const here = [...path, key];
      if (isObject(value) && Object.keys(value).length > 0 && here.length < deepest) this.flatten(origin, value, here);
      else this.#add(origin, here, value);
    }
  }

  #add(origin: string, path: readonly string[], value: Json): void {
    const plain = toName(path.join('_'));
    const name = ownColumns.has(plain) ? `${origin}_${plain}` : plain;
    if (name === '' || this.values.has(name)) this.beside.set(path.join('.'), value);
    else this.values.set(name, value);
  }
}
