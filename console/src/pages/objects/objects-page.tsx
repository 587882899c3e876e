// The objects of one type, a page at a time, and straight to one by its id.
import { Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answer } from '../../api/types.ts';
import { DataTable } from '../../components/data-table.tsx';
import { Page } from '../../components/page.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { Further } from '../events/further.tsx';
import { PagesView } from '../events/pages-view.tsx';
import { useCursorPages } from '../events/pages-of.ts';
import { useTypeNames } from './object-types.ts';

type Obj = Answer<'/api/v1/objects/{typeId}', 'get'>['items'][number];

/** Attributes shown of an object in the list. */
const shownAttributes = 3;

export function ObjectsPage() {
  const { typeId = '' }: { readonly typeId?: string } = useParams({ strict: false });
  const navigate = useNavigate();
  const name = useTypeNames()(typeId);
  const pages = useCursorPages<Obj>(`/api/v1/objects/${encodeURIComponent(typeId)}`, {});
  const open = (objectId: string): void =>
    void navigate({ to: '/objects/$typeId/$objectId', params: { typeId, objectId } });
  return (
    <Page
      title={name}
      description={
        <Anchor inherit renderRoot={(props) => <Link {...props} to="/objects" />}>
          All object types
        </Anchor>
      }
    >
      <FindObject onOpen={open} />
      <div>
        <PagesView
          pages={pages}
          empty={{ title: 'No objects of this type', hint: 'A group call with the trait objectTypeId makes one.' }}
        >
          {(rows) => (
            <DataTable
              label={`Objects: ${name}`}
              columns={columns}
              rows={rows}
              rowKey={(row) => row.objectId}
              onRowClick={({ objectId }) => open(objectId)}
            />
          )}
        </PagesView>
        <Further pages={pages} noun="objects" />
      </div>
    </Page>
  );
}

const columns = [
  {
    key: 'id',
    header: 'Id',
    cell: ({ objectTypeId: typeId, objectId }: Obj) => (
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
    header: 'Attributes',
    cell: (row: Obj) => (
      <Text size="sm" c="dimmed" lineClamp={1} style={{ wordBreak: 'break-all' }}>
        {Object.entries(row.attributes)
          .slice(0, shownAttributes)
          .map(([name, { value }]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
          .join(' · ') || '–'}
      </Text>
    ),
  },
  { key: 'updated', header: 'Updated', cell: (row: Obj) => <TimeAgo at={row.updatedAt} /> },
];

function FindObject({ onOpen }: { readonly onOpen: (objectId: string) => void }) {
  const [objectId, setObjectId] = useState('');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onOpen(objectId.trim());
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Open an object by its id"
          placeholder="acme"
          required
          withAsterisk={false}
          value={objectId}
          onChange={({ currentTarget }) => setObjectId(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={objectId.trim() === ''}>
          Open
        </Button>
      </Group>
    </form>
  );
}
