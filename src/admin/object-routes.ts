// Objects and their relationships, suppressed identifiers, and metrics of message deliveries.
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import type { ObjectType, WorkspaceObject } from '../workspace/workspace-reader.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { cursor, displayName, isoTime, jsonObject, pageLimit, pageOf, time } from './api-schema.ts';
import { actorOf } from './authentication.ts';
import { attributes, personSummary, showAttributes, showSummary } from './person-answer.ts';
import { metricAnswer, showMetric } from './person-detail-routes.ts';

const objectAnswer = z
  .object({ objectTypeId: z.string(), objectId: z.string(), attributes, createdAt: time, updatedAt: time })
  .meta({ id: 'Object' });
const objectTypeAnswer = z
  .object({
    id: z.string(),
    name: z.string().nullable().meta({ description: 'As users named it; null when nobody did.' }),
    objects: z.int(),
  })
  .meta({ id: 'ObjectType' });
const relatedPerson = z.object({ person: personSummary, attributes: jsonObject }).meta({ id: 'RelatedPerson' });

const objectId = z.string().min(1).max(500);
const typeParams = z.object({ typeId: objectId.meta({ description: 'Object type, such as "1".' }) });
const params = typeParams.extend({ objectId: objectId.meta({ description: 'Id of the object; percent-encoded.' }) });
const page = z.strictObject({ cursor, limit: pageLimit(500, 50) });
const tags = ['Objects'];

const showObject = ({ attributes: values, ...object }: WorkspaceObject) => ({
  ...object,
  attributes: showAttributes(values),
  createdAt: isoTime(object.createdAt),
  updatedAt: isoTime(object.updatedAt),
});

export function registerObjectRoutes(app: AdminApp, { workspace, control }: AdminDeps): void {
  const namedTypes = async (): Promise<readonly ObjectType[]> => {
    const [types, names] = await Promise.all([workspace.objectTypes(), control.objectTypeNames()]);
    const known = new Map(names.map(({ typeId, name }) => [typeId, name]));
    return types.map((type) => ({ ...type, name: known.get(type.id) ?? type.name }));
  };

  app.patch(
    '/api/v1/object-types/:typeId',
    {
      config: { role: 'editor' },
      schema: {
        tags,
        summary: 'Name an object type',
        operationId: 'nameObjectType',
        description: 'For people only; calls go on naming the type by its id. Null takes the name away.',
        params: typeParams,
        body: z.strictObject({ name: displayName.nullable() }),
        response: { 200: objectTypeAnswer },
      },
    },
    async (request) => {
      const { typeId } = request.params;
      const unknown = (): InputError => new InputError('not_found', `There is no object type ${typeId}.`, 'typeId');
      if (!(await workspace.objectTypes()).some((type) => type.id === typeId)) throw unknown();
      await control.nameObjectType(typeId, request.body.name, actorOf(request));
      const named = (await namedTypes()).find((type) => type.id === typeId);
      if (!named) throw unknown();
      return named;
    },
  );

  app.get(
    '/api/v1/objects',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List object types',
        operationId: 'listObjectTypes',
        response: {
          200: pageOf(objectTypeAnswer),
        },
      },
    },
    async () => ({ items: await namedTypes(), next: null }),
  );

  app.get(
    '/api/v1/objects/:typeId',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'List objects of a type',
        operationId: 'listObjects',
        params: typeParams,
        querystring: page,
        response: { 200: pageOf(objectAnswer) },
      },
    },
    async (request) => {
      const { cursor: from, limit } = request.query;
      const { items, next } = await workspace.objects(request.params.typeId, from ?? null, limit);
      return { items: items.map(showObject), next };
    },
  );

  app.get(
    '/api/v1/objects/:typeId/:objectId',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Get an object and the people related to it',
        operationId: 'getObject',
        params,
        querystring: page,
        response: { 200: objectAnswer.extend({ people: pageOf(relatedPerson) }).meta({ id: 'ObjectWithPeople' }) },
      },
    },
    async (request) => {
      const { typeId, objectId: wanted } = request.params;
      const { cursor: from, limit } = request.query;
      const object = await workspace.object(typeId, wanted);
      if (!object) throw new InputError('not_found', 'There is no object with this type and id.', 'objectId');
      const related = await workspace.related(typeId, wanted, from ?? null, limit);
      const items = related.items.map((link) => ({ person: showSummary(link.person), attributes: link.attributes }));
      return { ...showObject(object), people: { items, next: related.next } };
    },
  );

  app.get(
    '/api/v1/suppressions',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['People'],
        summary: 'List suppressed identifiers',
        operationId: 'listSuppressions',
        querystring: page,
        response: {
          200: pageOf(
            z
              .object({
                kind: z.enum(['id', 'email', 'phone', 'cio_id', 'anonymous_id']),
                value: z.string(),
                since: time,
              })
              .meta({ id: 'Suppression' }),
          ),
        },
      },
    },
    async (request) => {
      const { items, next } = await workspace.suppressions(request.query.cursor ?? null, request.query.limit);
      return { items: items.map((one) => ({ ...one, since: isoTime(one.since) })), next };
    },
  );

  app.get(
    '/api/v1/delivery-metrics/:deliveryId',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Events'],
        summary: 'List what was reported about a message',
        operationId: 'listDeliveryMetrics',
        description: 'From Report Delivery Event calls.',
        params: z.object({ deliveryId: z.string().min(1).max(500) }),
        response: {
          200: pageOf(metricAnswer),
        },
      },
    },
    async (request) => {
      const metrics = await workspace.deliveryMetrics(request.params.deliveryId);
      return { items: metrics.map(showMetric), next: null };
    },
  );

  app.get(
    '/api/v1/content-reports/:contentId',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Events'],
        summary: 'List what was reported about a piece of in-app content',
        operationId: 'listContentReports',
        description: 'From Report Content Event calls, latest first.',
        params: z.object({ contentId: z.string().min(1).max(500) }),
        querystring: page,
        response: {
          200: pageOf(
            z
              .object({
                contentId: z.string(),
                templateId: z.string(),
                contentType: z.string().nullable(),
                actionType: z.string(),
                actionName: z.string().nullable(),
                actionValue: z.string().nullable(),
                at: time,
                person: z.string().nullable().meta({ description: '`cio_…`; null for an anonymous visitor.' }),
              })
              .meta({ id: 'ContentReport' }),
          ),
        },
      },
    },
    async (request) => {
      const { cursor: from, limit } = request.query;
      const reports = await workspace.contentReports(request.params.contentId, from ?? null, limit);
      return { items: reports.items.map((one) => ({ ...one, at: isoTime(one.at) })), next: reports.next };
    },
  );
}
