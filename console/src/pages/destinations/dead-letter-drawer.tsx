// One dead letter: why it was refused, every try, and the event, which can be mended before it is sent again.
import { useState } from 'react';
import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { TimeAgo } from '../../components/time-ago.tsx';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { useSession } from '../../session.tsx';
import { deadLetterQuery, useDiscard, useEditLetter, useRetry } from './dead-letter-queries.ts';
import type { DeadLetterDetail } from './dead-letter-queries.ts';
import { eventTitle } from './event-fields.ts';
import { JsonObjectText } from './json-text.tsx';
import { Notice } from './notice.tsx';
import { EventLink, Tries } from './tries.tsx';

interface DeadLetterDrawerProps {
  readonly destinationId: string;
  readonly letterId: number;
  readonly onClose: () => void;
}

export function DeadLetterDrawer({ destinationId, letterId, onClose }: DeadLetterDrawerProps) {
  const letter = useQuery(deadLetterQuery(destinationId, letterId));
  useReturnFocus();
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={letter.data ? eventTitle(letter.data.event) : 'Dead letter'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <QueryView query={letter}>
        {(loaded) => (
          <LetterView key={loaded.editedAt} destinationId={destinationId} letter={loaded} onClose={onClose} />
        )}
      </QueryView>
    </Drawer>
  );
}

interface LetterViewProps {
  readonly destinationId: string;
  readonly letter: DeadLetterDetail;
  readonly onClose: () => void;
}

function LetterView({ destinationId, letter, onClose }: LetterViewProps) {
  const mayEdit = useSession().can('edit') && !letter.requeued;
  const [event, setEvent] = useState(letter.event);
  /** While it is not null, `event` is not what the text says: nothing may be sent or saved. */
  const [fault, setFault] = useState<string | null>(null);
  const edit = useEditLetter(destinationId, letter.id);
  const retry = useRetry(destinationId);
  const discard = useDiscard(destinationId);
  const changed = JSON.stringify(event) !== JSON.stringify(letter.event);
  const sendAgain = async (): Promise<void> => {
    if (changed) await edit.mutateAsync(event);
    await retry.mutateAsync({ ids: [letter.id] });
    onClose();
  };
  const error = edit.error ?? retry.error;
  return (
    <Stack>
      <Notice tone={letter.requeued ? 'idle' : 'bad'} title={letter.requeued ? 'Back in line' : 'Refused'}>
        {letter.reason}
      </Notice>
      <Text size="sm" c="dimmed">
        Received <TimeAgo at={letter.receivedAt} />, given up <TimeAgo at={letter.diedAt} /> after {letter.attempts}{' '}
        {letter.attempts === 1 ? 'try' : 'tries'}
        {letter.editedAt !== null && (
          <>
            , edited <TimeAgo at={letter.editedAt} />
          </>
        )}
        . <EventLink messageId={letter.messageId} />
      </Text>
      <JsonObjectText
        label="The event, as this destination gets it"
        value={letter.event}
        disabled={!mayEdit}
        minRows={8}
        onChange={setEvent}
        onFault={setFault}
      />
      <Text size="xs" c="dimmed">
        The log keeps the event as it came in; only what is sent here changes.
      </Text>
      {error && <ErrorNotice error={error} />}
      {fault !== null && (
        <Text size="sm" c="var(--mantine-color-error)" role="status">
          It can be sent once the text can be read. {fault}
        </Text>
      )}
      <Group>
        <Button
          disabled={!mayEdit || fault !== null}
          loading={edit.isPending || retry.isPending}
          onClick={() => {
            // A failure is shown above, from the mutations.
            void sendAgain().catch(() => undefined);
          }}
        >
          {changed || fault !== null ? 'Save and send again' : 'Send again'}
        </Button>
        <Button
          variant="default"
          disabled={!mayEdit || !changed || fault !== null}
          loading={edit.isPending}
          onClick={() => edit.mutate(event)}
        >
          Save only
        </Button>
        <ConfirmButton
          ml="auto"
          title="Discard"
          message="It is not sent here any more and counts as discarded. The event stays in the log until its retention ends."
          confirmLabel="Discard"
          disabled={!mayEdit}
          onConfirm={async () => {
            await discard.mutateAsync({ ids: [letter.id] });
            onClose();
          }}
        />
      </Group>
      <Title order={2} size="h5">
        What was tried
      </Title>
      {letter.tries.length === 0 ? (
        <Text size="sm" c="dimmed">
          No try is on record: it was set aside before anything could be sent.
        </Text>
      ) : (
        <Tries tries={letter.tries} />
      )}
    </Stack>
  );
}
