// What a profile shows beside the person: which events set the attributes, and what was reported about their messages.
import { z } from 'zod';
import type { DeliveryMetric } from '../workspace/workspace-reader.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { cursor, isoTime, pageLimit, pageOf, time } from './api-schema.ts';
import { attributeOrigins } from './attribute-origins.ts';
import { findPerson, personParams } from './people-routes.ts';

export const metricAnswer = z
  .object({
    deliveryId: z.string(),
    metric: z.string(),
    at: time,
    recipient: z.string().nullable(),
    reason: z.string().nullable(),
    href: z.string().nullable(),
    actionName: z.string().nullable(),
    actionValue: z.string().nullable(),
  })
  .meta({ id: 'DeliveryMetric' });

const originAnswer = z
  .object({ attribute: z.string(), at: time, sourceId: z.string(), messageId: z.string() })
  .meta({ id: 'AttributeOrigin' });

const tags = ['People'];

export const showMetric = (metric: DeliveryMetric): z.output<typeof metricAnswer> => ({
  ...metric,
  at: isoTime(metric.at),
});

export function registerPersonDetailRoutes(app: AdminApp, deps: AdminDeps): void {
  const { workspace } = deps;

  app.get(
    '/api/v1/people/:identifier/origins',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Find the events that set the attributes of a person',
        operationId: 'listAttributeOrigins',
        description:
          'Looked for in the log from the time of the attribute on. An attribute is left out when its event is no longer stored, or came in long after its own time.',
        params: personParams,
        response: { 200: pageOf(originAnswer) },
      },
    },
    async (request) => {
      const origins = await attributeOrigins(deps, await findPerson(deps, request.params.identifier));
      return { items: origins.map((origin) => ({ ...origin, at: isoTime(origin.at) })), next: null };
    },
  );

  app.get(
    '/api/v1/people/:identifier/delivery-metrics',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List what was reported about messages to a person',
        operationId: 'listPersonDeliveryMetrics',
        description:
          'From Report Delivery Event calls whose recipient is an email address, phone or device token of the person, latest first. A page looks at a bounded number of reports.',
        params: personParams,
        querystring: z.strictObject({ cursor, limit: pageLimit(500, 50) }),
        response: {
          200: pageOf(metricAnswer).extend({
            scanned: z.int().nullable().meta({
              description: 'Reports looked at, when that is what ended the page; pass `next` to look further.',
            }),
          }),
        },
      },
    },
    async (request) => {
      const { cursor: from = null, limit } = request.query;
      const { identifiers, attributes, devices } = await findPerson(deps, request.params.identifier);
      const given = attributes['email']?.value;
      const recipients = new Set([
        ...[identifiers.email, identifiers.phone, given].filter((one) => typeof one === 'string'),
        ...devices.map(({ token }) => token),
      ]);
      const page = await workspace.metricsTo([...recipients], from, limit);
      return { ...page, items: page.items.map(showMetric) };
    },
  );
}
