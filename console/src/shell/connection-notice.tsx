// Said once for the whole page: the server does not answer, so what is shown may be old. What has nothing to show yet
// says so itself.
import { useCallback, useSyncExternalStore } from 'react';
import { Alert, Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Query } from '@tanstack/react-query';
import { isUnreachable } from '../api/client.ts';
import { useRetry } from '../components/use-retry.ts';

const isOld = ({ state }: Query): boolean => state.data !== undefined && isUnreachable(state.error);

export function ConnectionNotice() {
  const client = useQueryClient();
  const retry = useRetry();
  const subscribe = useCallback((changed: () => void) => client.getQueryCache().subscribe(changed), [client]);
  const lost = useSyncExternalStore(subscribe, () => client.getQueryCache().findAll({ type: 'active' }).some(isOld));
  if (!lost) return null;
  return (
    <Alert color="yellow" role="alert" mb="md" py="xs">
      <Group gap="sm">
        <Text size="sm" flex="1 1 16rem" c="var(--mantine-color-text)">
          The server does not answer, so what you see may be out of date. See whether it runs and whether you are
          connected; it is asked again by itself every few seconds.
        </Text>
        <Button size="xs" variant="default" onClick={retry}>
          Try again
        </Button>
      </Group>
    </Alert>
  );
}
