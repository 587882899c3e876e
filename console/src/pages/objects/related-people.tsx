// The people related to an object, with what is said of each relationship; the first page came with the object.
import { Anchor, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';
import { DataTable } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';

type ObjectWithPeople = Answer<'/api/v1/objects/{typeId}/{objectId}', 'get'>;
type PeoplePage = ObjectWithPeople['people'];
type Related = PeoplePage['items'][number];

interface RelatedPeopleProps {
  readonly path: string;
  readonly first: PeoplePage;
  readonly onOpen: (cioId: string) => void;
}

const columns = [
  {
    key: 'person',
    header: 'Person',
    cell: ({ person }: Related) => (
      <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/people/$id" params={{ id: person.cioId }} />}>
        {person.email ?? person.id ?? person.cioId}
      </Anchor>
    ),
  },
  { key: 'id', header: 'Id', cell: ({ person }: Related) => person.id ?? '–' },
  {
    key: 'attributes',
    header: 'About the relationship',
    cell: (row: Related) => (
      <Text size="sm" c="dimmed">
        {Object.entries(row.attributes)
          .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
          .join(' · ') || '–'}
      </Text>
    ),
  },
];

export function RelatedPeople({ path, first, onOpen }: RelatedPeopleProps) {
  const pages = useInfiniteQuery({
    queryKey: [path, 'people', first.next],
    queryFn: async ({ pageParam, signal }) =>
      pageParam === null ? first : (await apiGet<ObjectWithPeople>(path, { cursor: pageParam }, signal)).people,
    initialPageParam: null as string | null,
    initialData: { pages: [first], pageParams: [null] },
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = pages.data.pages.flatMap(({ items }) => items);
  if (rows.length === 0 && !pages.hasNextPage)
    return (
      <Text size="sm" c="dimmed">
        Nobody is related to it.
      </Text>
    );
  return (
    <>
      <DataTable
        label="Related people"
        columns={columns}
        rows={rows}
        rowKey={({ person }) => person.cioId}
        onRowClick={({ person }) => onOpen(person.cioId)}
      />
      <LoadMore query={pages} />
    </>
  );
}
