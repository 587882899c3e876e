// A secret key: its first characters, and the whole of it on request. Gone again when the page is left.
import { useState } from 'react';
import { Button, Code, Group, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { CodeBlock } from '../../components/code-block.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { revealKey } from './source-queries.ts';
import type { SourceKey } from './source-queries.ts';

interface RevealKeyProps {
  readonly sourceId: string;
  readonly hidden: SourceKey;
  readonly mayReveal: boolean;
}

export function RevealKey({ sourceId, hidden, mayReveal }: RevealKeyProps) {
  const [whole, setWhole] = useState<string | null>(null);
  const reveal = useMutation({
    mutationFn: () => revealKey(sourceId, hidden.id),
    // A mutation's result would stay in the cache; the key is kept only here, and only while shown.
    gcTime: 0,
    onSuccess: ({ key }) => setWhole(key),
  });
  if (whole !== null)
    return (
      <Stack gap={4}>
        <CodeBlock label="Key" code={whole} />
        <Group gap="xs">
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              setWhole(null);
              reveal.reset();
            }}
          >
            Hide
          </Button>
          <Text size="xs" c="dimmed">
            The audit log says that you looked.
          </Text>
        </Group>
      </Stack>
    );
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <Code>{hidden.key}</Code>
        {mayReveal ? (
          <Button size="compact-xs" variant="default" loading={reveal.isPending} onClick={() => reveal.mutate()}>
            Show key
          </Button>
        ) : (
          <Text size="xs" c="dimmed">
            Owners and editors can see all of it.
          </Text>
        )}
      </Group>
      {reveal.error && <ErrorNotice error={reveal.error} />}
    </Stack>
  );
}
