// All sources: what sends events here, and how each is doing.
import { useState } from 'react';
import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { AddSource } from './add-source.tsx';
import { isSpelling, oddEventsQuery } from './odd-events-query.ts';
import { formatCount, rejectedShare, sourceHealth } from './source-health.ts';
import { kindInfo } from './source-kinds.ts';
import { sourcesQuery, unrecognisedKeysQuery } from './source-queries.ts';
import type { Source } from './source-queries.ts';

export default function SourcesPage() {
  const sources = useQuery(sourcesQuery);
  const navigate = useNavigate();
  const mayEdit = useSession().can('edit');
  const [adding, setAdding] = useState(false);
  const add = mayEdit ? <Button onClick={() => setAdding(true)}>Add source</Button> : undefined;

  return (
    <Page title="Sources" description="What sends events here, and whether it works." actions={add}>
      <Stack gap="md">
        <UnrecognisedKeysHint />
        <OddEventsHint />
        <QueryView
          query={sources}
          empty={{
            when: ({ items }) => items.length === 0,
            title: 'No source yet',
            hint: mayEdit
              ? 'Add one for each website, app or server that sends events. It gets a key of its own.'
              : 'An editor or owner can add one.',
            action: add,
          }}
        >
          {({ items }) => (
            <DataTable
              label="Sources"
              rows={items}
              rowKey={({ id }) => id}
              onRowClick={({ id }) => void navigate({ to: '/sources/$id', params: { id } })}
              columns={columns}
            />
          )}
        </QueryView>
      </Stack>
      <AddSource
        opened={adding}
        onClose={() => setAdding(false)}
        onAdded={({ id }) => void navigate({ to: '/sources/$id', params: { id }, search: { tab: 'connect' } })}
      />
    </Page>
  );
}

const columns = [
  {
    key: 'name',
    header: 'Name',
    cell: ({ id, name }: Source) => (
      <Anchor component={Link} to={`/sources/${id}`} fw={600} size="sm">
        {name}
      </Anchor>
    ),
  },
  {
    key: 'health',
    header: 'Health',
    cell: (source: Source) => {
      const { tone, text } = sourceHealth(source, Date.now());
      return <StatusBadge tone={tone}>{text}</StatusBadge>;
    },
  },
  { key: 'kind', header: 'Kind', cell: ({ kind }: Source) => kindInfo[kind].label },
  {
    key: 'last',
    header: 'Last call',
    cell: ({ activity: { lastAcceptedAt } }: Source) =>
      lastAcceptedAt === null ? (
        <Text size="sm" c="dimmed" span>
          never
        </Text>
      ) : (
        <TimeAgo at={lastAcceptedAt} />
      ),
  },
  {
    key: 'accepted',
    header: 'Taken',
    align: 'right' as const,
    cell: ({ activity }: Source) => formatCount(activity.accepted),
  },
  {
    key: 'rejected',
    header: 'Not taken',
    align: 'right' as const,
    cell: (source: Source) => (
      <Group gap={6} wrap="nowrap" justify="flex-end">
        {formatCount(source.activity.rejected)}
        {source.activity.rejected > 0 && (
          <Text size="sm" c="dimmed">
            {rejectedShare(source)}
          </Text>
        )}
      </Group>
    ),
  },
];

/** The yellow of a title is too pale to read. */
const plainTitle = { title: { color: 'var(--mantine-color-text)' } };

/** Of events that are taken all the same. */
function OddEventsHint() {
  const found = (useQuery(oddEventsQuery).data?.items ?? []).filter((one) => !isSpelling(one));
  if (found.length === 0) return null;
  return (
    <Text size="sm">
      Some events of late differ from what tools that know them expect.{' '}
      <Anchor component={Link} to="/sources/odd-events" inherit underline="always">
        See which events these are
      </Anchor>
    </Text>
  );
}

/** Calls that reach no source are easily overlooked, so the list of sources says that there are some. */
function UnrecognisedKeysHint() {
  const found = useQuery(unrecognisedKeysQuery).data?.items ?? [];
  if (found.length === 0) return null;
  const calls = found.reduce((sum, { count }) => sum + count, 0);
  return (
    <Alert color="yellow" title="Calls came with keys that nothing here knows" styles={plainTitle}>
      {formatCount(calls)} {calls === 1 ? 'call' : 'calls'} with {found.length}{' '}
      {found.length === 1 ? 'unrecognised key' : 'unrecognised keys'} reached no source.{' '}
      <Anchor component={Link} to="/sources/unrecognised-keys" inherit underline="always">
        See which, and from where
      </Anchor>
    </Alert>
  );
}
