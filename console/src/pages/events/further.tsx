// The end of a list: more of it, or how far a bounded search has looked and the way on.
import { Button, Group, Text } from '@mantine/core';
import { ErrorNotice } from '../../components/error-notice.tsx';
import type { CursorPages } from './pages-of.ts';

interface FurtherProps<T> {
  readonly pages: CursorPages<T>;
  /** What is looked through, such as `people`. */
  readonly noun: string;
  /** Whether a filter makes the next page a search rather than more of the same. */
  readonly searching?: boolean;
}

export function Further<T>({ pages, noun, searching = false }: FurtherProps<T>) {
  const looked = pages.data?.pages.reduce((sum, page) => sum + (page.scanned ?? 0), 0) ?? 0;
  if (pages.isFetchNextPageError) return <ErrorNotice error={pages.error} onRetry={() => void pages.fetchNextPage()} />;
  if (!pages.hasNextPage) return null;
  const label = looked > 0 || searching ? 'Search further' : 'Show more';
  return (
    <Group justify="center" mt="md" gap="sm">
      {looked > 0 && (
        <Text size="sm" c="dimmed" role="status">
          Looked at the latest {looked.toLocaleString()} {noun}.
        </Text>
      )}
      <Button variant="default" size="xs" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {label}
      </Button>
    </Group>
  );
}
