// Writes what a batch changed. Runs inside the caller's transaction.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { statements } from '../../lib/sqlite.ts';
import { identifierKinds } from '../identifiers.ts';
import type { Identifier } from '../identifiers.ts';
import { parseRelationshipKey } from '../row-keys.ts';
import type {
  ActivityRow,
  ContentRow,
  DeviceRow,
  IdentifierRow,
  MetricRow,
  ObjectRow,
  PersonRow,
  ProfileRow,
  RelationshipRow,
} from '../workspace-rows.ts';
import type { RowChanges } from '../workspace-store.ts';
import {
  contentColumns,
  deviceColumns,
  identifierColumns,
  linkColumns,
  metricColumns,
  objectColumns,
  objectTypeColumns,
  personColumns,
  profileColumns,
  relationshipColumns,
  transitionColumns,
} from './row-codec.ts';
import { activityTypes, personStates } from './schema.ts';

/** An insert that replaces the row with the same key, by updating the other columns in place. */
function upsert(table: string, columns: string, key: string): string {
  const names = columns.split(', ');
  const keys = key.split(', ');
  const changes = names.filter((name) => !keys.includes(name)).map((name) => `${name} = excluded.${name}`);
  return `${insert(table, columns)} ON CONFLICT (${key}) DO UPDATE SET ${changes.join(', ')}`;
}

const insert = (table: string, columns: string): string =>
  `INSERT INTO ${table} (${columns}) VALUES (${columns.replaceAll(/[^,]+/g, '?')})`;

const sql = {
  identifier: upsert('identifier', identifierColumns, 'kind, value'),
  noIdentifier: 'DELETE FROM identifier WHERE kind = ? AND value = ?',
  person: upsert('person', personColumns, 'number'),
  profile: upsert('profile', profileColumns, 'person'),
  noProfile: 'DELETE FROM profile WHERE person = ?',
  device: upsert('device', deviceColumns, 'token'),
  noDevice: 'DELETE FROM device WHERE token = ?',
  // Created anew, an object keeps its row and gets another number.
  object: upsert('object', objectColumns, 'type_id, object_id'),
  objectType: upsert('object_type', objectTypeColumns, 'type_id'),
  relationship: upsert('relationship', relationshipColumns, 'subject, object'),
  noRelationship: 'DELETE FROM relationship WHERE subject = ? AND object = ?',
  transition: upsert('transition', transitionColumns, 'key'),
  link: upsert('link', linkColumns, 'child'),
  activity: insert('activity', 'number, subject, at, type, name, source, message_id, received_at, log, properties'),
  metric: insert('metric', metricColumns),
  content: insert('content', contentColumns),
  garbage: insert('garbage', 'kind, number, due'),
} as const;

const flag = (value: boolean): number => (value ? 1 : 0);

export class RowWriter {
  readonly #prepare: (sql: string) => StatementSync;
  readonly #activity: StatementSync;
  /** Sources by id; there are few. */
  readonly #sources = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#prepare = statements(db);
    this.#activity = db.prepare(sql.activity);
  }

  write(rows: RowChanges): void {
    for (const [key, row] of rows.identifiers) this.#identifier(key, row);
    for (const [, row] of rows.people) if (row) this.#person(row);
    for (const [person, row] of rows.profiles) this.#profile(person, row);
    for (const [token, row] of rows.devices) this.#device(token, row);
    for (const [, row] of rows.objects) if (row) this.#object(row);
    for (const [, row] of rows.objectTypes) if (row) this.#prepare(sql.objectType).run(row.typeId, row.objects);
    for (const [key, row] of rows.relationships) this.#relationship(key, row);
    for (const [, row] of rows.transitions) if (row) this.#prepare(sql.transition).run(row.key, row.log);
    for (const { child, parent, fromAt, fromLog, related, until } of rows.newLinks)
      this.#prepare(sql.link).run(child, parent, fromAt, fromLog, flag(related), until);
    for (const row of rows.activities) this.#writeActivity(row);
    for (const row of rows.metrics) this.#metric(row);
    for (const row of rows.contents) this.#content(row);
    for (const { kind, number, due } of rows.garbage) this.#prepare(sql.garbage).run(kind, number, due);
  }

  /** After a rollback: what was remembered may not be in the file. */
  forget(): void {
    this.#sources.clear();
  }

  #identifier({ kind, value }: Identifier, row: IdentifierRow | null): void {
    if (row) {
      const { owner, stream, related, seenDay } = row;
      const code = identifierKinds.indexOf(kind);
      this.#prepare(sql.identifier).run(code, value, owner ?? -(stream ?? 0), flag(related), seenDay);
    } else {
      this.#prepare(sql.noIdentifier).run(identifierKinds.indexOf(kind), value);
    }
  }

  #person(row: PersonRow): void {
    this.#prepare(sql.person).run(
      row.number,
      personStates.indexOf(row.state),
      row.parent,
      flag(row.related),
      row.floorAt,
      row.id,
      row.email,
      row.phone,
      row.createdAt,
      row.goneAt,
      row.goneLog,
    );
  }

  #profile(person: number, row: ProfileRow | null): void {
    if (!row) {
      this.#prepare(sql.noProfile).run(person);
      return;
    }
    const { values, removals } = row.attributes.encode();
    this.#prepare(sql.profile).run(person, values, removals, row.updatedAt);
  }

  #device(token: string, row: DeviceRow | null): void {
    if (!row) {
      this.#prepare(sql.noDevice).run(token);
      return;
    }
    const { values, removals } = row.attributes.encode();
    const { person, ownedAt, platform, appIdentifier, lastUsedAt } = row;
    this.#prepare(sql.device).run(token, person, ownedAt, platform, appIdentifier, lastUsedAt, values, removals);
  }

  #object(row: ObjectRow): void {
    const { values, removals } = row.attributes.encode();
    this.#prepare(sql.object).run(
      row.number,
      row.typeId,
      row.objectId,
      row.floorAt,
      row.createdAt,
      row.updatedAt,
      row.goneAt,
      row.goneLog,
      values,
      removals,
    );
  }

  #relationship(key: string, row: RelationshipRow | null): void {
    if (row) {
      const { values, removals } = row.attributes.encode();
      this.#prepare(sql.relationship).run(row.subject, row.object, row.log, values, removals);
    } else {
      const { subject, object } = parseRelationshipKey(key);
      this.#prepare(sql.noRelationship).run(subject, object);
    }
  }

  #writeActivity(row: ActivityRow): void {
    const { number, subject, at, type, name, sourceId, messageId, receivedAt, log, properties } = row;
    const code = activityTypes.indexOf(type);
    const source = this.#source(sourceId);
    const otherLog = log === receivedAt ? null : log;
    this.#activity.run(number, subject, at, code, name, source, messageId, receivedAt, otherLog, properties);
  }

  #source(id: string): number {
    const known = this.#sources.get(id);
    if (known !== undefined) return known;
    this.#prepare('INSERT OR IGNORE INTO source (id) VALUES (?)').run(id);
    const number = Number(this.#prepare('SELECT number FROM source WHERE id = ?').get(id)?.['number']);
    this.#sources.set(id, number);
    return number;
  }

  #metric(row: MetricRow): void {
    this.#prepare(sql.metric).run(
      row.number,
      row.deliveryId,
      row.metric,
      row.at,
      row.recipient,
      row.reason,
      row.href,
      row.actionName,
      row.actionValue,
    );
  }

  #content(row: ContentRow): void {
    this.#prepare(sql.content).run(
      row.number,
      row.contentId,
      row.templateId,
      row.contentType,
      row.actionType,
      row.actionName,
      row.actionValue,
      row.at,
      row.subject,
    );
  }
}
