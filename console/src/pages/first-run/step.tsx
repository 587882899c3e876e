// One step of the guided path: its number, whether it is done, and what to do.
import type { ReactNode } from 'react';
import { Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';

export interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly hint: ReactNode;
  readonly done: boolean;
  readonly children?: ReactNode;
}

export const Step = ({ number, title, hint, done, children }: StepProps) => (
  <Paper withBorder p="md" component="li" aria-label={`Step ${number}: ${title}${done ? ', done' : ''}`}>
    <Group align="flex-start" gap="md" wrap="nowrap">
      <ThemeIcon radius="xl" size={30} variant={done ? 'filled' : 'default'} color="teal.9" aria-hidden>
        {done ? <IconCheck size={18} /> : number}
      </ThemeIcon>
      <Stack gap="sm" flex={1} miw={0}>
        <div>
          <Title order={2} size="h4">
            {title}
          </Title>
          <Text component="div" size="sm" c="dimmed">
            {hint}
          </Text>
        </div>
        {children}
      </Stack>
    </Group>
  </Paper>
);
