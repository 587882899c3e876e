// The objects a person belongs to.
import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { JsonView } from '../../components/json-view.tsx';
import { useTypeNames } from '../objects/object-types.ts';
import type { Person } from './people-api.ts';

type Relationship = Person['relationships'][number];

export function PersonRelationships({ relationships }: { readonly relationships: readonly Relationship[] }) {
  const typeName = useTypeNames();
  if (relationships.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No relationships. Group calls with this person’s id make them.
      </Text>
    );
  const columns = [
    { key: 'type', header: 'Type', cell: (row: Relationship) => typeName(row.objectTypeId) },
    {
      key: 'object',
      header: 'Object',
      cell: ({ objectTypeId: typeId, objectId }: Relationship) => (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/objects/$typeId/$objectId" params={{ typeId, objectId }} />}
        >
          {objectId}
        </Anchor>
      ),
    },
    {
      key: 'attributes',
      header: 'About the relationship',
      cell: (row: Relationship) =>
        Object.keys(row.attributes).length === 0 ? '–' : <JsonView value={row.attributes} />,
    },
  ];
  return (
    <DataTable
      label="Relationships"
      columns={columns}
      rows={relationships}
      rowKey={(row) => `${row.objectTypeId} ${row.objectId}`}
    />
  );
}
