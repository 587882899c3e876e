// One number with what it is, and what to know about it.
import type { ReactNode } from 'react';
import { Paper, Text } from '@mantine/core';

export interface FigureCardProps {
  readonly label: string;
  readonly value: ReactNode;
  readonly hint?: ReactNode;
}

export const FigureCard = ({ label, value, hint }: FigureCardProps) => (
  <Paper withBorder p="sm" component="section" aria-label={label}>
    <Text size="xs" c="dimmed">
      {label}
    </Text>
    <Text fz={22} fw={600} lh={1.3}>
      {value}
    </Text>
    {hint !== undefined && (
      <Text component="div" size="xs" c="dimmed">
        {hint}
      </Text>
    )}
  </Paper>
);
