// Semantic events of late that differ from their catalogue.
import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';

type OddEvents = Answer<'/api/v1/semantic-events/odd', 'get'>;
export type OddEvent = OddEvents['items'][number];

/** Each look reads the latest 1,000 events, so not often. */
const refreshMs = 60_000;

export const oddEventsQuery = queryOptions({
  queryKey: ['odd events'],
  queryFn: ({ signal }) => apiGet<OddEvents>('/api/v1/semantic-events/odd', undefined, signal),
  refetchInterval: refreshMs,
});

/** A name that is written in another way is taken for the event all the same. */
export const isSpelling = ({ field }: Pick<OddEvent, 'field'>): boolean => field === 'event';
