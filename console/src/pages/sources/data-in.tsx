// Data in: the latest calls of a source, live as they come unless paused, filtered by type and name.
import { useEffect, useState } from 'react';
import { Group, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { LoadMore } from '../../components/load-more.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { callTypes } from '../events/call-type.tsx';
import { EventRows } from '../events/event-rows.tsx';
import { LiveState } from '../events/live-state.tsx';
import { toStoredRow } from '../events/stored-event.ts';
import type { StoredEvent } from '../events/stored-event.ts';
import { useLiveTail } from '../events/use-live-tail.ts';
import { eventsQuery } from './source-queries.ts';

export function DataIn({ sourceId }: { readonly sourceId: string }) {
  const [type, setType] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [wantedName] = useDebouncedValue(name.trim(), 300);
  const filter = { source: sourceId, ...(type !== null && { type }), ...(wantedName !== '' && { name: wantedName }) };
  const tail = useLiveTail(filter);
  // Paused, what is shown stays as it is.
  const recent = useInfiniteQuery({ ...eventsQuery(filter), enabled: !tail.paused });
  const { state } = tail.connection;
  const client = useQueryClient();

  useEffect(() => {
    // What was stored between the first look and the connection.
    if (state === 'live') void client.invalidateQueries({ queryKey: ['events', 'of-source'] });
  }, [state, client]);

  const known = new Set(tail.events.map(placeOf));
  const stored = (recent.data?.pages ?? []).flatMap(({ items }) => items).filter((one) => !known.has(placeOf(one)));
  const events = [...tail.events, ...stored];
  const filtered = type !== null || wantedName !== '';

  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <Select
          label="Type"
          placeholder="All types"
          data={[...callTypes]}
          value={type}
          onChange={setType}
          clearable
          clearButtonProps={{ 'aria-label': 'All types' }}
          w={150}
        />
        <TextInput
          label="Event, page or screen name"
          placeholder="Course Started"
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
          w={240}
        />
      </Group>
      <LiveState tail={tail} />
      <QueryView
        query={recent}
        empty={{
          when: () => events.length === 0,
          title: filtered ? 'No such call' : 'No call yet',
          hint: filtered
            ? 'Names must be the same to the letter. Widen the filter, or wait: new calls appear by themselves.'
            : 'Calls appear here by themselves as they come. Under Connect stands how to send one.',
        }}
      >
        {() => <EventRows label="Calls" rows={events.map(toStoredRow)} ofOneSource />}
      </QueryView>
      <LoadMore query={recent} label="Show earlier calls" />
    </Stack>
  );
}

const placeOf = ({ partition, offset }: StoredEvent): string => `${partition}.${offset}`;
