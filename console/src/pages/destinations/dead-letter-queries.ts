// What the pages of dead letters ask of the control API.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { apiGet, apiSend } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';
import { pathOf, useChange } from './destination-queries.ts';
import type { JsonObject } from './json.ts';

type Shown = Answer<'/api/v1/destinations/{id}/dead-letters/{letter}', 'get'>;
export type DeadLetter = Omit<Shown, 'event' | 'tries'> & { readonly event: JsonObject };
export type DeadLetterDetail = DeadLetter & Pick<Shown, 'tries'>;
export interface DeadLetterFilter {
  readonly reason?: string;
  /** ISO 8601. */
  readonly from?: string;
  readonly to?: string;
}
export type Selection = { readonly ids: readonly number[] | 'all' } | { readonly filter: DeadLetterFilter };

const refreshMs = 5000;
/** Counting what a filter finds looks at every dead letter; a change made here is seen at once all the same. */
const filteredRefreshMs = 60_000;

export const deadLettersQuery = (id: string, filter: DeadLetterFilter) =>
  infiniteQueryOptions({
    queryKey: ['destinations', id, 'dead-letters', filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet<{ readonly items: readonly DeadLetter[]; readonly next: string | null; readonly total: number | null }>(
        `${pathOf(id)}/dead-letters`,
        { ...filter, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: Object.keys(filter).length > 0 ? filteredRefreshMs : refreshMs,
  });

export const deadLetterQuery = (id: string, letter: number) =>
  queryOptions({
    queryKey: ['destinations', id, 'dead-letter', letter],
    queryFn: ({ signal }) => apiGet<DeadLetterDetail>(`${pathOf(id)}/dead-letters/${letter}`, undefined, signal),
  });

interface Counted {
  readonly count: number;
}
export const useRetry = (id: string) =>
  useChange((selection: Selection) => apiSend<Counted>('POST', `${pathOf(id)}/dead-letters/retry`, selection));
export const useDiscard = (id: string) =>
  useChange((selection: Selection) => apiSend<Counted>('POST', `${pathOf(id)}/dead-letters/discard`, selection));
export const useEditLetter = (id: string, letter: number) =>
  useChange((event: JsonObject) => apiSend<DeadLetter>('PATCH', `${pathOf(id)}/dead-letters/${letter}`, { event }));
