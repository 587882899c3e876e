// The types of object there are: each with its name, which can be given here, and how many objects it has.
import { Anchor } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { DataTable } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { typeLabel, useObjectTypes } from './object-types.ts';
import type { ObjectType } from './object-types.ts';
import { RenameType } from './rename-type.tsx';

const columns = [
  {
    key: 'name',
    header: 'Type',
    cell: (row: ObjectType) => (
      <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/objects/$typeId" params={{ typeId: row.id }} />}>
        {typeLabel(row)}
      </Anchor>
    ),
  },
  { key: 'id', header: 'Type id', cell: (row: ObjectType) => row.id },
  { key: 'objects', header: 'Objects', cell: (row: ObjectType) => row.objects.toLocaleString() },
  { key: 'rename', header: 'Actions', cell: (row: ObjectType) => <RenameType type={row} />, align: 'right' as const },
];

export function ObjectTypesPage() {
  const navigate = useNavigate();
  const types = useObjectTypes();
  return (
    <Page title="Objects" description="Companies, courses, flats: whatever people belong to, made by group calls.">
      <QueryView
        query={types}
        empty={{
          when: ({ items }) => items.length === 0,
          title: 'No objects yet',
          hint: 'A group call makes an object and relates its person to it. Its trait objectTypeId says of which type; 1 without.',
        }}
      >
        {({ items }) => (
          <DataTable
            label="Object types"
            columns={columns}
            rows={items}
            rowKey={(row) => row.id}
            onRowClick={({ id }) => void navigate({ to: '/objects/$typeId', params: { typeId: id } })}
          />
        )}
      </QueryView>
    </Page>
  );
}
