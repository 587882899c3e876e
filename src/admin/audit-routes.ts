// The audit log: who changed or saw what.
import { z } from 'zod';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { isoTime, pageLimit, pageOf, rowCursor, time } from './api-schema.ts';

const auditAnswer = z
  .object({
    id: z.int(),
    at: time,
    actor: z.string(),
    action: z.string().meta({ description: 'Such as `source.create` or `key.reveal`.' }),
    subject: z.string(),
    detail: z.unknown().meta({ description: 'What changed, without secrets.' }),
  })
  .meta({ id: 'AuditEntry' });

export function registerAuditRoutes(app: AdminApp, { control }: AdminDeps): void {
  app.get(
    '/api/v1/audit',
    {
      config: { role: 'editor' },
      schema: {
        tags: ['Server'],
        summary: 'Read the audit log',
        operationId: 'listAudit',
        description: 'Latest first.',
        querystring: z.strictObject({ cursor: rowCursor, limit: pageLimit(500, 50) }),
        response: { 200: pageOf(auditAnswer) },
      },
    },
    async (request) => {
      const { cursor, limit } = request.query;
      const page = await control.listAudit(cursor ?? null, limit);
      return { items: page.items.map((entry) => ({ ...entry, at: isoTime(entry.at) })), next: page.next };
    },
  );
}
