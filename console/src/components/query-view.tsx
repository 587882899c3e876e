// Shows what a query brought, or honestly that it is loading, failed or is empty.
import type { ReactNode } from 'react';
import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { EmptyState } from './empty-state.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { useLate } from './use-late.ts';

export interface QueryViewProps<T> {
  readonly query: UseQueryResult<T>;
  readonly empty?: {
    readonly when: (data: T) => boolean;
    readonly title: string;
    readonly hint: string;
    readonly action?: ReactNode;
  };
  readonly children: (data: T) => ReactNode;
}

/** Data once loaded stays shown while it is fetched anew; a failed refetch is said above it. */
export function QueryView<T>({ query, empty, children }: QueryViewProps<T>) {
  const { data, error, isPending } = query;
  const late = useLate(isPending);
  const notice = error && <ErrorNotice error={error} onRetry={() => void query.refetch()} />;
  if (data === undefined) {
    if (notice) return notice;
    return late ? <Loading /> : null;
  }
  const content = empty?.when(data) ? (
    <EmptyState title={empty.title} hint={empty.hint} action={empty.action} />
  ) : (
    children(data)
  );
  return notice ? (
    <Stack>
      {notice}
      {content}
    </Stack>
  ) : (
    content
  );
}

const Loading = () => (
  <Stack gap="xs" role="status" aria-label="Loading">
    <Skeleton h={28} />
    <Skeleton h={28} w="85%" />
    <Skeleton h={28} w="70%" />
  </Stack>
);
