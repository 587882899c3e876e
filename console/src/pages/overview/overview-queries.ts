// What the overview asks of the control API, and how often.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';
import { ranges } from './time-range.ts';
import type { RangeName } from './time-range.ts';

export type Status = Answer<'/api/v1/status', 'get'>;
export type Overview = Answer<'/api/v1/overview', 'get'>;
export type Source = Answer<'/api/v1/sources', 'get'>['items'][number];
export type UnrecognisedKey = Answer<'/api/v1/unrecognised-keys', 'get'>['items'][number];

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

/** What came in and what became of it, step by step. */
export const overviewQuery = (range: RangeName) =>
  queryOptions({
    queryKey: ['overview', range],
    queryFn: ({ signal }) => {
      const from = new Date(Date.now() - ranges[range].minutes * 60_000).toISOString();
      return apiGet<Overview>('/api/v1/overview', { from }, signal);
    },
    refetchInterval: ranges[range].refreshMs,
    placeholderData: keepPreviousData,
  });

/** Whether every event is accounted for. It looks at all there is, so not often. */
export const balancedQuery = queryOptions({
  queryKey: ['ledger', 'balanced'],
  queryFn: async ({ signal }) =>
    (await apiGet<Answer<'/api/v1/ledger', 'get'>>('/api/v1/ledger', undefined, signal)).balanced,
  refetchInterval: 60_000,
});
