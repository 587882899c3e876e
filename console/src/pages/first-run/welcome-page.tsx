// The guided path from an empty installation to a delivered event. Nothing is remembered: each step looks at what is
// really there, so it may be left and come back to.
import { useEffect, useState } from 'react';
import { Button, Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSession } from '../../session.tsx';
import { AddSource } from '../sources/add-source.tsx';
import { ClientSnippets } from '../sources/client-snippets.tsx';
import { ConnectionTest } from '../sources/connection-test.tsx';
import type { SourceKind } from '../sources/source-queries.ts';
import { FirstDelivery } from './first-delivery.tsx';
import { FirstEvent } from './first-event.tsx';
import { useGuidePlace } from './guide-place.ts';
import { destinationsQuery, latestEventQuery, outcomeQuery, sourcesQuery } from './first-run-queries.ts';
import type { Source } from './first-run-queries.ts';
import type { WelcomeSearch } from './routes.tsx';
import { Step } from './step.tsx';

const clients: readonly SourceKind[] = [
  'http',
  'javascript',
  'node',
  'python',
  'go',
  'ios',
  'android',
  'reactnative',
  'flutter',
];

export function WelcomePage() {
  const [, , leave] = useGuidePlace();
  const sources = useQuery(sourcesQuery);
  const status = useQuery(destinationsQuery);
  return (
    <Page
      title="From nothing to a delivered event"
      description="Five steps, about five minutes. Each looks at what is really there: leave and come back as you like."
      actions={
        <Group gap="sm">
          <Button component={Link} to="/" variant="default">
            Go to the overview
          </Button>
          <Button component={Link} to="/" variant="subtle" onClick={leave}>
            Leave the guide
          </Button>
        </Group>
      }
    >
      <QueryView query={sources}>
        {({ items }) => (
          <QueryView query={status}>
            {({ destinations }) => <Steps sources={items} destinations={destinations} />}
          </QueryView>
        )}
      </QueryView>
    </Page>
  );
}

interface StepsProps {
  readonly sources: readonly Source[];
  readonly destinations: readonly { readonly id: string; readonly name: string; readonly lastError: string | null }[];
}

function Steps({ sources, destinations }: StepsProps) {
  const search: WelcomeSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const mayEdit = useSession().can('edit');
  const [adding, setAdding] = useState(false);
  const [place, setPlace, leave] = useGuidePlace();
  const source =
    sources.find(({ id }) => id === search.source) ?? sources.find(({ id }) => id === place?.source) ?? sources[0];
  const destination = destinations.find(({ id }) => id === search.destination) ?? destinations.at(-1);
  const latest = useQuery({ ...latestEventQuery(source?.id ?? ''), enabled: source !== undefined });
  const outcome = useQuery({ ...outcomeQuery(destination?.id ?? ''), enabled: destination !== undefined });
  const finished = outcome.data === undefined ? null : outcome.data.delivered > 0;
  const sourceId = source?.id;
  // Opening the path begins it, so that there is a way back to it from every page; a delivery ends it.
  useEffect(() => {
    if (finished === true) leave();
    else setPlace(sourceId === undefined ? {} : { source: sourceId });
  }, [finished, sourceId, setPlace, leave]);
  const choose = (change: WelcomeSearch): void =>
    void navigate({ to: '/welcome', search: { ...search, ...change }, replace: true });

  return (
    <Stack component="ol" gap="md" p={0} m={0} style={{ listStyle: 'none' }}>
      <Step
        number={1}
        title="Add a source"
        hint="A source is what sends: a website, an app, a server. It has a key of its own. One is here from the start."
        done={source !== undefined}
      >
        <Group align="flex-end">
          {source && (
            <Select
              label="Source"
              data={sources.map(({ id, name }) => ({ value: id, label: name }))}
              value={source.id}
              onChange={(id) => id !== null && choose({ source: id })}
              allowDeselect={false}
            />
          )}
          {mayEdit && (
            <Button variant={source ? 'default' : 'filled'} onClick={() => setAdding(true)}>
              Add source
            </Button>
          )}
        </Group>
        <AddSource
          opened={adding}
          onClose={() => setAdding(false)}
          onAdded={({ id }) => {
            setAdding(false);
            choose({ source: id });
          }}
        />
      </Step>
      <Step
        number={2}
        title="Send a first call"
        hint="Copy what fits; host and key are filled in. Or have one sent from here."
        done={Boolean(latest.data)}
      >
        {source && (
          <>
            <ClientSnippets source={source} kinds={clients} />
            <ConnectionTest source={source} />
          </>
        )}
      </Step>
      <Step
        number={3}
        title="See the event and the person"
        hint="Every event can be explained: what was stored, what it changed, where it went, and why."
        done={Boolean(latest.data)}
      >
        {source && <FirstEvent sourceId={source.id} />}
      </Step>
      <Step
        number={4}
        title="Add a destination"
        hint="Where events go: a webhook, a warehouse, files, or one of many services."
        done={destination !== undefined}
      >
        <Group align="flex-end">
          {destination && (
            <Select
              label="Destination"
              data={destinations.map(({ id, name }) => ({ value: id, label: name }))}
              value={destination.id}
              onChange={(id) => id !== null && choose({ destination: id })}
              allowDeselect={false}
            />
          )}
          {mayEdit && (
            <Button component={Link} to="/destinations/new" variant={destination ? 'default' : 'filled'}>
              Add destination
            </Button>
          )}
        </Group>
      </Step>
      <Step
        number={5}
        title="See the delivery"
        hint="Every event is accounted for. A try that fails is kept with its request and answer; for a delivered event the request can be shown as it is made today."
        done={finished === true}
      >
        {destination && <FirstDelivery destination={destination} source={source} />}
      </Step>
    </Stack>
  );
}
