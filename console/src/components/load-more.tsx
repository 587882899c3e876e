// The end of a list that is read page by page: fetch the next one, or say why that failed.
import { Button, Stack } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { ErrorNotice } from './error-notice.tsx';

export interface LoadMoreProps {
  readonly query: Pick<
    UseInfiniteQueryResult,
    'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'error' | 'fetchNextPage'
  >;
  /** @default 'Show more' */
  readonly label?: string;
}

export function LoadMore({ query, label = 'Show more' }: LoadMoreProps) {
  const fetchNext = (): void => void query.fetchNextPage();
  if (query.isFetchNextPageError) return <ErrorNotice error={query.error} onRetry={fetchNext} />;
  if (!query.hasNextPage) return null;
  return (
    <Stack align="center">
      <Button variant="default" loading={query.isFetchingNextPage} onClick={fetchNext}>
        {label}
      </Button>
    </Stack>
  );
}
