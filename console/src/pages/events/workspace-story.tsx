// What the workspace did with an event: whom it decided on, what changed, and what it left out and why.
import { Badge, Group, Text } from '@mantine/core';
import { ExplainedActions } from './explained-actions.tsx';
import type { Explanation } from './explanation.ts';
import { PersonLink } from './person-link.tsx';
import { Remarks, StoryStep } from './story-step.tsx';
import type { StepVerdict } from './story-step.tsx';
import { Unfold } from './unfold.tsx';
import { whyFiltered } from './verdict.ts';

type Workspace = Explanation['workspace'];

export function WorkspaceStory({ explanation: { workspace } }: { readonly explanation: Explanation }) {
  const { person, changes, notes, route, differsToday } = workspace;
  return (
    <StoryStep title="Workspace" verdict={workspaceVerdict(workspace)} sentence={<Sentence workspace={workspace} />}>
      {person !== null && (
        <Text size="sm">
          Identity: it went to <PersonLink cioId={person} />.
        </Text>
      )}
      {changes.length > 0 && (
        <Group gap={6}>
          <Text size="sm">Changed:</Text>
          {changes.map((change) => (
            <Badge key={change} variant="light" color="teal" radius="sm" tt="none">
              {change}
            </Badge>
          ))}
        </Group>
      )}
      {notes.length > 0 && (
        <>
          <Text size="sm">Left out, and why:</Text>
          <Remarks remarks={notes} />
        </>
      )}
      <Remarks remarks={differsToday} />
      {route && (
        <Unfold label="Its actions, trigger by trigger">
          <ExplainedActions actions={route.actions} />
        </Unfold>
      )}
    </StoryStep>
  );
}

export function workspaceVerdict({ state, outcome }: Workspace): StepVerdict {
  if (state === 'waiting') return { tone: 'idle', label: 'Waiting' };
  switch (outcome) {
    case 'delivered':
      return { tone: 'good', label: 'Applied' };
    case 'filtered':
      return { tone: 'idle', label: 'Filtered' };
    case 'discarded':
      return { tone: 'bad', label: 'Discarded' };
    case null:
      return { tone: 'idle', label: 'Passed' };
    default:
      return outcome satisfies never;
  }
}

const discardReasons: Readonly<Record<string, string>> = {
  suppressed: 'the person is suppressed',
  invalid: 'its actions made nothing usable of it',
  retention: 'retention removed it before it was applied',
};

function Sentence({ workspace: { state, outcome, reason, route } }: { readonly workspace: Workspace }) {
  if (state === 'waiting') return 'The workspace has not come to this event yet.';
  if (outcome === 'delivered') return 'The workspace took it.';
  if (outcome === 'filtered') return route ? whyFiltered(route) : 'No action of the workspace wanted it.';
  if (outcome === 'discarded') return `Discarded: ${discardReasons[reason ?? ''] ?? reason ?? 'no reason on record'}.`;
  return 'What it did is no longer on record.';
}
