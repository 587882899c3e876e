// The audit log: who changed or saw what, latest first. For owners and editors.
import { Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useNames } from '../events/names.ts';
import type { Names } from '../events/names.ts';
import { AuditFilterForm } from './audit-filter.tsx';
import type { AuditFilter } from './audit-search.ts';
import { AuditSubject } from './audit-subject.tsx';
import { actionWords, detailLines } from './audit-words.ts';
import { OwnersOnly } from './owners-only.tsx';
import { auditQuery } from './settings-queries.ts';
import type { AuditEntry } from './settings-queries.ts';

export default function AuditPage() {
  return (
    <OwnersOnly title="Audit log" needs="edit">
      <Audit />
    </OwnersOnly>
  );
}

function Audit() {
  const filter: AuditFilter = useSearch({ strict: false });
  const navigate = useNavigate();
  const audit = useInfiniteQuery(auditQuery(filter));
  const names = useNames();
  const narrowed = Object.keys(filter).length > 0;
  return (
    <Page title="Audit log" description="Every change, sign-in and look at a secret key: who, what and when.">
      <AuditFilterForm
        filter={filter}
        onChange={(change) => {
          const next = Object.entries({ ...filter, ...change }).filter(([, value]) => value !== null);
          void navigate({ to: '/settings/audit', search: Object.fromEntries(next), replace: true });
        }}
      />
      <QueryView
        query={audit}
        empty={{
          when: ({ pages }) => pages.every(({ items }) => items.length === 0),
          title: narrowed ? 'Nothing of the kind' : 'Nothing has been changed yet',
          hint: narrowed
            ? 'Nobody did this in this time. Widen the filter to see more.'
            : 'Whatever is changed here, through the API or from the command line is listed.',
        }}
      >
        {({ pages }) => (
          <Stack>
            <DataTable
              label="Audit log"
              columns={columnsOf(names)}
              rows={pages.flatMap(({ items }) => items)}
              rowKey={({ id }) => String(id)}
            />
            <LoadMore query={audit} label="Show earlier entries" />
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

const columnsOf = (names: Names) => [
  { key: 'at', header: 'When', cell: ({ at }: AuditEntry) => <TimeAgo at={at} /> },
  {
    key: 'actor',
    header: 'Who',
    cell: ({ actor }: AuditEntry) => (
      <Text size="sm" style={{ overflowWrap: 'break-word' }}>
        {actor}
      </Text>
    ),
  },
  {
    key: 'action',
    header: 'What',
    cell: ({ action }: AuditEntry) => (
      <Text size="sm" fw={500} title={action}>
        {actionWords(action)}
      </Text>
    ),
  },
  { key: 'subject', header: 'On', cell: (entry: AuditEntry) => <AuditSubject entry={entry} names={names} /> },
  {
    key: 'detail',
    header: 'Detail',
    cell: ({ detail }: AuditEntry) => (
      <Text size="xs" component="div" maw={420}>
        {detailLines(detail, (id) => names.source(id)).map((line) => (
          <div key={line}>{line}</div>
        ))}
      </Text>
    ),
  },
];
