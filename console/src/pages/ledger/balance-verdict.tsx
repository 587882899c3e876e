// Whether the ledger balances, in a sentence: the two sides are counted by different hands.
import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconScale } from '@tabler/icons-react';
import type { Ledger } from './ledger-lines.ts';
import { sumOf } from './ledger-lines.ts';

interface BalanceVerdictProps {
  readonly ledger: Ledger;
  readonly windowed: boolean;
}

export function BalanceVerdict({ ledger, windowed }: BalanceVerdictProps) {
  const accepted = ledger.items.reduce((sum, line) => sum + line.accepted, 0);
  const accounted = ledger.items.reduce((sum, line) => sum + sumOf(line), 0);
  if (!ledger.balanced)
    return (
      <Alert color="red" icon={<IconAlertTriangle size={18} />} title="The ledger does not balance" role="alert">
        What the log accepted and what the destinations account for differ; the lines that do are marked. Refresh in a
        minute: if the difference stays, events are missing or counted twice. Look at the server’s log and tell us.
      </Alert>
    );
  return (
    <Alert color="teal" icon={<IconScale size={18} />} title="The ledger balances" role="status">
      {accepted.toLocaleString()} accepted, {accounted.toLocaleString()} accounted for
      {windowed ? ' in this time' : ''}, over all sources and destinations. The log counts what was accepted and what is
      pending; the destinations count the rest.
    </Alert>
  );
}
