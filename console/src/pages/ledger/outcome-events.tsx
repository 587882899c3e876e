// The drill-down of one sum: its reasons, then the events behind it, each of which tells its own story.
import { Anchor, Chip, Drawer, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { EventRows } from '../events/event-rows.tsx';
import { Further } from '../events/further.tsx';
import { useNames } from '../events/names.ts';
import { useCursorPages } from '../events/pages-of.ts';
import { PagesView } from '../events/pages-view.tsx';
import { toStoredRow } from '../events/stored-event.ts';
import type { StoredEvent } from '../events/stored-event.ts';
import { outcomeWords } from './ledger-lines.ts';
import type { LedgerLine, Outcome } from './ledger-lines.ts';

interface OutcomeEvent extends StoredEvent {
  readonly reason: string | null;
}

interface OutcomeEventsProps {
  readonly line: LedgerLine;
  readonly outcome: Outcome;
  readonly from: string | undefined;
  readonly onClose: () => void;
}

export function OutcomeEvents({ line, outcome, from, onClose }: OutcomeEventsProps) {
  const names = useNames();
  useReturnFocus();
  const [reason, setReason] = useState('');
  const { label, meaning } = outcomeWords[outcome];
  const pages = useCursorPages<OutcomeEvent>('/api/v1/ledger/events', {
    source: line.sourceId,
    destination: line.destinationId,
    outcome,
    ...(reason !== '' && { reason }),
    ...(from !== undefined && { from }),
  });
  const reasons = outcome === 'discarded' ? Object.entries(line.reasons) : [];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={`${label}: ${names.source(line.sourceId)} → ${names.destination(line.destinationId)}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text size="sm">
          {line[outcome].toLocaleString()} of {line.accepted.toLocaleString()}. {meaning}
          {outcome === 'failed' && (
            <>
              {' '}
              <Anchor
                size="sm"
                renderRoot={(props) => <Link {...props} to="/destinations/$id" params={{ id: line.destinationId }} />}
              >
                Retry or discard them at the destination
              </Anchor>
              .
            </>
          )}
        </Text>
        {reasons.length > 0 && (
          <Chip.Group value={reason} onChange={(value) => setReason(Array.isArray(value) ? '' : value)}>
            <Group gap="xs">
              <Chip value="" size="xs">
                All reasons
              </Chip>
              {reasons.map(([name, events]) => (
                <Chip key={name} value={name} size="xs">
                  {name}: {events.toLocaleString()}
                </Chip>
              ))}
            </Group>
          </Chip.Group>
        )}
        <div>
          <PagesView
            pages={pages}
            empty={{
              title: 'The log no longer holds them',
              hint: 'Sums are kept for good, events as long as the log’s retention.',
            }}
          >
            {(rows) => (
              <EventRows
                label={`${label} events`}
                rows={rows.map((row) => ({ ...toStoredRow(row), remark: row.reason }))}
              />
            )}
          </PagesView>
          <Further pages={pages} noun="events" searching />
        </div>
      </Stack>
    </Drawer>
  );
}
