// What needs attention, or that nothing does; the latter only once everything has been looked at.
import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { isUnreachable } from '../../api/client.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LinkWithSearch } from '../../components/link-with-search.tsx';
import { useRetry } from '../../components/use-retry.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Concern } from './attention.ts';

export interface AttentionListProps {
  readonly found: readonly Concern[];
  /** What was asked to find it. */
  readonly looks: readonly Pick<UseQueryResult, 'data' | 'error'>[];
}

export const AttentionList = ({ found, looks }: AttentionListProps) => (
  <Paper withBorder p="md" component="section" aria-label="Needs attention">
    <Stack gap="xs">
      <Title order={2} size="h5">
        Needs attention
      </Title>
      {found.map(({ tone, text, to, search }) => (
        <Group key={text} gap="xs" wrap="nowrap" align="flex-start">
          <StatusBadge tone={tone}>{tone === 'bad' ? 'Problem' : 'Notice'}</StatusBadge>
          <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
            {text}{' '}
            <Anchor component={LinkWithSearch} to={to} query={search ?? {}} inherit>
              See more
            </Anchor>
          </Text>
        </Group>
      ))}
      <Rest isEmpty={found.length === 0} looks={looks} />
    </Stack>
  </Paper>
);

function Rest({ isEmpty, looks }: Pick<AttentionListProps, 'looks'> & { readonly isEmpty: boolean }) {
  const retry = useRetry();
  const failed = looks.find(({ error }) => error !== null && !isUnreachable(error));
  if (failed) return <ErrorNotice error={failed.error} onRetry={retry} />;
  if (!isEmpty) return null;
  // That the server does not answer is said above, once.
  const lost = looks.some(({ error }) => error !== null);
  if (lost || looks.some(({ data }) => data === undefined))
    return (
      <Text size="sm" c="dimmed">
        {lost ? 'Known again once the server answers.' : 'Looking …'}
      </Text>
    );
  return (
    <Group gap="xs">
      <StatusBadge tone="good">All well</StatusBadge>
      <Text size="sm" c="dimmed">
        Calls are stored, destinations take their events, the ledger balances.
      </Text>
    </Group>
  );
}
