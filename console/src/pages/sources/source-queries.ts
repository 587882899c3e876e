// What the sources pages ask of the control API. Changes tell the cache what they touched.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, apiSend } from '../../api/client.ts';
import type { Answer, Body } from '../../api/types.ts';
import type { StoredEvent } from '../events/stored-event.ts';

export type Source = Answer<'/api/v1/sources/{id}', 'get'>;
export type SourceKind = Source['kind'];
export type SourceKey = Answer<'/api/v1/sources/{id}/keys', 'get'>['items'][number];
export type SourceTest = Answer<'/api/v1/sources/{id}/test', 'get'>;
export type RejectionPage = Answer<'/api/v1/sources/{id}/rejections', 'get'>;
export type Rejection = RejectionPage['items'][number];
export type UnrecognisedKey = Answer<'/api/v1/unrecognised-keys', 'get'>['items'][number];
interface EventPage {
  readonly items: readonly StoredEvent[];
  readonly next: string | null;
}
type NewSource = Body<'/api/v1/sources', 'post'>;
type SourceChange = Body<'/api/v1/sources/{id}', 'patch'>;
type NewKey = Body<'/api/v1/sources/{id}/keys', 'post'>;

/** Health is looked at again this often while a page shows it. */
const refreshMs = 5000;
const sourcesPath = '/api/v1/sources';
const pathOf = (id: string): string => `${sourcesPath}/${encodeURIComponent(id)}`;

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => apiGet<Answer<'/api/v1/sources', 'get'>>(sourcesPath, undefined, signal),
  refetchInterval: refreshMs,
});

export const sourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['sources', id],
    queryFn: ({ signal }) => apiGet<Source>(pathOf(id), undefined, signal),
    refetchInterval: refreshMs,
  });

/** Whether calls arrive; asked again every two seconds so that a first call is seen while one waits for it. */
export const sourceTestQuery = (id: string) =>
  queryOptions({
    queryKey: ['sources', id, 'test'],
    queryFn: ({ signal }) => apiGet<SourceTest>(`${pathOf(id)}/test`, undefined, signal),
    refetchInterval: 2000,
  });

export const rejectionsQuery = (id: string | null, reason: string | null) =>
  infiniteQueryOptions({
    queryKey: id === null ? ['unrecognised-keys', 'rejections', reason] : ['sources', id, 'rejections', reason],
    queryFn: ({ pageParam, signal }) =>
      apiGet<RejectionPage>(
        id === null ? '/api/v1/unrecognised-keys/rejections' : `${pathOf(id)}/rejections`,
        { ...(reason !== null && { reason }), ...(pageParam !== null && { cursor: pageParam }), limit: 50 },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const unrecognisedKeysQuery = queryOptions({
  queryKey: ['unrecognised-keys'],
  queryFn: ({ signal }) =>
    apiGet<Answer<'/api/v1/unrecognised-keys', 'get'>>('/api/v1/unrecognised-keys', { limit: 200 }, signal),
  refetchInterval: refreshMs,
});

interface EventFilter {
  readonly source: string;
  readonly type?: string;
  readonly name?: string;
}

export const eventsQuery = (filter: EventFilter) =>
  infiniteQueryOptions({
    queryKey: ['events', 'of-source', filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet<EventPage>('/api/v1/events', { ...filter, ...(pageParam !== null && { cursor: pageParam }) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** A change to sources; afterwards everything shown of them is read again. */
function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  });
}

export const useAddSource = () => useChange((body: NewSource) => apiSend<Source>('POST', sourcesPath, body));
export const useChangeSource = (id: string) =>
  useChange((body: SourceChange) => apiSend<Source>('PATCH', pathOf(id), body));

/** What is shown of the source is forgotten, not read again: it is gone. */
export function useDeleteSource(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => apiSend<undefined>('DELETE', pathOf(id)),
    onSuccess: () => {
      client.removeQueries({ queryKey: ['sources', id] });
      return client.invalidateQueries({ queryKey: ['sources'], exact: true });
    },
  });
}

export const useAddKey = (id: string) =>
  useChange((body: NewKey) => apiSend<SourceKey>('POST', `${pathOf(id)}/keys`, body));
export const useRotateKey = (id: string) =>
  useChange(({ keyId, revoke }: { readonly keyId: string; readonly revoke: boolean }) =>
    apiSend<SourceKey>('POST', `${pathOf(id)}/keys/${encodeURIComponent(keyId)}/rotate`, { revoke }),
  );
export const useRevokeKey = (id: string) =>
  useChange((keyId: string) => apiSend<SourceKey>('DELETE', `${pathOf(id)}/keys/${encodeURIComponent(keyId)}`));

/** A secret key, whole. The audit log says who asked; so it is not kept in the cache. */
export const revealKey = (id: string, keyId: string): Promise<SourceKey> =>
  apiSend<SourceKey>('POST', `${pathOf(id)}/keys/${encodeURIComponent(keyId)}/reveal`);
