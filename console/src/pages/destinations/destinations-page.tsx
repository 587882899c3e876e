// All destinations: where events go, and how each is doing.
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { formatCount } from './destination-health.ts';
import { catalogueQuery, destinationsQuery, statusQuery, waitingFor, workspaceId } from './destination-queries.ts';
import type { Destination } from './destination-queries.ts';
import { HealthBadge } from './health-badge.tsx';
import { KindLogo } from './kind-logo.tsx';

export default function DestinationsPage() {
  const destinations = useQuery(destinationsQuery);
  const kinds = useQuery(catalogueQuery).data?.items ?? [];
  const status = useQuery(statusQuery).data;
  const navigate = useNavigate();
  const mayEdit = useSession().can('edit');
  const add = mayEdit ? (
    <Button component={Link} to="/destinations/new">
      Add destination
    </Button>
  ) : undefined;
  const nameOf = (slug: string): string => kinds.find((kind) => kind.slug === slug)?.name ?? slug;
  const waiting = (id: string): string => {
    const known = status?.destinations.some((entry) => entry.id === id) ?? false;
    return known ? formatCount(waitingFor(status, id)) : '–';
  };
  const columns = [
    {
      key: 'name',
      header: 'Name',
      cell: ({ id, name }: Destination) => (
        <Group gap="sm" wrap="nowrap">
          <KindLogo name={name} size="sm" />
          <Anchor component={Link} to={`/destinations/${id}`} fw={600}>
            {name}
          </Anchor>
        </Group>
      ),
    },
    {
      key: 'health',
      header: 'Health',
      cell: (destination: Destination) => <HealthBadge destination={destination} />,
    },
    {
      key: 'kind',
      header: 'Kind',
      cell: ({ kind }: Destination) => nameOf(kind),
    },
    {
      key: 'actions',
      header: 'Actions on',
      cell: ({ actions }: Destination) => `${actions.filter(({ enabled }) => enabled).length} of ${actions.length}`,
    },
    { key: 'waiting', header: 'Waiting', cell: ({ id }: Destination) => waiting(id) },
    {
      key: 'success',
      header: 'Last delivery',
      cell: ({ id, state }: Destination) =>
        id === workspaceId ? (
          <Text size="sm" c="dimmed">
            inside Leat
          </Text>
        ) : state?.lastSuccessAt ? (
          <TimeAgo at={state.lastSuccessAt} />
        ) : (
          <Text size="sm" c="dimmed">
            none yet
          </Text>
        ),
    },
  ];
  return (
    <Page
      title="Destinations"
      description="Where events go. A slow or broken one never holds up the others."
      actions={add}
    >
      <QueryView query={destinations}>
        {({ items }) => (
          <DataTable
            label="Destinations"
            rows={[...items].sort((a, b) => Number(a.id === workspaceId) - Number(b.id === workspaceId))}
            rowKey={({ id }) => id}
            onRowClick={({ id }) => void navigate({ to: '/destinations/$id', params: { id } })}
            columns={columns}
          />
        )}
      </QueryView>
    </Page>
  );
}
