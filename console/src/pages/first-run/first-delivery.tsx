// What became of the first events at a destination: delivered, still on the way, or why not.
import { Alert, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { LinkWithSearch } from '../../components/link-with-search.tsx';
import { QueryView } from '../../components/query-view.tsx';
import { StatusBadge } from '../../components/status-badge.tsx';
import { sendTestCall } from '../sources/send-test-call.ts';
import { outcomeQuery } from './first-run-queries.ts';
import type { Source } from './first-run-queries.ts';

export interface FirstDeliveryProps {
  readonly destination: { readonly id: string; readonly name: string; readonly lastError: string | null };
  readonly source: Source | undefined;
}

export function FirstDelivery({ destination: { id, name, lastError }, source }: FirstDeliveryProps) {
  const outcome = useQuery(outcomeQuery(id));
  const send = useMutation({ mutationFn: sendTestCall });
  const key = source?.keys.find((one) => one.class === 'public' && one.shown && one.revokedAt === null);
  return (
    <QueryView query={outcome}>
      {({ delivered, filtered, failed, pending, accepted }) => (
        <>
          <Group gap="sm" aria-live="polite">
            {delivered > 0 ? (
              <StatusBadge tone="good">Delivered</StatusBadge>
            ) : failed > 0 ? (
              <StatusBadge tone="bad">Failed</StatusBadge>
            ) : (
              <StatusBadge tone="idle">Waiting</StatusBadge>
            )}
            <Text size="sm">
              {accepted === 0
                ? `No event has come since ${name} was added.`
                : `${count(delivered)} delivered to ${name}, ${count(pending)} on the way, ${count(filtered)} not wanted by its actions, ${count(failed)} failed.`}
            </Text>
          </Group>
          {delivered === 0 && lastError !== null && (
            <Alert color="red" title={`Why nothing has reached ${name} yet`}>
              {lastError}
            </Alert>
          )}
          {send.error && <ErrorNotice error={send.error} />}
          <Group gap="sm">
            {key && (
              <Button size="xs" variant="default" loading={send.isPending} onClick={() => send.mutate(key.key)}>
                Send another test call
              </Button>
            )}
            <Button
              component={LinkWithSearch}
              to={`/destinations/${id}`}
              query={{ tab: 'data-out' }}
              size="xs"
              variant="default"
            >
              See the delivery
            </Button>
          </Group>
        </>
      )}
    </QueryView>
  );
}

const count = (value: number): string => value.toLocaleString('en');
