// One figure about a destination, with what it means.
import type { ReactNode } from 'react';
import { Paper, Text } from '@mantine/core';

interface FactProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}

export const Fact = ({ label, value, note }: FactProps) => (
  <Paper withBorder p="sm">
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
      {value}
    </Text>
    {note !== undefined && (
      <Text size="xs" c="dimmed" lineClamp={3}>
        {note}
      </Text>
    )}
  </Paper>
);
