// What the guided path watches: the sources, the latest event of one, and what became of events at a destination.
import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';

export { sourcesQuery } from '../sources/source-queries.ts';
export type { Source } from '../sources/source-queries.ts';

export interface LatestEvent {
  readonly messageId: string;
  readonly receivedAt: string;
  readonly event: Readonly<Record<string, unknown>>;
}

const soonMs = 2000;

/** The latest event of a source; null before there is one. */
export const latestEventQuery = (sourceId: string) =>
  queryOptions({
    queryKey: ['events', 'latest-of', sourceId],
    queryFn: async ({ signal }) => {
      const query = { source: sourceId, limit: 1 };
      const { items } = await apiGet<{ readonly items: readonly LatestEvent[] }>('/api/v1/events', query, signal);
      return items[0] ?? null;
    },
    refetchInterval: soonMs,
  });

export const destinationsQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => apiGet<Answer<'/api/v1/status', 'get'>>('/api/v1/status', undefined, signal),
  refetchInterval: soonMs,
});

/** What the ledger says of one destination over all sources. */
export const outcomeQuery = (destinationId: string) =>
  queryOptions({
    queryKey: ['ledger', 'of-destination', destinationId],
    queryFn: async ({ signal }) => {
      const query = { destination: destinationId };
      const { items } = await apiGet<Answer<'/api/v1/ledger', 'get'>>('/api/v1/ledger', query, signal);
      const sum = (field: 'accepted' | 'delivered' | 'filtered' | 'failed' | 'pending'): number =>
        items.reduce((total, line) => total + line[field], 0);
      return {
        accepted: sum('accepted'),
        delivered: sum('delivered'),
        filtered: sum('filtered'),
        failed: sum('failed'),
        pending: sum('pending'),
      };
    },
    refetchInterval: soonMs,
  });
