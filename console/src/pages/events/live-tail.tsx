// Events as they are stored; paused, what comes in is kept back and counted.
import { Stack, Text } from '@mantine/core';
import { EventFilter, toQuery } from './event-filter.tsx';
import type { EventFilterProps } from './event-filter.tsx';
import { EventRows } from './event-rows.tsx';
import { LiveState } from './live-state.tsx';
import { toStoredRow } from './stored-event.ts';
import { useLiveTail } from './use-live-tail.ts';

export function LiveTail({ search, onSearch }: EventFilterProps) {
  const tail = useLiveTail(toQuery(search));
  return (
    <Stack gap="md">
      <EventFilter search={search} onSearch={onSearch} />
      <LiveState tail={tail} onClear={tail.clear} />
      {tail.events.length === 0 && tail.connection.state === 'live' && (
        <Text size="sm" c="dimmed">
          Waiting for the next event. Nothing is missed: what came before is under Search.
        </Text>
      )}
      {tail.events.length > 0 && <EventRows label="Live events" rows={tail.events.map(toStoredRow)} />}
    </Stack>
  );
}
