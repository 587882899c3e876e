// One try: its request and answer as recorded; of a delivered one, the request as it is made today.
import { Drawer, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { apiSend } from '../../api/client.ts';
import { CodeBlock } from '../../components/code-block.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { useReturnFocus } from '../../components/use-return-focus.ts';
import { useSession } from '../../session.tsx';
import { pathOf } from './destination-queries.ts';
import type { Destination, SentAttempt, TestedEvent } from './destination-queries.ts';
import { pretty } from './request-preview.tsx';
import { EventLink, Tries } from './tries.tsx';

interface SentRequestProps {
  readonly destination: Destination;
  readonly title: string;
  readonly messageId: string | null;
  readonly sourceId: string | null;
  /** The try on record; none of what went well at once. */
  readonly attempt?: SentAttempt;
  readonly onClose: () => void;
}

export function SentRequest({ destination, title, messageId, sourceId, attempt, onClose }: SentRequestProps) {
  const mayEdit = useSession().can('edit');
  useReturnFocus();
  const action = attempt?.action;
  const recorded = typeof attempt?.request === 'string';
  const known = action === undefined || destination.actions.some(({ id }) => id === action);
  const again = useQuery({
    queryKey: ['destinations', destination.id, 'sent', messageId, sourceId, action],
    queryFn: () =>
      apiSend<TestedEvent>('POST', `${pathOf(destination.id)}/test-event`, {
        messageId,
        source: sourceId ?? undefined,
        action,
        dryRun: true,
      }),
    enabled: mayEdit && !recorded && messageId !== null && known,
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        {attempt && <Tries tries={[attempt]} />}
        {!recorded && (
          <>
            <Text size="sm" c="dimmed">
              Requests are recorded when they fail. This one went well
              {!mayEdit
                ? '; editors and owners see here how it is made with the present settings.'
                : known
                  ? '; this is how it is made with the present settings:'
                  : ', by an action that is not there any more.'}
            </Text>
            <QueryView query={again}>
              {({ actions }) => (
                <Stack>
                  {actions.flatMap(({ exchanges }) =>
                    exchanges.map((one, index) => (
                      <CodeBlock
                        key={`${index} ${one.request.url}`}
                        label={`Request ${one.request.method} ${one.request.url}`}
                        code={pretty(one.request.body)}
                      />
                    )),
                  )}
                </Stack>
              )}
            </QueryView>
          </>
        )}
        {messageId !== null && <EventLink messageId={messageId} />}
      </Stack>
    </Drawer>
  );
}
