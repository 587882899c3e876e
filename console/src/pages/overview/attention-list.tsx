// What needs attention, or that nothing does.
import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { LinkWithSearch } from '../../components/link-with-search.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Concern } from './attention.ts';

export const AttentionList = ({ found }: { readonly found: readonly Concern[] }) => (
  <Paper withBorder p="md" component="section" aria-label="Needs attention">
    <Stack gap="xs">
      <Title order={2} size="h5">
        Needs attention
      </Title>
      {found.length === 0 ? (
        <Group gap="xs">
          <StatusBadge tone="good">All well</StatusBadge>
          <Text size="sm" c="dimmed">
            Calls are stored, destinations take their events, the ledger balances.
          </Text>
        </Group>
      ) : (
        found.map(({ tone, text, to, search }) => (
          <Group key={text} gap="xs" wrap="nowrap" align="flex-start">
            <StatusBadge tone={tone}>{tone === 'bad' ? 'Problem' : 'Notice'}</StatusBadge>
            <Text size="sm" miw={0} style={{ overflowWrap: 'anywhere' }}>
              {text}{' '}
              <Anchor component={LinkWithSearch} to={to} query={search ?? {}} inherit>
                See more
              </Anchor>
            </Text>
          </Group>
        ))
      )}
    </Stack>
  </Paper>
);
