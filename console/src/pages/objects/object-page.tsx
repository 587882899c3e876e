// One object: its attributes and the people related to it.
import { Anchor, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useTypeNames } from './object-types.ts';
import { RelatedPeople } from './related-people.tsx';

type ObjectWithPeople = Answer<'/api/v1/objects/{typeId}/{objectId}', 'get'>;

export function ObjectPage() {
  const { typeId = '', objectId = '' }: { readonly typeId?: string; readonly objectId?: string } = useParams({
    strict: false,
  });
  const navigate = useNavigate();
  const typeName = useTypeNames()(typeId);
  const path = `/api/v1/objects/${encodeURIComponent(typeId)}/${encodeURIComponent(objectId)}`;
  const object = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => apiGet<ObjectWithPeople>(path, {}, signal),
  });
  return (
    <Page
      title={objectId}
      description={
        <Anchor inherit renderRoot={(props) => <Link {...props} to="/objects/$typeId" params={{ typeId }} />}>
          {typeName}
        </Anchor>
      }
    >
      <QueryView query={object}>
        {({ attributes, createdAt, updatedAt, people }) => (
          <Stack gap="lg">
            <Text size="sm" c="dimmed">
              Created <TimeAgo at={createdAt} />, updated <TimeAgo at={updatedAt} />
            </Text>
            <section>
              <Title order={2} size="h4" mb="xs">
                Attributes
              </Title>
              <Attributes attributes={attributes} />
            </section>
            <section>
              <Title order={2} size="h4" mb="xs">
                People
              </Title>
              <RelatedPeople
                path={path}
                first={people}
                onOpen={(id) => void navigate({ to: '/people/$id', params: { id } })}
              />
            </section>
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

interface Row {
  readonly name: string;
  readonly value: unknown;
  readonly at: string;
}

const columns = [
  { key: 'name', header: 'Attribute', cell: (row: Row) => row.name },
  {
    key: 'value',
    header: 'Value',
    cell: ({ value }: Row) => (
      <Text size="sm" ff="monospace">
        {typeof value === 'string' ? value : JSON.stringify(value)}
      </Text>
    ),
  },
  { key: 'at', header: 'Set', cell: (row: Row) => <TimeAgo at={row.at} /> },
];

function Attributes({ attributes }: Pick<ObjectWithPeople, 'attributes'>) {
  const rows = Object.entries(attributes).map(([name, { value, at }]) => ({ name, value, at }));
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        None. They come with the traits of group calls.
      </Text>
    );
  return <DataTable label="Attributes" columns={columns} rows={rows} rowKey={(row) => row.name} />;
}
