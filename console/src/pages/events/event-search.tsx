// Search in the log: by filter and time of receipt, newest first, or straight to a messageId.
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { QueryView } from '../../components/query-view.tsx';
import { EventFilter, toQuery } from './event-filter.tsx';
import type { EventFilterProps } from './event-filter.tsx';
import { EventRows } from './event-rows.tsx';
import { Further } from './further.tsx';
import { itemsOf, useCursorPages } from './pages-of.ts';
import { toStoredRow } from './stored-event.ts';
import type { StoredEvent } from './stored-event.ts';

export function EventSearch({ search, onSearch }: EventFilterProps) {
  const within = {
    ...(search['from'] !== undefined && { from: toIso(search['from']) }),
    ...(search['to'] !== undefined && { to: toIso(search['to']) }),
  };
  const pages = useCursorPages<StoredEvent>('/api/v1/events', { ...toQuery(search), ...within });
  const items = itemsOf(pages);
  const narrowed = Object.keys({ ...toQuery(search), ...within }).length > 0;
  return (
    <Stack gap="md">
      <Stack gap="sm">
        <EventFilter search={search} onSearch={onSearch} />
        <Group align="flex-end" gap="sm">
          <TimeInput field="from" label="Received from" search={search} onSearch={onSearch} />
          <TimeInput field="to" label="Received before" search={search} onSearch={onSearch} />
          <FindByMessageId />
        </Group>
      </Stack>
      <div>
        <QueryView
          query={pages}
          empty={{
            when: () => items.length === 0 && !pages.hasNextPage,
            title: narrowed ? 'No event fits' : 'No events yet',
            hint: narrowed
              ? 'Names and ids are compared exactly. A call that was not accepted is under its source’s rejections.'
              : 'Add a source and send a call: it appears here within a second.',
          }}
        >
          {() =>
            items.length === 0 ? (
              <Text size="sm" c="dimmed">
                None in the latest stretch of the log.
              </Text>
            ) : (
              <EventRows label="Events" rows={items.map(toStoredRow)} />
            )
          }
        </QueryView>
        <Further pages={pages} noun="events" searching={narrowed} />
      </div>
    </Stack>
  );
}

interface TimeInputProps extends EventFilterProps {
  readonly field: 'from' | 'to';
  readonly label: string;
}

/** Local time, as the browser's own picker gives it. */
const TimeInput = ({ field, label, search, onSearch }: TimeInputProps) => (
  <TextInput
    type="datetime-local"
    label={label}
    value={search[field] ?? ''}
    onChange={({ currentTarget }) => onSearch({ [field]: currentTarget.value })}
    flex="1 1 170px"
    maw={220}
  />
);

const toIso = (local: string): string | undefined => {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

function FindByMessageId() {
  const navigate = useNavigate();
  const [messageId, setMessageId] = useState('');
  return (
    <form
      style={{ flex: '2 1 20rem', maxWidth: '36rem' }}
      onSubmit={(event) => {
        event.preventDefault();
        void navigate({ to: '/events/$messageId', params: { messageId: messageId.trim() } });
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          label="Explain a messageId"
          placeholder="api-1f0c…"
          required
          withAsterisk={false}
          value={messageId}
          onChange={({ currentTarget }) => setMessageId(currentTarget.value)}
          flex="1 1 12rem"
        />
        <Button type="submit" variant="default" disabled={messageId.trim() === ''}>
          Where did it go?
        </Button>
      </Group>
    </form>
  );
}
