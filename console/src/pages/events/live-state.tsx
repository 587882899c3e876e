// Whether what is shown is live, and what to know about it: paused, cut off, back again, passed over, refused.
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { StatusBadge } from '../../components/status-badge.tsx';
import type { Connection, LiveEvents } from './use-live-tail.ts';

export function LiveState({ tail, onClear }: { readonly tail: LiveEvents; readonly onClear?: () => void }) {
  const { connection, paused, held, skipped, toggle, retry } = tail;
  const note = noteOf(tail);
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="sm">
        <Group gap="sm" role="status" flex="1 1 16rem" wrap="nowrap">
          <State connection={connection} paused={paused} />
          <Text size="sm" c="dimmed">
            {note}
          </Text>
        </Group>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={paused ? <IconPlayerPlay size={14} aria-hidden /> : <IconPlayerPause size={14} aria-hidden />}
            onClick={toggle}
          >
            {paused ? (held > 0 ? `Go on (${count(held)} held back)` : 'Go on') : 'Pause'}
          </Button>
          {onClear && (
            <Button variant="default" size="xs" onClick={onClear} disabled={tail.events.length === 0}>
              Clear
            </Button>
          )}
        </Group>
      </Group>
      {skipped > 0 && (
        <Alert color="yellow" title="Not all are shown here">
          More came than can be shown: {count(skipped)} were passed over. They are stored all the same; a search finds
          them.
        </Alert>
      )}
      {connection.state === 'refused' && (
        <Alert color="red" title="The live connection was refused" role="alert">
          <Group gap="sm">
            {connection.reason}
            <Button size="xs" variant="default" onClick={retry}>
              Connect again
            </Button>
          </Group>
        </Alert>
      )}
    </Stack>
  );
}

function State({ connection, paused }: { readonly connection: Connection; readonly paused: boolean }) {
  if (connection.state === 'refused') return <StatusBadge tone="bad">Refused</StatusBadge>;
  if (connection.state === 'lost') return <StatusBadge tone="warn">Cut off</StatusBadge>;
  if (connection.state === 'connecting') return <StatusBadge tone="idle">Connecting</StatusBadge>;
  return paused ? <StatusBadge tone="warn">Paused</StatusBadge> : <StatusBadge tone="good">Live</StatusBadge>;
}

function noteOf({ connection: { state, lostAt, backAt }, seen, skipped }: LiveEvents): string {
  if (state === 'lost' && lostAt !== null)
    return `The server has not answered since ${clock(lostAt)}. It is tried again and again; nothing needs to be done.`;
  const since = `${count(seen)} since this page was opened`;
  if (state !== 'live' || lostAt === null || backAt === null) return since;
  const whole = skipped === 0 ? '; went on where it had ended, nothing is missing' : '';
  return `${since}. Cut off from ${clock(lostAt)} to ${clock(backAt)}${whole}.`;
}

const count = (value: number): string => value.toLocaleString('en');
const clock = (at: number): string => new Date(at).toLocaleTimeString();
