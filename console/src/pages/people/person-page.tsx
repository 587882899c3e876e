// One person in full: who they are, what is known of them and since when, and what they did.
import { Anchor, Group, Tabs, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { ApiError } from '../../api/client.ts';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSearchState } from '../events/search-state.ts';
import { ChangeOutcome } from './change-outcome.tsx';
import { DeleteReach } from './delete-reach.tsx';
import { personName, usePerson } from './people-api.ts';
import type { Person } from './people-api.ts';
import { PersonActions } from './person-actions.tsx';
import { PersonAttributes } from './person-attributes.tsx';
import { PersonDevices } from './person-devices.tsx';
import { PersonIdentifiers } from './person-identifiers.tsx';
import { PersonMessages } from './person-messages.tsx';
import { PersonRelationships } from './person-relationships.tsx';
import { PersonTimeline } from './person-timeline.tsx';
import { UnknownPerson } from './unknown-person.tsx';
import { usePersonRemoval } from './use-person-removal.ts';

export function PersonPage() {
  const { id = '' }: { readonly id?: string } = useParams({ strict: false });
  const person = usePerson(id);
  const removal = usePersonRemoval(id);
  const gone = removal.data !== undefined;
  const unknown = person.error instanceof ApiError && person.error.status === 404;
  const verb = removal.variables === 'suppress' ? 'suppressed' : 'deleted';
  const title = person.data ? personName(person.data) : id;
  return (
    <Page
      title={title}
      description={gone ? undefined : person.data ? <Since person={person.data} /> : <AllPeople />}
      actions={person.data && !gone ? <PersonActions name={title} removal={removal} /> : undefined}
    >
      <ChangeOutcome change={removal} what={verb}>
        <DeleteReach suppress={verb === 'suppressed'} />
      </ChangeOutcome>
      {gone ? (
        <Anchor renderRoot={(props) => <Link {...props} to="/people" />}>Back to people</Anchor>
      ) : unknown ? (
        <UnknownPerson identifier={id} />
      ) : (
        <QueryView query={person}>{(data) => <Profile person={data} />}</QueryView>
      )}
    </Page>
  );
}

const AllPeople = () => (
  <Anchor inherit renderRoot={(props) => <Link {...props} to="/people" />}>
    All people
  </Anchor>
);

const Since = ({ person }: { readonly person: Person }) => (
  <Group gap={6} component="span">
    <Text span size="sm" c="dimmed">
      {person.identifiers.cioId} · created <TimeAgo at={person.createdAt} /> · updated <TimeAgo at={person.updatedAt} />
    </Text>
  </Group>
);

function Profile({ person }: { readonly person: Person }) {
  const [search, change] = useSearchState();
  const { cioId } = person.identifiers;
  const count = (items: object): string => `(${Object.keys(items).length})`;
  return (
    <>
      <PersonIdentifiers identifiers={person.identifiers} />
      <Tabs
        mt="lg"
        value={search['tab'] ?? 'attributes'}
        onChange={(tab) => change({ tab: tab === 'attributes' ? undefined : (tab ?? undefined) })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="attributes">Attributes {count(person.attributes)}</Tabs.Tab>
          <Tabs.Tab value="timeline">Timeline</Tabs.Tab>
          <Tabs.Tab value="devices">Devices {count(person.devices)}</Tabs.Tab>
          <Tabs.Tab value="relationships">Relationships {count(person.relationships)}</Tabs.Tab>
          <Tabs.Tab value="messages">Messages</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="attributes">
          <PersonAttributes cioId={cioId} attributes={person.attributes} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <PersonTimeline cioId={cioId} userId={person.identifiers.id} />
        </Tabs.Panel>
        <Tabs.Panel value="devices">
          <PersonDevices devices={person.devices} />
        </Tabs.Panel>
        <Tabs.Panel value="relationships">
          <PersonRelationships relationships={person.relationships} />
        </Tabs.Panel>
        <Tabs.Panel value="messages">
          <PersonMessages cioId={cioId} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
