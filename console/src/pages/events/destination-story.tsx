// One destination's chapter: configuration, trigger clause by clause, requests, attempts with answers, present state.
import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CodeBlock } from '../../components/code-block.tsx';
import { AttemptList } from './attempt-list.tsx';
import { ExplainedActions } from './explained-actions.tsx';
import type { ExplainedDestination, Sends } from './explanation.ts';
import { Remarks, StoryStep } from './story-step.tsx';
import { Unfold } from './unfold.tsx';
import { verdictOf } from './verdict.ts';

type Replay = ExplainedDestination['replays'][number];
type HeldUp = NonNullable<ExplainedDestination['heldUp']>;

export function DestinationStory({ destination }: { readonly destination: ExplainedDestination }) {
  const { id, name, kind, route, routedWith, codeVersion, differsToday, sends, attempts, replays } = destination;
  const { edited, heldUp } = destination;
  const verdict = verdictOf(destination);
  const remarks = [
    ...(codeVersion === null ? [] : [`It was routed by Leat ${codeVersion}; this is worked out with today’s code.`]),
    ...differsToday,
    ...(edited === null
      ? []
      : [`The event was edited for this destination (${localTime(edited.at)}); what follows is of the edited one.`]),
    ...(heldUp === null ? [] : [heldUpSentence(heldUp)]),
  ];
  return (
    <StoryStep
      title={
        <Anchor inherit renderRoot={(props) => <Link {...props} to="/destinations/$id" params={{ id }} />}>
          {name}
        </Anchor>
      }
      verdict={verdict}
      sentence={verdict.sentence}
    >
      <Text size="sm" c="dimmed">
        {kind}, configuration {route.destinationVersion},{' '}
        {routedWith === 'recorded' ? 'as it was when the event was routed' : 'as it is now'}.
      </Text>
      <Remarks remarks={remarks} />
      {attempts.length > 0 && <AttemptList attempts={attempts} actions={route.actions} />}
      <Unfold label={`Its actions, trigger by trigger (${route.actions.length})`}>
        <ExplainedActions actions={route.actions} />
      </Unfold>
      {sends && (
        <Unfold label="The request, worked out anew with present settings">
          <Requests sends={sends} />
        </Unfold>
      )}
      {replays.length > 0 && <Remarks remarks={replays.map(replaySentence)} />}
    </StoryStep>
  );
}

const replayed: Readonly<Record<Replay['outcome'], string>> = {
  waiting: 'is still to come to it',
  'not reached': 'ended before it came to it',
  refused: 'sent it, and it was refused',
  sent: 'sent it',
  'left out': 'left it out: nothing took it',
  'sent or left out': 'came to it, and sent it if an action took it',
};

const replaySentence = ({ id, outcome, reason }: Replay): string =>
  `Replay ${id} ${replayed[outcome]}${reason === null ? '.' : `: ${reason}`}`;

const localTime = (iso: string): string => new Date(iso).toLocaleString();

function heldUpSentence({ by, reason, until }: HeldUp): string {
  if (by === 'switched off') return 'It waits: the destination is switched off.';
  const why = reason === null ? '' : `: ${reason}`;
  return `It waits: the destination is paused${why}${until === null ? '' : ` Tried again at ${localTime(until)}.`}`;
}

function Requests({ sends }: { readonly sends: Sends }) {
  if (sends.problem !== null) return <Text size="sm">{sends.problem}</Text>;
  return (
    <Stack gap="sm">
      {sends.actions.map((action) => (
        <Stack key={action.id} gap="xs">
          <Text size="sm" fw={500}>
            {action.name}
          </Text>
          {action.problem !== null && <Text size="sm">{action.problem}</Text>}
          {action.requests.map((request) => (
            <CodeBlock
              key={`${request.url} ${request.body}`}
              label={`${request.method} ${request.url}`}
              code={showRequest(request)}
            />
          ))}
        </Stack>
      ))}
    </Stack>
  );
}

type Request = Sends['actions'][number]['requests'][number];

function showRequest({ method, url, headers, body }: Request): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${url}`, ...lines, '', indented(body)].join('\n');
}

/** JSON is easier to read in lines; anything else stays as it is. */
function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch (error) {
    if (error instanceof SyntaxError) return body;
    throw error;
  }
}
