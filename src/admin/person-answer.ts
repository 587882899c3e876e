// People, their devices, relationships and timelines as the control API shows them.
import { z } from 'zod';
import { isObject } from '../lib/json.ts';
import type { Activity, AttributeValue, Person, PersonSummary } from '../workspace/workspace-reader.ts';
import { isoTime, jsonObject, time } from './api-schema.ts';

export const personSummary = z
  .object({
    cioId: z.string(),
    id: z.string().nullable(),
    email: z.string().nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'PersonSummary' });

/** Not a record: that would leave out an attribute called `__proto__`. */
export const attributes = z
  .custom<Readonly<Record<string, { readonly value: unknown; readonly at: string }>>>(isObject)
  .meta({
    description: 'By name.',
    type: 'object',
    additionalProperties: {
      type: 'object',
      properties: {
        value: {},
        at: { description: 'Event time that set it.', type: 'string', format: 'date-time' },
      },
      required: ['value', 'at'],
    },
  });

export const personAnswer = z
  .object({
    identifiers: z.object({
      id: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      cioId: z.string(),
      anonymousIds: z.array(z.string()),
      previousIds: z
        .array(z.string())
        .meta({ description: 'Of people merged into this one; they keep resolving to it.' }),
    }),
    attributes,
    createdAt: time,
    updatedAt: time,
    devices: z.array(
      z.object({
        token: z.string(),
        platform: z.string().nullable(),
        appIdentifier: z.string().nullable(),
        lastUsedAt: time,
        attributes: jsonObject,
      }),
    ),
    relationships: z.array(z.object({ objectTypeId: z.string(), objectId: z.string(), attributes: jsonObject })),
  })
  .meta({ id: 'Person' });

export const activityAnswer = z
  .object({
    messageId: z.string(),
    sourceId: z.string(),
    type: z.string(),
    name: z.string(),
    at: time,
    receivedAt: time,
    properties: jsonObject,
    partition: z.int(),
    offset: z.int(),
  })
  .meta({ id: 'Activity' });

export const showSummary = (person: PersonSummary): z.output<typeof personSummary> => ({
  ...person,
  createdAt: isoTime(person.createdAt),
  updatedAt: isoTime(person.updatedAt),
});

export const showAttributes = (values: Readonly<Record<string, AttributeValue>>) =>
  Object.fromEntries(Object.entries(values).map(([name, { value, at }]) => [name, { value, at: isoTime(at) }]));

export const showPerson = (person: Person) => ({
  identifiers: person.identifiers,
  attributes: showAttributes(person.attributes),
  createdAt: isoTime(person.createdAt),
  updatedAt: isoTime(person.updatedAt),
  devices: person.devices.map((device) => ({ ...device, lastUsedAt: isoTime(device.lastUsedAt) })),
  relationships: person.relationships,
});

export const showActivity = (activity: Activity): z.output<typeof activityAnswer> => ({
  ...activity,
  at: isoTime(activity.at),
  receivedAt: isoTime(activity.receivedAt),
});
