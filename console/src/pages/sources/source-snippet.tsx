// The first call of one source: its own client, and curl, which shows at once whether host and key are right.
import { Paper, Stack, Title } from '@mantine/core';
import { ClientSnippets } from './client-snippets.tsx';
import type { Source } from './source-queries.ts';

export const SourceSnippet = ({ source }: { readonly source: Source }) => (
  <Paper withBorder p="md" radius="md" component="section" aria-label="Send a first call">
    <Stack gap="sm">
      <Title order={2} size="h4">
        Send a first call
      </Title>
      <ClientSnippets source={source} kinds={source.kind === 'http' ? ['http'] : [source.kind, 'http']} />
    </Stack>
  </Paper>
);
