// The ledger: every accepted event accounted for at every destination, down to the events behind each sum.
import { Group, SegmentedControl, Stack, Title } from '@mantine/core';
import { useMemo } from 'react';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useSearchState } from '../events/search-state.ts';
import { ActionTable } from './action-table.tsx';
import { BalanceVerdict } from './balance-verdict.tsx';
import { outcomes, useActionLedger, useLedger } from './ledger-lines.ts';
import type { Outcome } from './ledger-lines.ts';
import { LedgerTable } from './ledger-table.tsx';
import { fromOf, windows } from './ledger-window.ts';
import { OutcomeEvents } from './outcome-events.tsx';

export function LedgerPage() {
  const [search, change] = useSearchState();
  const window = search['window'] ?? 'all';
  const from = useMemo(() => fromOf(window, Date.now()), [window]);
  const ledger = useLedger(window, from);
  const actions = useActionLedger(window, from);
  const outcome = outcomes.find((one) => one === search['outcome']);
  const opened = ledger.data?.items.find(
    (line) => line.sourceId === search['source'] && line.destinationId === search['destination'],
  );
  return (
    <Page
      title="Ledger"
      description="accepted = delivered + filtered + discarded + dead letters + pending, for every source at every destination."
    >
      <QueryView
        query={ledger}
        empty={{
          when: ({ items }) => items.length === 0 && window === 'all',
          title: 'Nothing to account for yet',
          hint: 'The ledger begins with the first accepted event.',
        }}
      >
        {(data) => (
          <Stack gap="lg">
            <BalanceVerdict ledger={data} windowed={window !== 'all'} />
            <Group>
              <SegmentedControl
                aria-label="Time of receipt"
                size="xs"
                data={windows.map(({ value, label }) => ({ value, label }))}
                value={window}
                onChange={(value) => change({ window: value === 'all' ? undefined : value })}
              />
            </Group>
            <LedgerTable
              lines={data.items}
              onOpen={(line, one: Outcome) =>
                change({ source: line.sourceId, destination: line.destinationId, outcome: one })
              }
            />
            <section>
              <Title order={2} size="h4" mb="xs">
                By action
              </Title>
              <QueryView query={actions}>{({ items }) => <ActionTable lines={items} />}</QueryView>
            </section>
          </Stack>
        )}
      </QueryView>
      {opened && outcome && (
        <OutcomeEvents
          line={opened}
          outcome={outcome}
          from={from}
          onClose={() => change({ source: undefined, destination: undefined, outcome: undefined })}
        />
      )}
    </Page>
  );
}
