// What the replay pages ask of the control API.
import { queryOptions } from '@tanstack/react-query';
import { apiGet, apiSend } from '../../api/client.ts';
import type { Answer, Body } from '../../api/types.ts';
import { pathOf, useChange } from './destination-queries.ts';

export type Replay = Answer<'/api/v1/destinations/{id}/replays', 'get'>['items'][number];
export type ReplayDetail = Answer<'/api/v1/destinations/{id}/replays/{run}', 'get'>;
export type NewReplay = Body<'/api/v1/destinations/{id}/replays', 'post'>;
export type ReplayFailures = Answer<'/api/v1/destinations/{id}/replays/{run}/failures', 'get'>;

/** While one runs, and else. */
const busyMs = 700;
const idleMs = 5000;
const runPath = (id: string, run: string): string => `${pathOf(id)}/replays/${encodeURIComponent(run)}`;

export const replaysQuery = (id: string) =>
  queryOptions({
    queryKey: ['destinations', id, 'replays'],
    queryFn: ({ signal }) => apiGet<{ readonly items: readonly Replay[] }>(`${pathOf(id)}/replays`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.items.some(({ state: of }) => of === 'running') ? busyMs : idleMs),
  });

export const replayQuery = (id: string, run: string) =>
  queryOptions({
    queryKey: ['destinations', id, 'replays', run],
    queryFn: ({ signal }) => apiGet<ReplayDetail>(runPath(id, run), undefined, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? busyMs : idleMs),
  });

export const replayFailuresQuery = (id: string, run: string) =>
  queryOptions({
    queryKey: ['destinations', id, 'replays', run, 'failures'],
    queryFn: ({ signal }) => apiGet<ReplayFailures>(`${runPath(id, run)}/failures`, undefined, signal),
  });

export const useStartReplay = (id: string) =>
  useChange((body: NewReplay) => apiSend<ReplayDetail>('POST', `${pathOf(id)}/replays`, body));
export const useSteerReplay = (id: string, run: string) =>
  useChange((verb: 'pause' | 'resume' | 'cancel') => apiSend<ReplayDetail>('POST', `${runPath(id, run)}/${verb}`));
