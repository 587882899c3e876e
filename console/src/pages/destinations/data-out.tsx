// What was sent to a destination of late, with the answers.
import { useState } from 'react';
import { Anchor, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { DataTable } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { attemptsQuery, deliveredQuery } from './destination-queries.ts';
import type { Destination, SentAttempt, StoredEvent } from './destination-queries.ts';
import { eventTitle } from './event-fields.ts';
import { SentRequest } from './sent-request.tsx';
import { outcomes } from './tries.tsx';

const keyOf = ({ partition, offset, action, attempt }: SentAttempt): string =>
  `${partition}.${offset} ${action} ${attempt}`;

export function DataOut({ destination }: { readonly destination: Destination }) {
  const [shown, setShown] = useState('delivered');
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" flex="1 1 16rem">
          {shown === 'delivered'
            ? 'Latest first. Choose one to see the request that the present settings make of it; requests and answers are recorded only for tries that fail.'
            : 'Latest first. Choose one to see its request and answer as recorded.'}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label="Outcome"
          data={[
            { value: 'delivered', label: 'Delivered' },
            { value: 'retry', label: 'Tried again' },
            { value: 'failed', label: 'Failed' },
          ]}
          value={shown}
          onChange={setShown}
        />
      </Group>
      {shown === 'delivered' ? (
        <Delivered destination={destination} />
      ) : (
        <Attempts key={shown} destination={destination} outcome={shown} />
      )}
    </Stack>
  );
}

function Delivered({ destination }: { readonly destination: Destination }) {
  const [open, setOpen] = useState<StoredEvent | null>(null);
  const delivered = useInfiniteQuery(deliveredQuery(destination.id));
  return (
    <>
      <QueryView
        query={delivered}
        empty={{
          when: ({ pages }) => pages.every(({ items }) => items.length === 0),
          title: 'Nothing was delivered yet',
          hint: 'What is delivered appears here within seconds. The ledger under Overview says whether events come at all and what becomes of them.',
        }}
      >
        {({ pages }) => (
          <DataTable
            label="Delivered events"
            rows={pages.flatMap(({ items }) => items)}
            rowKey={({ sourceId, messageId }) => `${sourceId} ${messageId}`}
            onRowClick={setOpen}
            columns={[
              {
                key: 'event',
                header: 'Event',
                cell: (one) => (
                  <Anchor component="button" type="button" ta="left" size="sm" onClick={() => setOpen(one)}>
                    {eventTitle(one.event)}
                  </Anchor>
                ),
              },
              { key: 'outcome', header: 'Outcome', cell: () => <StatusBadge tone="good">Delivered</StatusBadge> },
              { key: 'id', header: 'messageId', cell: ({ messageId }) => shorten(messageId, 24) },
              { key: 'at', header: 'Received', cell: ({ receivedAt }) => <TimeAgo at={receivedAt} /> },
            ]}
          />
        )}
      </QueryView>
      <LoadMore query={delivered} />
      {open && (
        <SentRequest
          destination={destination}
          title={eventTitle(open.event)}
          messageId={open.messageId}
          sourceId={open.sourceId}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function Attempts({ destination, outcome }: { readonly destination: Destination; readonly outcome: string }) {
  const [open, setOpen] = useState<SentAttempt | null>(null);
  const attempts = useInfiniteQuery(attemptsQuery(destination.id, outcome));
  const actionName = (id: string): string => destination.actions.find((one) => one.id === id)?.name ?? id;
  return (
    <>
      <QueryView
        query={attempts}
        empty={{
          when: ({ pages }) => pages.every(({ items }) => items.length === 0),
          title: 'None on record',
          hint: 'Every try that goes wrong is kept here with its request and answer, as long as the event is stored.',
        }}
      >
        {({ pages }) => (
          <DataTable
            label="Tries"
            rows={pages.flatMap(({ items }) => items)}
            rowKey={keyOf}
            onRowClick={setOpen}
            columns={[
              {
                key: 'event',
                header: 'Event',
                cell: (attempt) => (
                  <Anchor component="button" type="button" ta="left" size="sm" onClick={() => setOpen(attempt)}>
                    {titleOf(attempt)}
                  </Anchor>
                ),
              },
              {
                key: 'outcome',
                header: 'Outcome',
                cell: ({ outcome: one }) => <StatusBadge tone={outcomes[one].tone}>{outcomes[one].text}</StatusBadge>,
              },
              {
                key: 'answer',
                header: 'Answer',
                cell: ({ status, error }) => String(status ?? shorten(error ?? '–', 60)),
              },
              { key: 'action', header: 'Action', cell: ({ action }) => actionName(action) },
              { key: 'try', header: 'Try', align: 'right', cell: ({ attempt }) => String(attempt) },
              {
                key: 'took',
                header: 'Took',
                align: 'right',
                cell: ({ durationMs }) => `${Math.round(durationMs)} ms`,
              },
              { key: 'at', header: 'When', cell: ({ at }) => <TimeAgo at={at} /> },
            ]}
          />
        )}
      </QueryView>
      <LoadMore query={attempts} />
      {open && (
        <SentRequest
          destination={destination}
          title={titleOf(open)}
          messageId={open.messageId}
          sourceId={open.sourceId}
          attempt={open}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

const titleOf = ({ type, name }: SentAttempt): string =>
  type === null ? 'An event no longer stored' : [type, name].filter((part) => part !== null).join(' ');

const shorten = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);
