// The pages of events with a meaning of their own, of events that other tools know, and of the context.
import { effectOnlyEvents } from '../../event/semantic-events.ts';
import { contextSchema } from '../openapi/context.ts';
import type { SemanticCall } from '../openapi/semantic/semantic-call.ts';
import { semanticCalls } from '../openapi/semantic/semantic-calls.ts';
import { examplesOf, personOf } from '../openapi/shared-events/event-group.ts';
import type { EventGroup } from '../openapi/shared-events/event-group.ts';
import { eventGroups } from '../openapi/shared-events/event-groups.ts';
import { codeBlock, toCurl, toEffectText, toExampleText } from './example-text.ts';
import { fieldTable } from './field-table.ts';
import { generatedNote } from './generated-note.ts';

export function semanticEventsPage(): string {
  const groups = [...new Set(semanticCalls.map(({ group }) => group))];
  return page(
    '# Semantic events',
    generatedNote,
    'Some names of [track](track.md) calls do more than land in a timeline: they add devices, delete people, end relationships, report on messages. Names are exact, capitals included. A call without what its event needs, or with a value that is not among those allowed, is not taken: strict mode answers 400 and names the field.',
    ['| Event | Needs | Also an event in the timeline |', '| --- | --- | --- |']
      .concat(
        semanticCalls.map(
          (call) =>
            `| [${call.name}](#${anchor(call.name)}) | ${call.needs} | ${effectOnlyEvents.has(call.name) ? 'no' : 'yes'} |`,
        ),
      )
      .join('\n'),
    'The events of a mobile app’s life add and remove devices as well; they stand with the [events that other tools know](shared-events.md#mobile-apps).',
    ...groups.flatMap((group) => [
      `## ${group}`,
      ...semanticCalls.filter((call) => call.group === group).flatMap(semanticSection),
    ]),
  );
}

const semanticSection = (call: SemanticCall): readonly string[] => [
  `### ${call.name}`,
  call.text,
  fieldTable(call.fields),
  toExampleText('/v1/track', call.example, call.first),
];

export function sharedEventsPage(): string {
  return page(
    '# Events that other tools know',
    generatedNote,
    'Analytics, advertising and messaging tools agree on names and properties for what happens most often. Send these names, and destinations can map them without your help. To Leat they are [track](track.md) events like any other: no property is demanded, any may be added. Names that do something in Leat itself stand under [semantic events](semantic-events.md).',
    ...eventGroups.flatMap(groupSection),
  );
}

function groupSection(group: EventGroup): readonly string[] {
  const { title, text, properties, events } = group;
  return [
    `## ${title}`,
    text,
    ['| Event | Properties |', '| --- | --- |']
      .concat(
        events.map(
          (event) => `| ${event.name} | ${event.properties.map((name) => `\`${name}\``).join(', ') || 'none'} |`,
        ),
      )
      .join('\n'),
    ['| Property | Type | What it is |', '| --- | --- | --- |']
      .concat(Object.entries(properties).map(([name, [type, doc]]) => `| \`${name}\` | ${type} | ${doc} |`))
      .join('\n'),
    `### ${title}: every event as a call`,
    codeBlock(
      'sh',
      examplesOf(group)
        .map(({ body }) => toCurl({ path: '/v1/track', body }))
        .join('\n'),
    ),
    toEffectText({
      get: `people/${personOf(group)}/events?limit=100`,
      has: { items: events.toReversed().map(({ name }) => ({ type: 'track', name })) },
    }),
  ];
}

export const contextPage = (): string =>
  page(
    '# Context',
    generatedNote,
    `Every call may say where and how it happened, in \`context\`. Clients fill most of it by themselves. ${contextSchema.description ?? ''}`,
    fieldTable(contextSchema.properties ?? {}),
  );

const page = (...parts: readonly string[]): string => `${parts.join('\n\n')}\n`;

/** The anchor that GitHub and Leat give a heading. */
const anchor = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');
