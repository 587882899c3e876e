// A person's attributes with the time and the source of each value; the event behind it explains itself.
import { Anchor, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { apiGet } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useNames } from '../events/names.ts';
import { personPath } from './people-api.ts';
import type { AttributeOrigin, Person } from './people-api.ts';

interface PersonAttributesProps {
  readonly cioId: string;
  readonly attributes: Person['attributes'];
}

interface Row {
  readonly name: string;
  readonly value: unknown;
  readonly at: string;
}

/** From this many on a filter helps. */
const manyAttributes = 12;

export function PersonAttributes({ cioId, attributes }: PersonAttributesProps) {
  const [filter, setFilter] = useState('');
  const names = useNames();
  // Looked for in the log: the values do not wait for it.
  const origins = useQuery({
    queryKey: ['person', cioId, 'origins'],
    queryFn: ({ signal }) =>
      apiGet<{ readonly items: readonly AttributeOrigin[] }>(`${personPath(cioId)}/origins`, undefined, signal),
  });
  const originOf = new Map(origins.data?.items.map((origin) => [origin.attribute, origin]));
  const all: readonly Row[] = Object.entries(attributes)
    .map(([name, { value, at }]) => ({ name, value, at }))
    .sort((a, b) => a.name.localeCompare(b.name));
  const wanted = filter.trim().toLowerCase();
  const rows = all.filter(({ name, value }) => `${name} ${show(value)}`.toLowerCase().includes(wanted));
  if (all.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No attributes yet. They come with the traits of identify calls.
      </Text>
    );
  const source = ({ name }: Row) => {
    const origin = originOf.get(name);
    if (!origin)
      return (
        <Text size="sm" c="dimmed">
          {origins.data ? 'no longer in the log' : origins.error ? 'could not be looked up' : '…'}
        </Text>
      );
    return (
      <Anchor
        size="sm"
        renderRoot={(props) => <Link {...props} to="/events/$messageId" params={{ messageId: origin.messageId }} />}
      >
        {names.source(origin.sourceId)}
      </Anchor>
    );
  };
  return (
    <>
      {all.length >= manyAttributes && (
        <TextInput
          label="Filter attributes"
          type="search"
          mb="sm"
          maw={320}
          value={filter}
          onChange={({ currentTarget }) => setFilter(currentTarget.value)}
        />
      )}
      <DataTable
        label="Attributes"
        columns={[
          { key: 'name', header: 'Attribute', cell: (row: Row) => row.name },
          {
            key: 'value',
            header: 'Value',
            cell: (row: Row) => (
              <Text size="sm" ff="monospace" style={{ wordBreak: 'break-word' }}>
                {show(row.value)}
              </Text>
            ),
          },
          { key: 'at', header: 'Set', cell: (row: Row) => <TimeAgo at={row.at} /> },
          { key: 'source', header: 'By the source', cell: source },
        ]}
        rows={rows}
        rowKey={(row) => row.name}
      />
    </>
  );
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
