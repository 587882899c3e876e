// The balance line by line; every sum that is not zero opens the events behind it.
import { Anchor, Text } from '@mantine/core';
import { DataTable } from '../../components/data-table.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useNames } from '../events/names.ts';
import { outcomes, outcomeWords, sumOf } from './ledger-lines.ts';
import type { LedgerLine, Outcome } from './ledger-lines.ts';

interface LedgerTableProps {
  readonly lines: readonly LedgerLine[];
  readonly onOpen: (line: LedgerLine, outcome: Outcome) => void;
}

export function LedgerTable({ lines, onOpen }: LedgerTableProps) {
  const names = useNames();
  if (lines.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing was received in this time.
      </Text>
    );
  const columns = [
    { key: 'source', header: 'Source', cell: (line: LedgerLine) => names.source(line.sourceId) },
    { key: 'destination', header: 'Destination', cell: (line: LedgerLine) => names.destination(line.destinationId) },
    {
      key: 'accepted',
      header: 'Accepted',
      align: 'right' as const,
      cell: (line: LedgerLine) => line.accepted.toLocaleString(),
    },
    ...outcomes.map((outcome) => ({
      key: outcome,
      header: outcomeWords[outcome].label,
      align: 'right' as const,
      cell: (line: LedgerLine) => <Sum line={line} outcome={outcome} onOpen={onOpen} />,
    })),
    { key: 'check', header: 'Check', cell: (line: LedgerLine) => <Check line={line} /> },
  ];
  return (
    <DataTable
      label="Ledger"
      columns={columns}
      rows={lines}
      rowKey={(line) => `${line.sourceId} ${line.destinationId}`}
    />
  );
}

interface SumProps {
  readonly line: LedgerLine;
  readonly outcome: Outcome;
  readonly onOpen: LedgerTableProps['onOpen'];
}

function Sum({ line, outcome, onOpen }: SumProps) {
  const events = line[outcome];
  if (events === 0)
    return (
      <Text span size="sm" c="dimmed">
        0
      </Text>
    );
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      fw={600}
      {...(outcome === 'failed' || outcome === 'discarded' ? { c: 'var(--leat-bad)' } : {})}
      onClick={() => onOpen(line, outcome)}
      aria-label={`${events.toLocaleString()} ${outcomeWords[outcome].label.toLowerCase()}: show the events`}
    >
      {events.toLocaleString()}
    </Anchor>
  );
}

function Check({ line }: { readonly line: LedgerLine }) {
  const missing = line.accepted - sumOf(line);
  if (missing === 0 && line.balanced !== false) return <StatusBadge tone="good">balances</StatusBadge>;
  return <StatusBadge tone="bad">{`off by ${missing.toLocaleString()}`}</StatusBadge>;
}
