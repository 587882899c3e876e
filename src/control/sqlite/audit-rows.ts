// The audit log of control.db: appended to inside the transaction of the change it tells of, read with names.
import type { StatementSync } from 'node:sqlite';
import type { AuditQuery, NamedAuditEntry, Page } from '../control-store.ts';
import type { AuditEntry } from '../model.ts';
import type { Row } from './rows.ts';

type Sql = (text: string) => StatementSync;

export function appendAudit(sql: Sql, entry: Omit<AuditEntry, 'id'>): void {
  const { at, actor, action, subject, detail } = entry;
  sql('INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)').run(
    at,
    actor,
    action,
    subject,
    JSON.stringify(detail),
  );
}

/** Ids are unique over all kinds but the object types', which are numbers that users choose. */
const subjectName = `CASE WHEN action = 'object-type.name'
  THEN (SELECT name FROM object_type_name WHERE type_id = subject)
  ELSE coalesce(
    (SELECT name FROM source WHERE id = subject),
    (SELECT name FROM destination WHERE id = subject),
    (SELECT email FROM user WHERE id = subject),
    (SELECT name FROM api_token WHERE id = subject),
    (SELECT coalesce(json_extract(gone.detail, '$.name'), json_extract(gone.detail, '$.email')) FROM audit AS gone
     WHERE gone.subject = audit.subject
       AND gone.action IN ('source.delete', 'destination.delete', 'token.delete', 'user.delete')
     ORDER BY gone.id DESC LIMIT 1))
  END`;

export function readAudit(sql: Sql, { limit, ...query }: AuditQuery): Page<NamedAuditEntry> {
  const given = Object.entries(query).filter(
    (part): part is [keyof typeof conditions, string | number] => part[1] !== undefined,
  );
  const where = given.map(([name]) => conditions[name]).join(' AND ');
  const rows = sql(
    `SELECT *, ${subjectName} AS subject_name FROM audit WHERE ${where || 'TRUE'} ORDER BY id DESC LIMIT $most`,
  ).all({ ...Object.fromEntries(given), most: limit + 1 });
  const items = rows.slice(0, limit).map(toAuditEntry);
  return { items, next: rows.length > limit ? String(items.at(-1)?.id) : null };
}

const conditions = {
  actor: 'actor = $actor',
  // A kind is what stands before an action's dot; '/' is the character after the dot.
  action: "(action = $action OR (action > $action || '.' AND action < $action || '/'))",
  subject: 'subject = $subject',
  from: 'at >= $from',
  to: 'at < $to',
  before: 'id < $before',
} as const satisfies Readonly<Record<Exclude<keyof AuditQuery, 'limit'>, string>>;

export function readAuditTerms(sql: Sql): { readonly actors: readonly string[]; readonly actions: readonly string[] } {
  const distinct = (column: 'actor' | 'action'): readonly string[] =>
    sql(`SELECT DISTINCT ${column} AS term FROM audit ORDER BY term`)
      .all()
      .map((row) => String(row['term']));
  return { actors: distinct('actor'), actions: distinct('action') };
}

const toAuditEntry = (row: Row): NamedAuditEntry => ({
  id: row['id'] as number,
  at: row['at'] as number,
  actor: row['actor'] as string,
  action: row['action'] as string,
  subject: row['subject'] as string,
  subjectName: row['subject_name'] as string | null,
  detail: JSON.parse(row['detail'] as string) as AuditEntry['detail'],
});
