// Lists of the control API that go on with a cursor, as one growing list.
import { useInfiniteQuery } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';

export interface CursorPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
  /** How many rows a bounded scan looked at, when that ended the page. */
  readonly scanned?: number | null;
}

export type Query = Readonly<Record<string, string | undefined>>;

export function useCursorPages<T>(path: string, query: Query, options: { readonly enabled?: boolean } = {}) {
  return useInfiniteQuery({
    queryKey: [path, query],
    queryFn: ({ pageParam, signal }) =>
      apiGet<CursorPage<T>>(path, { ...query, ...(pageParam !== null && { cursor: pageParam }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    enabled: options.enabled ?? true,
    // While a changed filter is asked about, what the one before found stays; another list's items never do.
    placeholderData: (before, asked) => (asked?.queryKey[0] === path ? before : undefined),
  });
}

export type CursorPages<T> = ReturnType<typeof useCursorPages<T>>;

export const itemsOf = <T>(pages: CursorPages<T>): readonly T[] =>
  pages.data?.pages.flatMap(({ items }) => items) ?? [];
