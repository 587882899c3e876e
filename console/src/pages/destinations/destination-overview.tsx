// How a destination is doing: breaker, backlog, pace, and an account of every event and action.
import { Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { DataTable } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { useNames } from '../events/names.ts';
import { useTestDestination } from './connection-tests.ts';
import { eventsInWords, formatCount, healthOf } from './destination-health.ts';
import { actionLedgerQuery, ledgerQuery, statusQuery, workspaceId } from './destination-queries.ts';
import type { Destination } from './destination-queries.ts';
import { DestinationPace } from './destination-pace.tsx';
import { Fact } from './fact.tsx';
import { Notice } from './notice.tsx';

export function DestinationOverview({ destination }: { readonly destination: Destination }) {
  const holdDays = useQuery(statusQuery).data?.retention.disabledHoldDays;
  const { tone, text, hint } = healthOf(destination, { holdDays });
  return (
    <Stack gap="lg">
      {hint !== '' && (
        <Notice tone={tone} title={text}>
          {hint}
        </Notice>
      )}
      <Facts destination={destination} />
      {destination.id !== workspaceId && <TestConnection destination={destination} />}
      <Ledger id={destination.id} />
      {destination.id !== workspaceId && <ActionLedger id={destination.id} />}
    </Stack>
  );
}

function Facts({ destination }: { readonly destination: Destination }) {
  const status = useQuery(statusQuery).data;
  const { id, state, sourceIds } = destination;
  const own = status?.destinations.find((one) => one.id === id);
  const lag = id === workspaceId ? status?.workspace.lag : own?.lag;
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, lg: 4 }} spacing="sm">
      <Fact label="Not reached yet" value={lag === undefined ? '–' : eventsInWords(lag)} />
      <Fact label="Waiting for a retry" value={formatCount(state?.parked ?? 0)} />
      <Fact label="Dead letters" value={formatCount(state?.deadLetters ?? 0)} />
      {id === workspaceId ? (
        <Fact label="Sources" value={sourceIds === null ? 'All' : formatCount(sourceIds.length)} />
      ) : (
        <>
          <DestinationPace pace={destination.pace} />
          <Fact
            label="Last delivery"
            value={state?.lastSuccessAt ? <TimeAgo at={state.lastSuccessAt} /> : 'None yet'}
            note={state?.lastError ? <LatestFault fault={state.lastError} at={state.lastErrorAt} /> : undefined}
          />
        </>
      )}
    </SimpleGrid>
  );
}

function LatestFault({ fault, at }: { readonly fault: string; readonly at: string | null }) {
  // The time is not known of a fault from before it was kept.
  if (at === null) return <>Latest fault: {fault}</>;
  return (
    <>
      Latest fault, <TimeAgo at={at} />: {fault}
    </>
  );
}

export function TestConnection({ destination: { id, lastTest } }: { readonly destination: Destination }) {
  const mayEdit = useSession().can('edit');
  const test = useTestDestination(id);
  return (
    <Group gap="sm">
      <Button variant="default" loading={test.isPending} disabled={!mayEdit} onClick={() => test.mutate()}>
        Test connection
      </Button>
      <Text
        size="sm"
        role="status"
        c={lastTest?.ok === false || test.error ? 'var(--mantine-color-error)' : undefined}
        flex="1 1 16rem"
      >
        {test.error?.message ??
          (lastTest ? (
            <>
              {lastTest.message} Tested <TimeAgo at={lastTest.at} />.
            </>
          ) : (
            'Sends one harmless request with the present settings.'
          ))}
      </Text>
    </Group>
  );
}

function Ledger({ id }: { readonly id: string }) {
  const ledger = useQuery(ledgerQuery(id));
  const names = useNames();
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        Every event accounted for
      </Title>
      <QueryView
        query={ledger}
        empty={{
          when: ({ items }) => items.length === 0,
          title: 'No event came yet',
          hint: 'Each event that a connected source takes in is counted here, whatever becomes of it.',
        }}
      >
        {({ items }) => (
          <DataTable
            label="Ledger by source"
            rows={items}
            rowKey={({ sourceId }) => sourceId}
            columns={[
              {
                key: 'source',
                header: 'Source',
                cell: ({ sourceId }) => names.source(sourceId),
              },
              ...(['accepted', 'delivered', 'filtered', 'discarded', 'failed', 'pending'] as const).map((name) => ({
                key: name,
                header: name.charAt(0).toUpperCase() + name.slice(1),
                align: 'right' as const,
                cell: (line: (typeof items)[number]) => formatCount(line[name]),
              })),
            ]}
          />
        )}
      </QueryView>
    </Stack>
  );
}

function ActionLedger({ id }: { readonly id: string }) {
  const ledger = useQuery(actionLedgerQuery(id));
  return (
    <Stack gap="xs">
      <Title order={2} size="h4">
        By action
      </Title>
      <QueryView
        query={ledger}
        empty={{
          when: ({ items }) => items.length === 0,
          title: 'No action has run yet',
          hint: 'An action runs for each event that its trigger matches.',
        }}
      >
        {({ items }) => (
          <DataTable
            label="Ledger by action"
            rows={items}
            rowKey={({ actionId }) => actionId}
            columns={[
              { key: 'name', header: 'Action', cell: ({ name }) => name ?? 'An action that is no longer there' },
              { key: 'delivered', header: 'Delivered', align: 'right', cell: (line) => formatCount(line.delivered) },
              { key: 'failed', header: 'Failed', align: 'right', cell: (line) => formatCount(line.failed) },
            ]}
          />
        )}
      </QueryView>
    </Stack>
  );
}
