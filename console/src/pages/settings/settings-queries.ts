// What the settings pages ask of the control API, and the changes they make.
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { QueryKey } from '@tanstack/react-query';
import { apiGet, apiSend } from '../../api/client.ts';
import type { Answer, Body } from '../../api/types.ts';
import type { AuditFilter } from './audit-search.ts';

export type User = Answer<'/api/v1/users', 'get'>['items'][number];
export type Role = User['role'];
export type AccountLink = Answer<'/api/v1/users/{id}/link', 'post'>;
export type OpenSession = Answer<'/api/v1/sessions', 'get'>['items'][number];
export type Token = Answer<'/api/v1/tokens', 'get'>['items'][number];
export type AuditPage = Answer<'/api/v1/audit', 'get'>;
export type AuditEntry = AuditPage['items'][number];
export type ServerStatus = Answer<'/api/v1/status', 'get'>;
type Invitation = Answer<'/api/v1/users', 'post'>;

const userPath = (id: string): string => `/api/v1/users/${encodeURIComponent(id)}`;

export const serverStatusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => apiGet<ServerStatus>('/api/v1/status', undefined, signal),
  refetchInterval: 5000,
});
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => apiGet<Answer<'/api/v1/users', 'get'>>('/api/v1/users', undefined, signal),
});
export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => apiGet<Answer<'/api/v1/sessions', 'get'>>('/api/v1/sessions', undefined, signal),
});
export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => apiGet<Answer<'/api/v1/tokens', 'get'>>('/api/v1/tokens', undefined, signal),
});
const momentOf = (local: string | undefined): string | undefined =>
  local === undefined ? undefined : new Date(local).toISOString();

export const auditQuery = ({ after, before, ...filter }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit', after, before, filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet<AuditPage>(
        '/api/v1/audit',
        { ...filter, from: momentOf(after), to: momentOf(before), cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
export const auditTermsQuery = queryOptions({
  queryKey: ['audit', 'terms'],
  queryFn: ({ signal }) => apiGet<Answer<'/api/v1/audit/terms', 'get'>>('/api/v1/audit/terms', undefined, signal),
});

/** A change; afterwards what it touched is read again. */
function useChange<Input, Output>(touched: QueryKey, change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Links and tokens are shown once; none stays behind in the cache.
    gcTime: 0,
    onSuccess: () => client.invalidateQueries({ queryKey: touched }),
  });
}

export const useInvite = () =>
  useChange(['users'], (body: Body<'/api/v1/users', 'post'>) => apiSend<Invitation>('POST', '/api/v1/users', body));
export const useChangeUser = () =>
  useChange(['users'], ({ id, role }: { readonly id: string; readonly role: Role }) =>
    apiSend<User>('PATCH', userPath(id), { role }),
  );
export const useRemoveUser = () => useChange(['users'], (id: string) => apiSend<undefined>('DELETE', userPath(id)));
export const useMakeLink = () =>
  useChange(['users'], (id: string) => apiSend<AccountLink>('POST', `${userPath(id)}/link`));
export const useEndSession = () =>
  useChange(['sessions'], (id: string) => apiSend<undefined>('DELETE', `/api/v1/sessions/${encodeURIComponent(id)}`));
export const useEndOtherSessions = () =>
  useChange(['sessions'], () => apiSend<{ readonly ended: number }>('DELETE', '/api/v1/sessions'));
export const useChangePassword = () =>
  useChange(['sessions'], (body: Body<'/api/v1/users/me/password', 'put'>) =>
    apiSend<undefined>('PUT', '/api/v1/users/me/password', body),
  );
export const useMakeToken = () =>
  useChange(['tokens'], (body: Body<'/api/v1/tokens', 'post'>) =>
    apiSend<Answer<'/api/v1/tokens', 'post'>>('POST', '/api/v1/tokens', body),
  );
export const useDeleteToken = () =>
  useChange(['tokens'], (id: string) => apiSend<undefined>('DELETE', `/api/v1/tokens/${encodeURIComponent(id)}`));
