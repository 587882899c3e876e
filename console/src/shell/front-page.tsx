// The frame of the few pages shown before somebody has signed in.
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { Container, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Logo } from './logo.tsx';

export interface FrontPageProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly children?: ReactNode;
}

export function FrontPage({ title, hint, children }: FrontPageProps) {
  useEffect(() => {
    document.title = `${title} · Leat`;
  }, [title]);
  return (
    <Container component="main" size={460} py={{ base: 'md', xs: 64 }}>
      <Stack>
        <Group gap="xs">
          <Logo />
          <Text fw={700}>Leat</Text>
        </Group>
        <Paper withBorder p="lg">
          <Stack>
            <Title order={1} size="h3">
              {title}
            </Title>
            {hint !== undefined && (
              <Text component="div" size="sm" c="dimmed">
                {hint}
              </Text>
            )}
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Container>
  );
}
