// One destination: how it is doing, what it sends and why, what went wrong and how to mend it.
import { Anchor, Group, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { DataOut } from './data-out.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { DestinationActions } from './destination-actions.tsx';
import { DestinationOverview } from './destination-overview.tsx';
import { destinationQuery, kindQuery, workspaceId } from './destination-queries.ts';
import type { Destination } from './destination-queries.ts';
import { DestinationSettings } from './destination-settings.tsx';
import { destinationTabs, parseDestinationSearch } from './destination-tabs.ts';
import type { DestinationTab } from './destination-tabs.ts';
import { HealthBadge } from './health-badge.tsx';
import { PowerSwitch } from './power-switch.tsx';
import { Replays } from './replays.tsx';

const labels: Readonly<Record<DestinationTab, string>> = {
  overview: 'Overview',
  actions: 'Actions',
  'data-out': 'Data out',
  'dead-letters': 'Dead letters',
  replays: 'Replay',
  settings: 'Settings',
};

export default function DestinationPage() {
  const { id = '' }: { readonly id?: string } = useParams({ strict: false });
  const destination = useQuery(destinationQuery(id));
  const loaded = destination.data;
  return (
    <Page
      title={loaded?.name ?? 'Destination'}
      description={
        <Anchor component={Link} to="/destinations" size="sm">
          All destinations
        </Anchor>
      }
      actions={loaded && <Condition destination={loaded} />}
    >
      <QueryView query={destination}>{(data) => <DestinationView destination={data} />}</QueryView>
    </Page>
  );
}

function Condition({ destination }: { readonly destination: Destination }) {
  return (
    <Group gap="md">
      <HealthBadge destination={destination} />
      <PowerSwitch destination={destination} />
    </Group>
  );
}

function DestinationView({ destination }: { readonly destination: Destination }) {
  const { tab = 'overview', action } = parseDestinationSearch(useSearch({ strict: false }));
  const navigate = useNavigate();
  const kind = useQuery(kindQuery(destination.kind));
  const { id, state } = destination;
  const shown = destinationTabs.filter(
    (one) => id !== workspaceId || one === 'overview' || one === 'actions' || one === 'settings',
  );
  const go = (search: { readonly tab: DestinationTab; readonly action?: string }): void =>
    void navigate({ to: '/destinations/$id', params: { id }, search });
  return (
    <Tabs
      value={tab}
      onChange={(next) => go({ tab: destinationTabs.find((one) => one === next) ?? 'overview' })}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        {shown.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {labels[one]}
            {one === 'dead-letters' && state && state.deadLetters > 0 && ` (${state.deadLetters})`}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview">
        <DestinationOverview destination={destination} />
      </Tabs.Panel>
      <Tabs.Panel value="actions">
        <QueryView query={kind}>
          {(loaded) => (
            <DestinationActions
              destination={destination}
              kind={loaded}
              editing={action ?? null}
              onEdit={(next) => go({ tab: 'actions', ...(next !== null && { action: next }) })}
            />
          )}
        </QueryView>
      </Tabs.Panel>
      <Tabs.Panel value="data-out">
        <DataOut destination={destination} />
      </Tabs.Panel>
      <Tabs.Panel value="dead-letters">
        <DeadLetters destination={destination} />
      </Tabs.Panel>
      <Tabs.Panel value="replays">
        <Replays destination={destination} />
      </Tabs.Panel>
      <Tabs.Panel value="settings">
        <QueryView query={kind}>
          {(loaded) => <DestinationSettings destination={destination} kind={loaded} />}
        </QueryView>
      </Tabs.Panel>
    </Tabs>
  );
}
