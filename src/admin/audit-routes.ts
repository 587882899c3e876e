// The audit log: who changed or saw what.
import { z } from 'zod';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { isoTime, pageLimit, pageOf, rowCursor, time } from './api-schema.ts';

const moment = (description: string) => z.iso.datetime({ offset: true }).optional().meta({ description });

const auditAnswer = z
  .object({
    id: z.int(),
    at: time,
    actor: z.string(),
    action: z.string().meta({ description: 'Such as `source.create` or `key.reveal`.' }),
    subject: z.string().meta({ description: 'What it was done to: an id, or the identifier of a person.' }),
    subjectName: z
      .string()
      .nullable()
      .meta({ description: 'Its present name, or the last one of what was deleted; null when it has none.' }),
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
        querystring: z.strictObject({
          actor: z.string().min(1).max(200).optional().meta({ description: 'Who: an email, or the name of a token.' }),
          action: z
            .string()
            .min(1)
            .max(100)
            .optional()
            .meta({ description: 'One action, such as `source.create`, or all of a kind, such as `source`.' }),
          subject: z.string().min(1).max(1000).optional(),
          from: moment('At or after.'),
          to: moment('Before.'),
          cursor: rowCursor,
          limit: pageLimit(500, 50),
        }),
        response: { 200: pageOf(auditAnswer) },
      },
    },
    async (request) => {
      const { cursor, from, to, ...query } = request.query;
      const page = await control.listAudit({
        ...query,
        before: cursor,
        from: from === undefined ? undefined : Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
      });
      return { items: page.items.map((entry) => ({ ...entry, at: isoTime(entry.at) })), next: page.next };
    },
  );

  app.get(
    '/api/v1/audit/terms',
    {
      config: { role: 'editor' },
      schema: {
        tags: ['Server'],
        summary: 'See who and what is in the audit log',
        operationId: 'listAuditTerms',
        description: 'Everyone and every action that it can be asked for.',
        response: { 200: z.object({ actors: z.array(z.string()), actions: z.array(z.string()) }) },
      },
    },
    async () => control.auditTerms(),
  );
}
