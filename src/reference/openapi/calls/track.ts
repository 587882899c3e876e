// POST /v1/track
import { semanticAliases, semanticEvents } from '../../../event/semantic-events.ts';
import type { CallOperation } from '../operation.ts';
import { anonymousId, callFields, userId } from '../common-fields.ts';
import { having, id, object, presentId, ref, text } from '../schema.ts';
import type { Schema } from '../schema.ts';
import { schemaNameOf, semanticCalls } from '../semantic/semantic-calls.ts';
import { eventGroups } from '../shared-events/event-groups.ts';
import { examplesOf } from '../shared-events/event-group.ts';

/** A name without a meaning of its own. */
const customEventName: Schema = {
  type: 'string',
  minLength: 1,
  not: { enum: [...semanticEvents, ...semanticAliases.keys()] },
};

export const track: CallOperation = {
  name: 'track',
  shortForm: 't',
  title: 'Track events',
  text: `Says that someone did something. \`event\` is the name, \`properties\` what there is to say about it. The event lands in the person’s timeline and goes to every destination whose triggers match.

A person who is not known yet is made by their first event. Some names do more than land in a timeline: they add devices, delete people, report on messages. They are listed under [semantic events](semantic-events.md).`,
  variants: [
    { title: 'Known person', needs: '`userId`, `event`', text: 'Lands in the person’s timeline.' },
    {
      title: 'Anonymous person',
      needs: '`anonymousId`, `event`',
      text: 'Kept for 30 days, and joined when the person becomes known.',
    },
    { title: 'Group', needs: '`groupId`, `event`', text: 'Goes to destinations; no person’s timeline holds it.' },
    { title: 'Semantic event', needs: 'see [each one](semantic-events.md)', text: 'Does what its name says.' },
  ],
  schemaName: 'Track',
  schema: {
    type: 'object',
    title: 'Track',
    properties: callFields({
      event: text('Name of what happened.', { 'x-limit': '100 bytes in the workspace' }),
      userId,
      anonymousId,
      groupId: id('The object it is about, for events without a person.'),
      properties: object('What there is to say about it, any JSON.'),
    }),
    additionalProperties: true,
    anyOf: [
      { title: 'Known person', allOf: [having('event', customEventName), having('userId', presentId)] },
      { title: 'Anonymous person', allOf: [having('event', customEventName), having('anonymousId', presentId)] },
      { title: 'Group', allOf: [having('event', customEventName), having('groupId', presentId)] },
      ...semanticCalls.map((call) => ref(schemaNameOf(call))),
    ],
  },
  examples: [
    {
      name: 'track-known',
      summary: 'Track an event of a person',
      group: 'Events',
      body: { userId: 'u1', event: 'Course Started', properties: { course: 'Maths 101', seats: 2 } },
      effects: [
        {
          get: 'people/u1/events',
          has: { items: [{ name: 'Course Started', properties: { course: 'Maths 101', seats: 2 } }] },
        },
      ],
    },
    {
      name: 'track-anonymous',
      summary: 'Track an event of an anonymous visitor',
      group: 'Events',
      body: { anonymousId: 'a1', event: 'Looked Around' },
      effects: [{ get: 'people/a1/events', has: { items: [{ name: 'Looked Around' }] } }],
    },
    {
      name: 'track-group',
      summary: 'Track an event of a group',
      group: 'Events',
      body: { groupId: 'acme', event: 'Invoice Paid', messageId: 'invoice-1', properties: { amount: 120 } },
      effects: [{ get: 'events/invoice-1', has: { items: [{ event: { groupId: 'acme', event: 'Invoice Paid' } }] } }],
    },
    {
      name: 'track-past',
      summary: 'Track an event of the past',
      group: 'Events',
      body: { userId: 'u1', event: 'Course Finished', timestamp: '2026-01-31T12:00:00Z' },
      effects: [
        {
          get: 'people/u1/events',
          has: { items: [{ name: 'Course Finished', at: '2026-01-31T12:00:00.000Z' }] },
        },
      ],
    },
    ...semanticCalls.map(({ example, group }) => ({ ...example, group })),
    ...eventGroups.flatMap(examplesOf),
  ],
};
