// Tries of one event, each with what was asked and answered.
import { Fragment } from 'react';
import { Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CodeBlock } from '../../components/code-block.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';

export const outcomes = {
  delivered: { tone: 'good', text: 'Delivered' },
  retry: { tone: 'warn', text: 'Tried again later' },
  failed: { tone: 'bad', text: 'Failed' },
} as const;

interface Try {
  readonly attempt: number;
  readonly at: string;
  readonly outcome: keyof typeof outcomes;
  readonly status: number | null;
  readonly error: string | null;
  readonly request: string | null;
  readonly response: string | null;
}

export const Tries = ({ tries }: { readonly tries: readonly Try[] }) => (
  <Stack gap="sm">
    {tries.map(({ attempt, at, outcome, status, error, request, response }) => (
      <Fragment key={`${attempt} ${at}`}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            Try {attempt}
          </Text>
          <StatusBadge tone={outcomes[outcome].tone}>{outcomes[outcome].text}</StatusBadge>
          <Text size="sm" c="dimmed">
            {status === null ? '' : `answered ${status}, `}
            <TimeAgo at={at} />
          </Text>
        </Group>
        {error !== null && <Text size="sm">{error}</Text>}
        {request !== null && <CodeBlock wrap label={`Request of try ${attempt}`} code={request} />}
        {response !== null && (
          <CodeBlock wrap label={`Answer to try ${attempt}`} code={response === '' ? '(empty)' : response} />
        )}
      </Fragment>
    ))}
  </Stack>
);

export const EventLink = ({ messageId }: { readonly messageId: string }) => (
  <Anchor component={Link} to={`/events/${encodeURIComponent(messageId)}`} size="sm">
    Explain this event
  </Anchor>
);
