// Appends to the audit log of control.db, inside the transaction of the change it tells of.
import type { StatementSync } from 'node:sqlite';
import type { AuditEntry } from '../model.ts';

export function appendAudit(sql: (text: string) => StatementSync, entry: Omit<AuditEntry, 'id'>): void {
  const { at, actor, action, subject, detail } = entry;
  sql('INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)').run(
    at,
    actor,
    action,
    subject,
    JSON.stringify(detail),
  );
}
