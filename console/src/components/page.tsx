// The frame of every page: its heading, what it is for, its actions, its content.
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Box, Group, Stack, Text, Title } from '@mantine/core';

export interface PageProps {
  readonly title: string;
  readonly description?: ReactNode;
  /** Buttons for what can be done here. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function Page({ title, description, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Leat`;
  }, [title]);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Box flex="1 1 16rem" miw={0}>
          <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
            {title}
          </Title>
          {description !== undefined && (
            <Text component="div" c="dimmed" size="sm" mt={4}>
              {description}
            </Text>
          )}
        </Box>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
