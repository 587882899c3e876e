// The people a search finds, a page at a time; somebody whose identifier is exactly what was typed comes first.
import { Anchor, Badge, Group } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { Further } from '../events/further.tsx';
import { itemsOf, useCursorPages } from '../events/pages-of.ts';
import { useExactPerson } from './people-api.ts';
import type { Person, PersonSummary } from './people-api.ts';

interface PeopleListProps {
  readonly query: string;
  readonly attribute: string;
  readonly value: string;
}

interface Row extends PersonSummary {
  /** Found by an identifier that the list itself does not search, or exactly. */
  readonly exact?: boolean;
}

export function PeopleList({ query, attribute, value }: PeopleListProps) {
  const navigate = useNavigate();
  const byAttribute = attribute !== '';
  const asked = byAttribute ? { attribute, ...(value !== '' && { value }) } : { query };
  const pages = useCursorPages<PersonSummary>('/api/v1/people', asked);
  const exact = useExactPerson(byAttribute ? '' : query);
  const rows = withExact(itemsOf(pages), exact.data ?? null);
  const searched = byAttribute || query !== '';
  return (
    <>
      <QueryView
        query={pages}
        empty={{
          when: () => rows.length === 0 && !pages.hasNextPage && !exact.isFetching,
          title: searched ? 'Nobody found' : 'No people yet',
          hint: searched
            ? 'Ids are case-sensitive. A suppressed or deleted person is not found; look under Suppressed.'
            : 'People appear here with their first identify call. Add a source and send one.',
        }}
      >
        {() => (
          <DataTable
            label="People"
            columns={columns}
            rows={rows}
            rowKey={(row) => row.cioId}
            onRowClick={(row) => void navigate({ to: '/people/$id', params: { id: row.cioId } })}
          />
        )}
      </QueryView>
      <Further pages={pages} noun="people" />
    </>
  );
}

const columns = [
  {
    key: 'person',
    header: 'Person',
    cell: (row: Row) => (
      <Group gap="xs" wrap="nowrap">
        <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/people/$id" params={{ id: row.cioId }} />}>
          {row.email ?? row.id ?? row.cioId}
        </Anchor>
        {row.exact === true && (
          <Badge size="xs" variant="light" tt="none">
            exact
          </Badge>
        )}
      </Group>
    ),
  },
  { key: 'id', header: 'Id', cell: (row: Row) => row.id ?? '–' },
  { key: 'cioId', header: 'Leat id', cell: (row: Row) => row.cioId },
  { key: 'updated', header: 'Updated', cell: (row: Row) => <TimeAgo at={row.updatedAt} /> },
  { key: 'created', header: 'Created', cell: (row: Row) => <TimeAgo at={row.createdAt} /> },
];

function withExact(found: readonly PersonSummary[], person: Person | null): readonly Row[] {
  if (!person) return found;
  const { identifiers, createdAt, updatedAt } = person;
  const { cioId, id, email } = identifiers;
  return [{ cioId, id, email, createdAt, updatedAt, exact: true }, ...found.filter((row) => row.cioId !== cioId)];
}
