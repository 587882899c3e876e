// Sessions that are open: where from, since when, and ending them.
import { Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { clientName } from './client-name.ts';
import { sessionsQuery, useEndOtherSessions, useEndSession } from './settings-queries.ts';
import type { OpenSession } from './settings-queries.ts';

export function OpenSessions() {
  const sessions = useQuery(sessionsQuery);
  const session = useSession();
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const others = sessions.data?.items.some(({ userId, current }) => userId === session.user.id && !current) ?? false;

  const columns = [
    ...(session.can('own') ? [{ key: 'user', header: 'User', cell: ({ email }: OpenSession) => email }] : []),
    {
      key: 'client',
      header: 'Browser',
      cell: ({ client, current }: OpenSession) => (
        <Group gap="xs" justify="flex-start">
          <Text size="sm" title={client}>
            {clientName(client)}
          </Text>
          {current && <StatusBadge tone="good">This one</StatusBadge>}
        </Group>
      ),
    },
    { key: 'address', header: 'From', cell: ({ address }: OpenSession) => address },
    { key: 'created', header: 'Signed in', cell: ({ createdAt }: OpenSession) => <TimeAgo at={createdAt} /> },
    { key: 'seen', header: 'Last seen', cell: ({ lastSeenAt }: OpenSession) => <TimeAgo at={lastSeenAt} /> },
    {
      key: 'end',
      header: 'Actions',
      align: 'right' as const,
      cell: ({ id, current, email, client }: OpenSession) =>
        current ? (
          <Text size="xs" c="dimmed">
            Sign out ends it
          </Text>
        ) : (
          <ConfirmButton
            size="compact-sm"
            title="End this session?"
            message={`${email} is signed out of ${clientName(client)} at once.`}
            confirmLabel="End session"
            aria-label={`End the session of ${email} in ${clientName(client)}`}
            onConfirm={() => end.mutateAsync(id)}
          >
            End
          </ConfirmButton>
        ),
    },
  ];
  return (
    <Stack gap="sm" component="section" aria-label="Sessions">
      <Group justify="space-between">
        <Title order={2} size="h4">
          Sessions
        </Title>
        {others && (
          <ConfirmButton
            size="xs"
            title="End your other sessions?"
            message="You stay signed in here and are signed out everywhere else."
            confirmLabel="End them"
            onConfirm={() => endOthers.mutateAsync(undefined)}
          >
            End my other sessions
          </ConfirmButton>
        )}
      </Group>
      <QueryView query={sessions}>
        {({ items }) => <DataTable label="Sessions" columns={columns} rows={items} rowKey={({ id }) => id} />}
      </QueryView>
    </Stack>
  );
}
