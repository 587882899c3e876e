// What the overview asks of the control API, and how often.
import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';
import { ranges } from './time-range.ts';
import type { RangeName } from './time-range.ts';

export type Status = Answer<'/api/v1/status', 'get'>;
export type LedgerLine = Answer<'/api/v1/ledger', 'get'>['items'][number];
export type Source = Answer<'/api/v1/sources', 'get'>['items'][number];
export type UnrecognisedKey = Answer<'/api/v1/unrecognised-keys', 'get'>['items'][number];

export interface Minutes {
  readonly lines: readonly LedgerLine[];
  readonly balanced: boolean;
  /** First minute shown, and the one after the last, in ms. */
  readonly from: number;
  readonly to: number;
}

const minuteMs = 60_000;

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => apiGet<Status>('/api/v1/status', undefined, signal),
  refetchInterval: 5000,
});

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => apiGet<Answer<'/api/v1/sources', 'get'>>('/api/v1/sources', undefined, signal),
  refetchInterval: 5000,
});

export const unrecognisedKeysQuery = queryOptions({
  queryKey: ['unrecognised-keys'],
  queryFn: ({ signal }) =>
    apiGet<Answer<'/api/v1/unrecognised-keys', 'get'>>('/api/v1/unrecognised-keys', { limit: 200 }, signal),
  refetchInterval: 5000,
});

/** The ledger by minute of receipt, up to the minute that is running. */
export const minutesQuery = (range: RangeName) =>
  queryOptions({
    queryKey: ['ledger', 'minutes', range],
    queryFn: async ({ signal }): Promise<Minutes> => {
      const to = (Math.floor(Date.now() / minuteMs) + 1) * minuteMs;
      const from = to - ranges[range].minutes * minuteMs;
      const query = { by: 'minute', from: new Date(from).toISOString(), to: new Date(to).toISOString() };
      const { items, balanced } = await apiGet<Answer<'/api/v1/ledger', 'get'>>('/api/v1/ledger', query, signal);
      return { lines: items, balanced, from, to };
    },
    refetchInterval: ranges[range].refreshMs,
  });
