// Semantic events of late that differ from what other tools expect of their names: which, from where, and what to do.
import { Anchor, Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { useNames } from '../events/names.ts';
import type { Names } from '../events/names.ts';
import { isSpelling, oddEventsQuery } from './odd-events-query.ts';
import type { OddEvent } from './odd-events-query.ts';
import { formatCount } from './source-health.ts';

export default function OddEventsPage() {
  const found = useQuery(oddEventsQuery);
  const names = useNames();
  return (
    <Page
      title="Odd events"
      description="Events that many tools know by name, such as Order Completed, and that differ from what these tools expect. They are taken and sent on as they are."
    >
      <Stack gap="md">
        <Anchor component={Link} to="/sources" size="sm">
          All sources
        </Anchor>
        <QueryView
          query={found}
          empty={{
            when: ({ items }) => items.length === 0,
            title: 'Nothing odd of late',
            hint: 'A wrong type, value or spelling in the latest 1,000 events would be listed here.',
          }}
        >
          {({ looked, items }) => (
            <Stack gap="md">
              <Text size="sm">
                Seen in the latest {formatCount(looked)} {looked === 1 ? 'event' : 'events'}. Mend what sends them;
                until then an action’s mapping can turn a value into the right type, such as a text into a number. A
                spelling matters only to other tools: Leat recognises them all.
              </Text>
              <DataTable label="Odd events" columns={columnsOf(names)} rows={items} rowKey={rowKey} />
            </Stack>
          )}
        </QueryView>
      </Stack>
    </Page>
  );
}

const rowKey = ({ sourceId, name, field, message }: OddEvent): string => [sourceId, name, field, message].join(' ');

const columnsOf = (names: Names) => [
  {
    key: 'kind',
    header: 'What',
    cell: (odd: OddEvent) =>
      isSpelling(odd) ? (
        <StatusBadge tone="idle">Spelling</StatusBadge>
      ) : (
        <StatusBadge tone="warn">Property</StatusBadge>
      ),
  },
  { key: 'event', header: 'Event', cell: ({ name }: OddEvent) => name },
  {
    key: 'odd',
    header: 'What is odd',
    cell: ({ field, message }: OddEvent) => (
      <Text size="sm" maw={420} style={{ overflowWrap: 'anywhere' }}>
        <Code>{field}</Code> {message}
      </Text>
    ),
  },
  { key: 'source', header: 'Source', cell: ({ sourceId }: OddEvent) => names.source(sourceId) },
  { key: 'events', header: 'Events', align: 'right' as const, cell: ({ events }: OddEvent) => formatCount(events) },
  {
    key: 'last',
    header: 'Latest',
    cell: ({ lastMessageId }: OddEvent) => (
      <Anchor component={Link} to={`/events/${encodeURIComponent(lastMessageId)}`} size="sm">
        See it
      </Anchor>
    ),
  },
];
