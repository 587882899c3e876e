// Shows what a query brought, or honestly that it is loading, failed or is empty.
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Skeleton, Stack, Text } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { isUnreachable, mayPass } from '../api/client.ts';
import { EmptyState } from './empty-state.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { useLate } from './use-late.ts';
import { useRetry } from './use-retry.ts';

/** What of a query its view needs; also of one that is read page by page. */
type ViewedQuery<T> = Pick<
  UseQueryResult<T>,
  'data' | 'error' | 'isPending' | 'isLoading' | 'errorUpdateCount' | 'errorUpdatedAt'
> & {
  /** The next page failed, which is said where it was asked for. */
  readonly isFetchNextPageError?: boolean;
};

export interface QueryViewProps<T> {
  readonly query: ViewedQuery<T>;
  readonly empty?: {
    readonly when: (data: T) => boolean;
    readonly title: string;
    readonly hint: string;
    readonly action?: ReactNode;
  };
  readonly children: (data: T) => ReactNode;
}

/**
 * Data once loaded stays shown while it is fetched anew. A failed refetch is said above it, unless the server does not
 * answer at all: that is said once for the whole page, by the frame around it.
 */
export function QueryView<T>({ query, empty, children }: QueryViewProps<T>) {
  const { data, isLoading, errorUpdatedAt } = query;
  const error = useLastError(query);
  const retry = useRetry();
  if (data === undefined)
    return error === null ? (
      <Loading busy={isLoading} />
    ) : (
      <ErrorNotice error={error} onRetry={retry} triedAt={mayPass(error) ? errorUpdatedAt : null} />
    );
  const content = empty?.when(data) ? (
    <EmptyState title={empty.title} hint={empty.hint} action={empty.action} />
  ) : (
    children(data)
  );
  if (error === null || isUnreachable(error) || query.isFetchNextPageError === true) return content;
  return (
    <Stack>
      <ErrorNotice error={error} onRetry={retry} triedAt={mayPass(error) ? errorUpdatedAt : null} />
      {content}
    </Stack>
  );
}

/** While what failed is tried again, the error stays: a page that comes and goes cannot be read. */
function useLastError({ error, isPending, errorUpdateCount }: ViewedQuery<unknown>): Error | null {
  const [last, setLast] = useState(error);
  if (error !== null && error !== last) setLast(error);
  return error ?? (isPending && errorUpdateCount > 0 ? last : null);
}

const slowMs = 5000;

function Loading({ busy }: { readonly busy: boolean }) {
  const late = useLate(busy);
  const slow = useLate(busy, slowMs);
  if (!late) return null;
  return (
    <Stack gap="xs" role="status" aria-label="Loading">
      <Skeleton h={28} />
      <Skeleton h={28} w="85%" />
      <Skeleton h={28} w="70%" />
      {slow && (
        <Text size="sm" c="dimmed">
          The server takes long to answer. It is given half a minute.
        </Text>
      )}
    </Stack>
  );
}
