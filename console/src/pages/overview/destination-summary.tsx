// How each destination is doing at a glance.
import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { failedTest } from '../destinations/connection-tests.ts';
import type { Status } from './overview-queries.ts';

type Row = Status['destinations'][number];

export const DestinationSummary = ({ rows }: { readonly rows: readonly Row[] }) => (
  <DataTable label="Destinations" rows={rows} rowKey={({ id }) => id} columns={columns} />
);

const columns = [
  {
    key: 'name',
    header: 'Destination',
    cell: ({ id, name }: Row) => (
      <Anchor component={Link} to={`/destinations/${id}`} fw={600} inherit>
        {name}
      </Anchor>
    ),
  },
  { key: 'state', header: 'State', cell: (row: Row) => <State row={row} /> },
  {
    key: 'lag',
    header: 'Behind',
    cell: ({ lag }: Row) => `${lag.toLocaleString('en')} ${lag === 1 ? 'event' : 'events'}`,
    align: 'right' as const,
  },
  { key: 'parked', header: 'Parked', cell: ({ parked }: Row) => parked.toLocaleString('en'), align: 'right' as const },
  {
    key: 'dead',
    header: 'Dead letters',
    cell: ({ deadLetters }: Row) => deadLetters.toLocaleString('en'),
    align: 'right' as const,
  },
  { key: 'success', header: 'Last success', cell: ({ lastSuccessAt }: Row) => <TimeAgo at={lastSuccessAt} /> },
];

function State({ row: { enabled, breaker, deadLetters, lastSuccessAt, lastTest } }: { readonly row: Row }) {
  if (!enabled) return <StatusBadge tone="idle">Off</StatusBadge>;
  if (breaker === 'open') return <StatusBadge tone="bad">Not reached</StatusBadge>;
  if (breaker === 'probing') return <StatusBadge tone="warn">Being tried</StatusBadge>;
  if (failedTest(lastTest, lastSuccessAt)) return <StatusBadge tone="bad">Test failed</StatusBadge>;
  if (deadLetters === 0 && lastSuccessAt === null) return <StatusBadge tone="idle">Nothing sent yet</StatusBadge>;
  return deadLetters > 0 ? (
    <StatusBadge tone="warn">Some failed</StatusBadge>
  ) : (
    <StatusBadge tone="good">Working</StatusBadge>
  );
}
