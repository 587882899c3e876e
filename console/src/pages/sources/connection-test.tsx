// The connection test: waits live for a call, says what it found and what to do; or sends one itself.
import { Alert, Anchor, Button, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { sendTestCall } from './send-test-call.ts';
import { sourceTestQuery } from './source-queries.ts';
import type { Source, SourceTest } from './source-queries.ts';

const states = {
  receiving: { tone: 'good', text: 'Receiving' },
  rejecting: { tone: 'bad', text: 'Rejecting' },
  silent: { tone: 'idle', text: 'Waiting for a call' },
} as const;

export function ConnectionTest({ source }: { readonly source: Source }) {
  const test = useQuery(sourceTestQuery(source.id));
  const client = useQueryClient();
  const mayEdit = useSession().can('edit');
  const publicKey = source.keys.find((key) => key.class === 'public' && key.shown && key.revokedAt === null);
  const send = useMutation({
    mutationFn: (key: string) => sendTestCall(key),
    onSettled: () => client.invalidateQueries({ queryKey: ['sources', source.id] }),
  });

  return (
    <Paper withBorder p="md" radius="md" component="section" aria-label="Connection test">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2} size="h4">
            Connection test
          </Title>
          {mayEdit && publicKey && source.enabled && (
            <Button variant="default" size="xs" loading={send.isPending} onClick={() => send.mutate(publicKey.key)}>
              Send a test call from here
            </Button>
          )}
        </Group>
        {send.error && <ErrorNotice error={send.error} />}
        <QueryView query={test}>{(found) => <Diagnosis test={found} />}</QueryView>
        <Text size="xs" c="dimmed">
          Looked at again every two seconds. Many clients send in batches, after some seconds or when flushed.
        </Text>
      </Stack>
    </Paper>
  );
}

function Diagnosis({ test }: { readonly test: SourceTest }) {
  const { tone, text } = states[test.state];
  // That nothing came yet is no fault of a source that was just added.
  const onlySilent = test.problems.every(({ code }) => code === 'nothing_seen');
  return (
    <Stack gap="sm" aria-live="polite">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <StatusBadge tone={tone}>{text}</StatusBadge>
        <Text size="sm">{test.message}</Text>
      </Group>
      {test.lastAcceptedAt !== null && (
        <Text size="sm" c="dimmed">
          Last call taken <TimeAgo at={test.lastAcceptedAt} />
          {test.lastMessageId !== null && (
            <>
              {': '}
              <Anchor component={Link} to={`/events/${encodeURIComponent(test.lastMessageId)}`} size="sm">
                where it went
              </Anchor>
            </>
          )}
        </Text>
      )}
      {test.problems.length > 0 && (
        <Alert
          color={onlySilent ? 'gray' : test.ok ? 'yellow' : 'red'}
          title={onlySilent ? 'When you have sent one and it does not show' : 'What was found'}
          styles={{ title: { color: 'var(--mantine-color-text)' } }}
        >
          <List size="sm" spacing="xs">
            {test.problems.map(({ code, message, remedy }) => (
              <List.Item key={`${code} ${message}`}>
                {message} {remedy !== message && <strong>{remedy}</strong>}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
    </Stack>
  );
}
