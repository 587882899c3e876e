// What each action made of the events it matched. An event of several actions counts at each of them.
import { Text } from '@mantine/core';
import { DataTable } from '../../components/data-table.tsx';
import { useNames } from '../events/names.ts';
import type { ActionLine } from './ledger-lines.ts';

export function ActionTable({ lines }: { readonly lines: readonly ActionLine[] }) {
  const names = useNames();
  if (lines.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No action of a destination has finished anything in this time. Those of the workspace are in each event’s story.
      </Text>
    );
  const columns = [
    { key: 'destination', header: 'Destination', cell: (line: ActionLine) => names.destination(line.destinationId) },
    { key: 'action', header: 'Action', cell: (line: ActionLine) => line.name ?? `${line.actionId} (no longer there)` },
    {
      key: 'delivered',
      header: 'Delivered',
      align: 'right' as const,
      cell: (line: ActionLine) => line.delivered.toLocaleString(),
    },
    {
      key: 'failed',
      header: 'Refused or given up',
      align: 'right' as const,
      cell: (line: ActionLine) => line.failed.toLocaleString(),
    },
  ];
  return (
    <DataTable
      label="Ledger by action"
      columns={columns}
      rows={lines}
      rowKey={(line) => `${line.destinationId} ${line.actionId}`}
    />
  );
}
