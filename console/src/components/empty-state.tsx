// What a list says while nothing is in it: why, and what to do about it.
import type { ReactNode } from 'react';
import { Paper, Stack, Text, Title } from '@mantine/core';

export interface EmptyStateProps {
  readonly title: string;
  readonly hint: string;
  readonly action?: ReactNode;
}

export const EmptyState = ({ title, hint, action }: EmptyStateProps) => (
  <Paper withBorder p="xl">
    <Stack align="center" gap="xs" ta="center">
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text c="dimmed" size="sm" maw="34rem">
        {hint}
      </Text>
      {action}
    </Stack>
  </Paper>
);
