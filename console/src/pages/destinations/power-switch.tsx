// Switches a destination on or off. Where events wait for it, switching it on asks what is to become of them.
import { useState } from 'react';
import { Button, Group, Modal, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { useSession } from '../../session.tsx';
import { eventsInWords } from './destination-health.ts';
import { statusQuery, useChangeDestination, useSkipBacklog, waitingFor } from './destination-queries.ts';
import type { Destination } from './destination-queries.ts';

export function PowerSwitch({ destination }: { readonly destination: Destination }) {
  const { id, name, enabled } = destination;
  const mayEdit = useSession().can('edit');
  const change = useChangeDestination(id);
  const waiting = waitingFor(useQuery(statusQuery).data, id);
  const [asking, setAsking] = useState(false);
  const turn = (on: boolean): void => {
    if (on && waiting > 0) setAsking(true);
    else change.mutate({ enabled: on });
  };
  return (
    <>
      {change.error && !asking && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {change.error.message}
        </Text>
      )}
      <Switch
        label="On"
        checked={enabled}
        disabled={!mayEdit || change.isPending}
        onChange={({ currentTarget }) => turn(currentTarget.checked)}
      />
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Switch on ${name}`}
        centered
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <BacklogChoice id={id} waiting={waiting} onDone={() => setAsking(false)} />
      </Modal>
    </>
  );
}

interface BacklogChoiceProps {
  readonly id: string;
  readonly waiting: number;
  readonly onDone: () => void;
}

function BacklogChoice({ id, waiting, onDone }: BacklogChoiceProps) {
  const change = useChangeDestination(id);
  const skip = useSkipBacklog(id);
  const busy = change.isPending || skip.isPending;
  const turnOn = async (skipFirst: boolean): Promise<void> => {
    if (skipFirst) await skip.mutateAsync();
    await change.mutateAsync({ enabled: true });
    onDone();
  };
  // A failure is shown by what the mutations say of themselves.
  const start = (skipFirst: boolean) => () => void turnOn(skipFirst).catch(() => undefined);
  return (
    <Stack>
      <Text size="sm">
        {eventsInWords(waiting)} {waiting === 1 ? 'waits' : 'wait'} for it. What waits can be sent now, oldest first, or
        be skipped: then it counts as discarded and is not sent. A replay can still send it later, as long as the log
        holds it.
      </Text>
      {(skip.error ?? change.error) && <ErrorNotice error={skip.error ?? change.error} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button variant="default" loading={skip.isPending} disabled={busy} onClick={start(true)}>
          Skip {waiting === 1 ? 'it' : 'them'}
        </Button>
        <Button loading={change.isPending && !skip.isSuccess} disabled={busy} onClick={start(false)}>
          Send {waiting === 1 ? 'it' : 'them'}
        </Button>
      </Group>
    </Stack>
  );
}
