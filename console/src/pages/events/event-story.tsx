// The chapters of an accepted event: received, checked, told from repeats, applied to the workspace, sent on.
import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { DestinationStory } from './destination-story.tsx';
import { eventSubject } from './event-title.ts';
import type { Explanation, Note } from './explanation.ts';
import { StoryStep } from './story-step.tsx';
import classes from './story-step.module.css';
import { Unfold } from './unfold.tsx';
import { WorkspaceStory } from './workspace-story.tsx';

export const EventStory = ({ explanation }: { readonly explanation: Explanation }) => (
  <ol className={classes['story']}>
    <Received explanation={explanation} />
    <Validated notes={explanation.validation.notes} />
    <StoryStep
      title="De-duplication"
      verdict={{ tone: 'good', label: 'First' }}
      sentence={
        <>
          The first event of this source with this messageId; repeats are not stored.{' '}
          <RepeatsSeen repeats={explanation.deduplication.repeats} />
          {explanation.deduplication.covered ? (
            'One that came now would still be recognised.'
          ) : (
            <>
              A repeat that came now would be taken as new: ids are remembered since{' '}
              <TimeAgo at={explanation.deduplication.coveredSince} />.
            </>
          )}
        </>
      }
    />
    <WorkspaceStory explanation={explanation} />
    {explanation.destinations.map((destination) => (
      <DestinationStory key={destination.id} destination={destination} />
    ))}
    {explanation.destinations.length === 0 && (
      <StoryStep
        title="Destinations"
        verdict={{ tone: 'idle', label: 'None' }}
        sentence={
          <>
            There is no destination besides the workspace.{' '}
            <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/destinations/new" />}>
              Add one
            </Anchor>
            .
          </>
        }
      />
    )}
  </ol>
);

function Received({ explanation }: { readonly explanation: Explanation }) {
  const { event, receivedAt, sourceId, sourceName, partition, offset } = explanation;
  const subject = eventSubject(event);
  return (
    <StoryStep
      title="Received"
      verdict={{ tone: 'good', label: 'Durable' }}
      sentence={
        <>
          A {String(event['type'])} call from{' '}
          {sourceName === null ? (
            sourceId === 'leat' ? (
              'Leat itself, made by the console or the API'
            ) : (
              `a source that is gone (${sourceId})`
            )
          ) : (
            <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/sources/$id" params={{ id: sourceId }} />}>
              {sourceName}
            </Anchor>
          )}
          {subject !== null && ` about ${subject}`}, <TimeAgo at={receivedAt} />. It is in the log at {partition}/
          {offset}.
        </>
      }
    >
      <Unfold label="The event as stored">
        <JsonView value={event} />
      </Unfold>
    </StoryStep>
  );
}

function Validated({ notes }: { readonly notes: readonly Note[] }) {
  if (notes.length === 0)
    return (
      <StoryStep
        title="Validation"
        verdict={{ tone: 'good', label: 'Sound' }}
        sentence="Nothing about the call was odd."
      />
    );
  return (
    <StoryStep
      title="Validation"
      verdict={{ tone: 'warn', label: `${notes.length} ${notes.length === 1 ? 'oddity' : 'oddities'}` }}
      sentence="It was taken, but something about the call was odd:"
    >
      <DataTable label="Oddities of the call" columns={columns} rows={notes} rowKey={(row) => JSON.stringify(row)} />
    </StoryStep>
  );
}

const columns = [
  { key: 'field', header: 'Field', cell: (row: Note) => row.field ?? '–' },
  { key: 'reason', header: 'Reason', cell: (row: Note) => row.reason ?? '–' },
  {
    key: 'message',
    header: 'What was done',
    cell: (row: Note) => (
      <Stack gap={0}>
        <Text size="sm">{row.message ?? '–'}</Text>
      </Stack>
    ),
  },
];

function RepeatsSeen({ repeats }: Pick<Explanation['deduplication'], 'repeats'>) {
  if (!repeats) return null;
  const { count, firstAt, lastAt, client } = repeats;
  return (
    <>
      {count.toLocaleString('en')} {count === 1 ? 'repeat' : 'repeats'} came{' '}
      {count > 1 && (
        <>
          from <TimeAgo at={firstAt} /> to{' '}
        </>
      )}
      <TimeAgo at={lastAt} />
      {client !== '' && `, by ${client}`}.{' '}
    </>
  );
}
