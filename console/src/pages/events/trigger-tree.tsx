// A trigger clause by clause: each condition with its verdict and the value it found in the event.
import { Code, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { TriggerNode } from './explanation.ts';

const groupWords = { and: 'All of', or: 'Any of', not: 'Not' } as const;

export function TriggerTree({ node }: { readonly node: TriggerNode }) {
  if (node.kind === 'clause')
    return (
      <Stack gap={2}>
        <Group gap={6} wrap="nowrap" align="flex-start">
          <Mark matched={node.matched} />
          <Text size="sm" style={{ wordBreak: 'break-word' }}>
            <Code>{node.text}</Code>{' '}
            <Text span size="sm" c="dimmed">
              {node.found === undefined ? 'the event has no such value' : `found ${JSON.stringify(node.found)}`}
            </Text>
          </Text>
        </Group>
        {node.note !== undefined && (
          <Text size="sm" c="dimmed" pl={22}>
            {node.note}
          </Text>
        )}
      </Stack>
    );
  return (
    <Stack gap={4}>
      <Group gap={6} wrap="nowrap">
        <Mark matched={node.matched} />
        <Text size="sm">{groupWords[node.kind]}</Text>
      </Group>
      <Stack gap={4} pl="md" ml={6} style={{ borderLeft: '1px solid var(--mantine-color-default-border)' }}>
        {node.clauses?.map((clause) => (
          <TriggerTree key={clause.text} node={clause} />
        ))}
      </Stack>
    </Stack>
  );
}

const Mark = ({ matched }: { readonly matched: boolean }) =>
  matched ? (
    <IconCheck
      size={16}
      color="var(--mantine-color-teal-text)"
      aria-label="holds"
      role="img"
      style={{ flex: 'none' }}
    />
  ) : (
    <IconX
      size={16}
      color="var(--mantine-color-red-text)"
      aria-label="does not hold"
      role="img"
      style={{ flex: 'none' }}
    />
  );
