// Events a destination did not take in the end: found by reason, source or time, then tried again or given up.
import { useState } from 'react';
import { Anchor, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { LoadMore } from '../../components/load-more.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useSession } from '../../session.tsx';
import { eventSubject } from '../events/event-title.ts';
import { DeadLetterDrawer } from './dead-letter-drawer.tsx';
import { deadLettersQuery, useDiscard, useRetry } from './dead-letter-queries.ts';
import type { DeadLetter, DeadLetterFilter, Selection } from './dead-letter-queries.ts';
import type { Destination } from './destination-queries.ts';
import { formatCount } from './destination-health.ts';
import { eventTitle } from './event-fields.ts';

const filterAfterMs = 250;

export function DeadLetters({ destination: { id, name } }: { readonly destination: Destination }) {
  const mayEdit = useSession().can('edit');
  const [reason, setReason] = useState('');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [open, setOpen] = useState<number | null>(null);
  const [typed] = useDebouncedValue(reason.trim(), filterAfterMs);
  const filter: DeadLetterFilter = {
    ...(typed !== '' && { reason: typed }),
    ...(isTime(from) && { from: new Date(from).toISOString() }),
    ...(isTime(to) && { to: new Date(to).toISOString() }),
  };
  const filtered = Object.keys(filter).length > 0;
  const letters = useInfiniteQuery(deadLettersQuery(id, filter));
  const shown = letters.data?.pages.flatMap(({ items }) => items) ?? [];
  const retry = useRetry(id);
  const discard = useDiscard(id);
  const selection: Selection = chosen.length > 0 ? { ids: chosen } : filtered ? { filter } : { ids: 'all' };
  const which = chosen.length > 0 ? `${chosen.length} chosen` : filtered ? 'all that are found' : 'all';
  const total = letters.data?.pages[0]?.total ?? shown.length;
  const count = chosen.length > 0 ? chosen.length : total;
  const howMany = count === 1 ? '1 event is' : `${formatCount(count)} events are`;
  const toggle = (letter: number): void =>
    setChosen(chosen.includes(letter) ? chosen.filter((one) => one !== letter) : [...chosen, letter]);
  const done =
    (verb: string) =>
    ({ count }: { readonly count: number }): void => {
      setChosen([]);
      notifications.show({ message: `${count} dead ${count === 1 ? 'letter' : 'letters'} ${verb}.` });
    };

  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <TextInput
          label="Reason or answer contains"
          placeholder="such as 400 or email"
          flex="2 1 12rem"
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <TextInput
          label="Given up after"
          type="datetime-local"
          value={from}
          onChange={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <TextInput
          label="and before"
          type="datetime-local"
          value={to}
          onChange={({ currentTarget }) => setTo(currentTarget.value)}
        />
      </Group>
      {shown.length > 0 && (
        <Group gap="xs">
          <Text size="sm" role="status" mr="auto">
            {formatCount(total)} {total === 1 ? 'dead letter' : 'dead letters'}
            {filtered ? ' found' : ''}
            {chosen.length > 0 && `, ${formatCount(chosen.length)} chosen`}
          </Text>
          <ConfirmButton
            variant="filled"
            title={`Send again: ${which}`}
            message={`${howMany} sent to ${name} again, each as it is stored here, with its present settings and actions.`}
            confirmLabel="Send again"
            confirmColor="cyan"
            disabled={!mayEdit}
            onConfirm={async () => done('back in line')(await retry.mutateAsync(selection))}
          />
          <ConfirmButton
            title={`Discard: ${which}`}
            message={`${howMany} discarded: not sent to ${name} any more, and counted as discarded. The events stay in the log until its retention ends.`}
            confirmLabel="Discard"
            disabled={!mayEdit}
            onConfirm={async () => done('discarded')(await discard.mutateAsync(selection))}
          />
        </Group>
      )}
      <QueryView
        query={letters}
        empty={{
          when: ({ pages }) => pages.every(({ items }) => items.length === 0),
          title: filtered ? 'None fits' : 'No dead letters',
          hint: filtered
            ? 'Take a filter away to see more.'
            : 'An event that is refused for good, or fails for longer than it is retried, is kept here until you mend it or give it up.',
        }}
      >
        {() => (
          <DataTable
            label="Dead letters"
            rows={shown}
            rowKey={(letter) => String(letter.id)}
            onRowClick={(letter) => setOpen(letter.id)}
            columns={[
              {
                key: 'choose',
                header: 'Choose',
                cell: (letter) => (
                  <Checkbox
                    aria-label={`Choose ${letter.messageId}`}
                    checked={chosen.includes(letter.id)}
                    onChange={() => toggle(letter.id)}
                  />
                ),
              },
              {
                key: 'event',
                header: 'Event',
                cell: (letter) => (
                  <Anchor component="button" type="button" ta="left" size="sm" onClick={() => setOpen(letter.id)}>
                    {eventTitle(letter.event)}
                  </Anchor>
                ),
              },
              { key: 'person', header: 'Person', cell: ({ event }) => eventSubject(event) ?? '–' },
              {
                key: 'id',
                header: 'messageId',
                cell: ({ messageId }) => (
                  <Text size="sm" lineClamp={1} maw="12rem" title={messageId} style={{ wordBreak: 'break-all' }}>
                    {messageId}
                  </Text>
                ),
              },
              {
                key: 'reason',
                header: 'Reason',
                cell: (letter) => (
                  <>
                    <Text size="sm" lineClamp={2}>
                      {letter.reason}
                    </Text>
                    {letter.answer !== null && letter.answer.text !== '' && (
                      <Text size="xs" c="dimmed" lineClamp={2} title={letter.answer.text}>
                        “{letter.answer.text}”
                      </Text>
                    )}
                  </>
                ),
              },
              { key: 'tries', header: 'Tries', align: 'right', cell: ({ attempts }) => String(attempts) },
              { key: 'state', header: 'State', cell: (letter) => <LetterState letter={letter} /> },
              { key: 'died', header: 'Given up', cell: ({ diedAt }) => <TimeAgo at={diedAt} /> },
            ]}
          />
        )}
      </QueryView>
      <LoadMore query={letters} />
      {open !== null && <DeadLetterDrawer destinationId={id} letterId={open} onClose={() => setOpen(null)} />}
    </Stack>
  );
}

const isTime = (text: string): boolean => text !== '' && !Number.isNaN(Date.parse(text));

function LetterState({ letter: { requeued, editedAt } }: { readonly letter: DeadLetter }) {
  if (requeued) return <StatusBadge tone="idle">In line again</StatusBadge>;
  return editedAt === null ? (
    <StatusBadge tone="bad">Refused</StatusBadge>
  ) : (
    <StatusBadge tone="warn">Edited</StatusBadge>
  );
}
