// The tries of an event at a destination, with what the destination answered.
import { Group, Paper, Stack, Text } from '@mantine/core';
import { CodeBlock } from '../../components/code-block.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import type { Attempt, ExplainedAction } from './explanation.ts';
import { Unfold } from './unfold.tsx';

interface AttemptListProps {
  readonly attempts: readonly Attempt[];
  readonly actions: readonly ExplainedAction[];
}

const tones = { delivered: 'good', retry: 'warn', failed: 'bad' } as const;
const words = { delivered: 'delivered', retry: 'to be retried', failed: 'failed' } as const;

export function AttemptList({ attempts, actions }: AttemptListProps) {
  const nameOf = (id: string): string => actions.find((action) => action.id === id)?.name ?? id;
  return (
    <Stack component="ol" gap="xs" p={0} m={0} aria-label="Attempts" style={{ listStyle: 'none' }}>
      {attempts.map((attempt) => (
        <Paper key={`${attempt.action} ${attempt.attempt} ${attempt.at}`} component="li" withBorder p="sm" miw={0}>
          <Try attempt={attempt} action={nameOf(attempt.action)} />
        </Paper>
      ))}
    </Stack>
  );
}

interface TryProps {
  readonly attempt: Attempt;
  readonly action: string;
}

function Try({ attempt, action }: TryProps) {
  const { status, error, request, response } = attempt;
  const answer = error ?? (status === null ? 'taken' : `answered ${status}`);
  return (
    <Stack gap={6}>
      <Group gap="xs" justify="space-between">
        <Group gap="xs">
          <Text size="sm" fw={500}>
            Try {attempt.attempt}
          </Text>
          <StatusBadge tone={tones[attempt.outcome]}>{words[attempt.outcome]}</StatusBadge>
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {answer}
          </Text>
        </Group>
        <Text size="sm" c="dimmed">
          {action}, {Math.round(attempt.durationMs)} ms, <TimeAgo at={attempt.at} />
        </Text>
      </Group>
      {(request !== null || response !== null) && (
        <Unfold label="Request and answer">
          <Stack gap="xs">
            {request !== null && <CodeBlock wrap label="Request" code={request} />}
            {response !== null && <CodeBlock wrap label="Answer" code={response} />}
          </Stack>
        </Unfold>
      )}
    </Stack>
  );
}
