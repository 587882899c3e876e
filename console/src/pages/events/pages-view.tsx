// QueryView for a list read page by page: its rows, or that there are none.
import type { ReactNode } from 'react';
import { QueryView } from '../../components/query-view.tsx';
import { itemsOf } from './pages-of.ts';
import type { CursorPages } from './pages-of.ts';

interface PagesViewProps<T> {
  readonly pages: CursorPages<T>;
  readonly empty: { readonly title: string; readonly hint: string };
  /** Rows from elsewhere that make the list no empty one. */
  readonly others?: boolean;
  readonly children: (rows: readonly T[]) => ReactNode;
}

export function PagesView<T>({ pages, empty, others = false, children }: PagesViewProps<T>) {
  const rows = itemsOf(pages);
  return (
    <QueryView query={pages} empty={{ ...empty, when: () => rows.length === 0 && !others && !pages.hasNextPage }}>
      {() => children(rows)}
    </QueryView>
  );
}
