// Events as they are stored; paused, what comes in is kept back and counted.
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { StatusBadge } from '../../components/status-badge.tsx';
import { EventFilter, toQuery } from './event-filter.tsx';
import type { EventFilterProps } from './event-filter.tsx';
import { EventRows } from './event-rows.tsx';
import { toStoredRow } from './stored-event.ts';
import { useLiveTail } from './use-live-tail.ts';

export function LiveTail({ search, onSearch }: EventFilterProps) {
  const tail = useLiveTail(toQuery(search));
  return (
    <Stack gap="md">
      <EventFilter search={search} onSearch={onSearch} />
      <Group justify="space-between" gap="sm">
        <Group gap="sm" role="status">
          <StatusBadge tone={tail.paused ? 'warn' : tail.state === 'live' ? 'good' : 'idle'}>
            {tail.paused ? 'Paused' : tail.state === 'live' ? 'Live' : 'Connecting'}
          </StatusBadge>
          <Text size="sm" c="dimmed">
            {tail.paused && tail.held > 0
              ? `${tail.held.toLocaleString()} came in since`
              : `${tail.seen.toLocaleString()} since this page was opened`}
            {tail.skipped > 0 && `, ${tail.skipped.toLocaleString()} more skipped to keep up`}
          </Text>
        </Group>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={
              tail.paused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />
            }
            onClick={tail.toggle}
          >
            {tail.paused ? 'Resume' : 'Pause'}
          </Button>
          <Button variant="default" size="xs" onClick={tail.clear} disabled={tail.events.length === 0}>
            Clear
          </Button>
        </Group>
      </Group>
      {tail.error !== null && (
        <Alert color="red" title="The live tail ended" role="alert">
          <Group gap="sm">
            {tail.error}
            <Button size="xs" variant="default" onClick={tail.retry}>
              Connect again
            </Button>
          </Group>
        </Alert>
      )}
      {tail.events.length === 0 ? (
        <Text size="sm" c="dimmed">
          Waiting for the next event. Nothing is missed: what came before is under Search.
        </Text>
      ) : (
        <EventRows label="Live events" rows={tail.events.map(toStoredRow)} />
      )}
    </Stack>
  );
}
