// The audit log: who changed or saw what, latest first. For owners and editors.
import { Code, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { DataTable } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
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
  const audit = useInfiniteQuery(auditQuery);
  return (
    <Page title="Audit log" description="Every change, and every look at a secret key: who, what and when.">
      <QueryView
        query={audit}
        empty={{
          when: ({ pages }) => pages.every(({ items }) => items.length === 0),
          title: 'Nothing has been changed yet',
          hint: 'Whatever is changed here, through the API or from the command line is listed.',
        }}
      >
        {({ pages }) => (
          <Stack>
            <DataTable
              label="Audit log"
              columns={columns}
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

const columns = [
  { key: 'at', header: 'When', cell: ({ at }: AuditEntry) => <TimeAgo at={at} /> },
  { key: 'actor', header: 'Who', cell: ({ actor }: AuditEntry) => actor },
  {
    key: 'action',
    header: 'What',
    cell: ({ action }: AuditEntry) => (
      <Text size="sm" fw={500} title={action}>
        {actionWords(action)}
      </Text>
    ),
  },
  { key: 'subject', header: 'On', cell: ({ subject }: AuditEntry) => <Code>{subject}</Code> },
  {
    key: 'detail',
    header: 'Detail',
    cell: ({ detail }: AuditEntry) => (
      <Text size="xs" component="div" maw={420}>
        {detailLines(detail).map((line) => (
          <div key={line}>{line}</div>
        ))}
      </Text>
    ),
  },
];
