// Code to read and copy. Long lines scroll inside the block, or are wrapped, never the page.
import { Box, Group, ScrollArea, Text } from '@mantine/core';
import { CopyButton } from './copy-button.tsx';

export interface CodeBlockProps {
  readonly code: string;
  /** Shown above, such as `bash`. */
  readonly language?: string;
  /** Says what it is when a page has several. */
  readonly label?: string;
  /** For what is read rather than typed, such as bodies of one line. @default false */
  readonly wrap?: boolean;
}

export function CodeBlock({ code, language, label, wrap = false }: CodeBlockProps) {
  const name = label ?? language ?? 'Code';
  return (
    <Box bd="1px solid var(--mantine-color-default-border)" bdrs="sm" style={{ overflow: 'hidden' }}>
      <Group justify="space-between" px="sm" py={4} bg="var(--mantine-color-default-hover)">
        <Text size="xs" c="var(--mantine-color-text)">
          {name}
        </Text>
        <CopyButton text={code} label={`Copy ${name}`} />
      </Group>
      <ScrollArea.Autosize mah={420} type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': name }}>
        <Box
          component="pre"
          m={0}
          p="sm"
          fz="sm"
          ff="monospace"
          {...(wrap && { style: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } })}
        >
          {code}
        </Box>
      </ScrollArea.Autosize>
    </Box>
  );
}
