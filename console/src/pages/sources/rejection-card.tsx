// One call that was not taken: why, which field, what to do, and the call as it came.
import { useState } from 'react';
import { Badge, Button, Code, Collapse, Group, Paper, Stack, Text } from '@mantine/core';
import { CodeBlock } from '../../components/code-block.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { answeredInWords } from './answered-in-words.ts';
import { reasonRemedy } from './reason-remedies.ts';
import { indentSample } from './indent-sample.ts';
import type { Rejection } from './source-queries.ts';

export function RejectionCard({ rejection }: { readonly rejection: Rejection }) {
  const [open, setOpen] = useState(false);
  const { sourceId, reason, message, field, route, at, client, ip, size, sample, messageId, keyPrefix } = rejection;
  const remedy = reasonRemedy(reason);
  return (
    <Paper withBorder p="sm" radius="md" component="article" aria-label={`Rejected call: ${message}`}>
      <Stack gap={6}>
        <Group gap="xs">
          <Badge color="red" variant="light" tt="none">
            {reason.replaceAll('_', ' ')}
          </Badge>
          {field !== null && (
            <Text size="sm">
              at <Code>{field}</Code>
            </Text>
          )}
          <Text size="xs" c="dimmed" ml="auto" component="div">
            <TimeAgo at={at} />
          </Text>
        </Group>
        <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
          {message}
        </Text>
        {remedy !== null && (
          <Text size="sm" c="dimmed">
            {remedy}
          </Text>
        )}
        <Group gap="xs" justify="space-between">
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {[route, client || 'unnamed client', ip].join(' · ')}
            {` · ${answeredInWords(rejection)}`}
          </Text>
          <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => setOpen((now) => !now)}>
            {open ? 'Hide the call' : 'Show the call'}
          </Button>
        </Group>
        <Collapse expanded={open}>
          {open && (
            <Stack gap={6}>
              {sample === '' ? (
                <Text size="sm" c="dimmed">
                  {sourceId === null
                    ? 'Nothing of it is kept: with this key it is nobody’s.'
                    : 'Nothing of it is kept.'}
                </Text>
              ) : (
                <CodeBlock label="The call as it came, keys blanked" language="json" code={indentSample(sample)} />
              )}
              <Text size="xs" c="dimmed">
                {size.toLocaleString('en')} bytes{size > sample.length ? '; the start is kept' : ''}
                {messageId !== null && `; messageId ${messageId}`}
                {keyPrefix !== null && keyPrefix !== '' && `; key ${keyPrefix}`}
              </Text>
            </Stack>
          )}
        </Collapse>
      </Stack>
    </Paper>
  );
}
