// Data in: the latest calls of a source, live as they come unless paused, filtered by type and name.
import { useState } from 'react';
import {
  Alert,
  Anchor,
  Badge,
  Box,
  Button,
  Collapse,
  Group,
  Paper,
  Select,
  Stack,
  Text,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { JsonView } from '../../components/json-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { eventsQuery } from './source-queries.ts';
import type { StoredEvent } from './source-queries.ts';
import { useLiveEvents } from './use-live-events.ts';

const types = ['identify', 'track', 'page', 'screen', 'group', 'alias'];
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export function DataIn({ sourceId }: { readonly sourceId: string }) {
  const [type, setType] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [wantedName] = useDebouncedValue(name.trim(), 300);
  const [paused, setPaused] = useState(false);
  const filter = { source: sourceId, ...(type !== null && { type }), ...(wantedName !== '' && { name: wantedName }) };
  const recent = useInfiniteQuery(eventsQuery(filter));
  const live = useLiveEvents(filter, paused);

  const known = new Set(live.events.map(placeOf));
  const stored = (recent.data?.pages ?? []).flatMap(({ items }) => items).filter((one) => !known.has(placeOf(one)));
  const events = [...live.events, ...stored];

  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="sm">
        <Select
          label="Type"
          placeholder="All types"
          data={types}
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
        <Button variant="default" onClick={() => setPaused((now) => !now)} aria-pressed={paused}>
          {paused ? 'Go on' : 'Pause'}
        </Button>
        <Box pb={8}>
          <LiveState paused={paused} connected={live.connected} />
        </Box>
      </Group>
      {(recent.error ?? live.error) && <ErrorNotice error={recent.error ?? live.error} />}
      {live.skipped > 0 && (
        <Alert color="yellow">
          More came than can be shown: {live.skipped.toLocaleString('en')} were passed over here. They are stored all
          the same.
        </Alert>
      )}
      {events.length === 0 && recent.isSuccess && (
        <Paper withBorder p="lg" radius="md" ta="center">
          <Text fw={600}>{type !== null || wantedName !== '' ? 'No such call' : 'No call yet'}</Text>
          <Text size="sm" c="dimmed">
            {type !== null || wantedName !== ''
              ? 'Names must be the same to the letter. Widen the filter, or wait: new calls appear by themselves.'
              : 'Calls appear here by themselves as they come. Under Connect stands how to send one.'}
          </Text>
        </Paper>
      )}
      <Stack gap={6} component="ul" p={0} m={0} renderRoot={(props) => <ul {...props} aria-label="Calls" />}>
        {events.map((one) => (
          <EventRow key={placeOf(one)} stored={one} />
        ))}
      </Stack>
      {recent.hasNextPage && (
        <Button variant="default" loading={recent.isFetchingNextPage} onClick={() => void recent.fetchNextPage()}>
          Show earlier calls
        </Button>
      )}
    </Stack>
  );
}

/** What a call without a name is about: the attributes that it sets, or the id that it names. */
function changedBy(event: StoredEvent['event']): string {
  const traits = event['traits'];
  const names = typeof traits === 'object' && traits !== null ? Object.keys(traits).join(', ') : '';
  return textOf(event['groupId']) ?? textOf(event['previousId']) ?? names;
}

const placeOf = ({ partition, offset }: StoredEvent): string => `${partition}.${offset}`;

function LiveState({ paused, connected }: { readonly paused: boolean; readonly connected: boolean }) {
  if (paused) return <StatusBadge tone="idle">Paused</StatusBadge>;
  return connected ? <StatusBadge tone="good">Live</StatusBadge> : <StatusBadge tone="warn">Connecting</StatusBadge>;
}

function EventRow({ stored }: { readonly stored: StoredEvent }) {
  const [open, setOpen] = useState(false);
  const { event, messageId, receivedAt } = stored;
  const title = textOf(event['event']) ?? textOf(event['name']);
  const who = textOf(event['userId']) ?? textOf(event['anonymousId']) ?? '';
  return (
    <Paper withBorder radius="sm" component="li" style={{ listStyle: 'none', overflow: 'hidden' }}>
      <UnstyledButton w="100%" px="sm" py={8} aria-expanded={open} onClick={() => setOpen((now) => !now)}>
        <Group gap="sm" wrap="nowrap">
          <Badge variant="light" tt="none" w={76} style={{ flexShrink: 0 }}>
            {textOf(event['type'])}
          </Badge>
          <Text size="sm" fw={500} truncate style={{ flex: 2, minWidth: 0 }}>
            {title ?? (
              <Text span c="dimmed" inherit>
                {changedBy(event)}
              </Text>
            )}
          </Text>
          <Text size="sm" c="dimmed" truncate style={{ flex: 1, minWidth: 0 }} visibleFrom="sm">
            {who}
          </Text>
          <Text size="xs" c="dimmed" style={{ flexShrink: 0 }} component="div">
            <TimeAgo at={receivedAt} />
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={open}>
        {open && (
          <Stack gap="xs" px="sm" pb="sm">
            <Anchor component={Link} to={`/events/${encodeURIComponent(messageId)}`} size="sm">
              Where this event went
            </Anchor>
            <JsonView value={event} />
          </Stack>
        )}
      </Collapse>
    </Paper>
  );
}
