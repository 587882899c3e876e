// What was reported about messages to a person: delivered, opened, clicked, failed.
import { Code } from '@mantine/core';
import { DataTable } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { Further } from '../events/further.tsx';
import { itemsOf, useCursorPages } from '../events/pages-of.ts';
import { personPath } from './people-api.ts';
import type { DeliveryMetric } from './people-api.ts';

const bad = new Set(['bounced', 'dropped', 'spammed']);

const detailOf = (row: DeliveryMetric): string =>
  [row.reason, row.href, row.actionName, row.actionValue].filter((part) => part !== null).join(' · ') || '–';

const columns = [
  {
    key: 'metric',
    header: 'Metric',
    cell: (row: DeliveryMetric) => <StatusBadge tone={bad.has(row.metric) ? 'bad' : 'good'}>{row.metric}</StatusBadge>,
  },
  { key: 'at', header: 'When', cell: (row: DeliveryMetric) => <TimeAgo at={row.at} /> },
  { key: 'delivery', header: 'Message', cell: (row: DeliveryMetric) => <Code>{row.deliveryId}</Code> },
  { key: 'recipient', header: 'Recipient', cell: (row: DeliveryMetric) => row.recipient ?? '–' },
  { key: 'detail', header: 'Detail', cell: detailOf },
];

export function PersonMessages({ cioId }: { readonly cioId: string }) {
  const pages = useCursorPages<DeliveryMetric>(`${personPath(cioId)}/delivery-metrics`, {});
  const rows = itemsOf(pages);
  return (
    <>
      <QueryView
        query={pages}
        empty={{
          when: () => rows.length === 0 && !pages.hasNextPage,
          title: 'No message metrics',
          hint: 'They come with “Report Delivery Event” calls whose recipient is an address, phone or device of this person.',
        }}
      >
        {() => (
          <DataTable
            label="Message metrics"
            columns={columns}
            rows={rows}
            rowKey={(row) => `${row.deliveryId} ${row.metric} ${row.at}`}
          />
        )}
      </QueryView>
      <Further pages={pages} noun="reports" />
    </>
  );
}
