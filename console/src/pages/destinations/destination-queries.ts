// What the destinations pages ask of the control API. Changes tell the cache what they touched.
import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, apiSend } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';
import type { JsonObject } from './json.ts';
import type { TriggerTree } from './trigger-tree.ts';

export type Destination = Omit<Answer<'/api/v1/destinations/{id}', 'get'>, 'settings' | 'actions'> & {
  readonly settings: JsonObject;
  readonly actions: readonly Action[];
};
export interface Action {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly trigger: string;
  readonly mapping: JsonObject;
}
export type KindSummary = Answer<'/api/v1/catalog/summary', 'get'>['items'][number];
export type Kind = Omit<Answer<'/api/v1/catalog/{kind}', 'get'>, 'settings' | 'actions'> & {
  readonly settings: JsonObject;
  readonly actions: readonly KindAction[];
};
export interface KindAction {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly fields: JsonObject;
  readonly defaultTrigger: string | null;
  readonly defaultMapping: JsonObject;
}
export type SentAttempt = Answer<'/api/v1/destinations/{id}/attempts', 'get'>['items'][number];
export type DestinationChange = Partial<Pick<Destination, 'name' | 'enabled' | 'settings' | 'sourceIds'>>;
type NewDestination = Pick<Destination, 'kind' | 'name' | 'settings'> &
  Partial<Pick<Destination, 'enabled' | 'sourceIds' | 'startFrom'>>;
export interface StoredEvent {
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: string;
  readonly event: JsonObject;
}
export interface TriedTrigger {
  readonly error: { readonly message: string; readonly position: number | null } | null;
  readonly warnings: readonly string[];
  readonly tree: TriggerTree | null;
  readonly looked: number;
  readonly matched: number;
  readonly items: readonly StoredEvent[];
}
export interface TestedEvent {
  readonly actions: readonly {
    readonly id: string;
    readonly name: string;
    readonly payload: JsonObject;
    readonly problem: string | null;
    readonly exchanges: Answer<'/api/v1/destinations/{id}/test-event', 'post'>['actions'][number]['exchanges'];
  }[];
}

/** Health is looked at again this often while a page shows it. */
const refreshMs = 5000;
const base = '/api/v1/destinations';
export const pathOf = (id: string): string => `${base}/${encodeURIComponent(id)}`;
export const workspaceId = 'workspace';

export const destinationsQuery = queryOptions({
  queryKey: ['destinations'],
  queryFn: ({ signal }) => apiGet<{ readonly items: readonly Destination[] }>(base, undefined, signal),
  refetchInterval: refreshMs,
});

export const destinationQuery = (id: string) =>
  queryOptions({
    queryKey: ['destinations', id],
    queryFn: ({ signal }) => apiGet<Destination>(pathOf(id), undefined, signal),
    refetchInterval: refreshMs,
  });

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => apiGet<Answer<'/api/v1/status', 'get'>>('/api/v1/status', undefined, signal),
  refetchInterval: refreshMs,
});

/** Events that it has not finished: those it has not come to and those between retries. */
export function waitingFor(status: Answer<'/api/v1/status', 'get'> | undefined, id: string): number {
  const own = status?.destinations.find((one) => one.id === id);
  return own ? own.lag + own.parked : 0;
}

/** Kinds do not change while the server runs. */
export const catalogueQuery = queryOptions({
  queryKey: ['catalogue'],
  queryFn: ({ signal }) =>
    apiGet<{ readonly items: readonly KindSummary[] }>('/api/v1/catalog/summary', undefined, signal),
  staleTime: Infinity,
});

export const kindQuery = (slug: string) =>
  queryOptions({
    queryKey: ['catalogue', slug],
    queryFn: ({ signal }) => apiGet<Kind>(`/api/v1/catalog/${encodeURIComponent(slug)}`, undefined, signal),
    staleTime: Infinity,
  });

export const sourceNamesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => apiGet<Answer<'/api/v1/sources', 'get'>>('/api/v1/sources', undefined, signal),
});

/** The latest events, to try mappings on and to see which fields there are. */
export const latestEventsQuery = queryOptions({
  queryKey: ['events', 'latest'],
  queryFn: ({ signal }) => apiGet<{ readonly items: readonly StoredEvent[] }>('/api/v1/events', { limit: 100 }, signal),
});

export const triedTriggerQuery = (trigger: string) =>
  queryOptions({
    queryKey: ['triggers', trigger],
    queryFn: () => apiSend<TriedTrigger>('POST', '/api/v1/triggers/try', { trigger }),
    placeholderData: (before: TriedTrigger | undefined) => before,
    gcTime: 0,
  });

/** What `action`, as it is being written, would send for a stored event. */
export const previewQuery = (id: string, action: Action, event: StoredEvent | null) =>
  queryOptions({
    queryKey: ['destinations', id, 'preview', action.kind, JSON.stringify(action.mapping), event?.messageId],
    queryFn: () =>
      apiSend<TestedEvent>('POST', `${pathOf(id)}/test-event`, {
        messageId: event?.messageId,
        source: event?.sourceId,
        action: action.id,
        actions: [{ ...action, trigger: 'type != null' }],
        dryRun: true,
      }),
    enabled: event !== null && id !== workspaceId,
    placeholderData: (before: TestedEvent | undefined) => before,
    retry: false,
    gcTime: 0,
  });

export const attemptsQuery = (id: string, outcome: string | null) =>
  infiniteQueryOptions({
    queryKey: ['destinations', id, 'attempts', outcome],
    queryFn: ({ pageParam, signal }) =>
      apiGet<Answer<'/api/v1/destinations/{id}/attempts', 'get'>>(
        `${pathOf(id)}/attempts`,
        { outcome, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: refreshMs,
  });

/** Events that went well; tries are on record only where something did not. */
export const deliveredQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['destinations', id, 'delivered'],
    queryFn: ({ pageParam, signal }) =>
      apiGet<{ readonly items: readonly StoredEvent[]; readonly next: string | null }>(
        '/api/v1/ledger/events',
        { destination: id, outcome: 'delivered', cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: refreshMs,
  });

export const ledgerQuery = (id: string) =>
  queryOptions({
    queryKey: ['destinations', id, 'ledger'],
    queryFn: ({ signal }) => apiGet<Answer<'/api/v1/ledger', 'get'>>('/api/v1/ledger', { destination: id }, signal),
    refetchInterval: refreshMs,
  });

export const actionLedgerQuery = (id: string) =>
  queryOptions({
    queryKey: ['destinations', id, 'action-ledger'],
    queryFn: ({ signal }) =>
      apiGet<Answer<'/api/v1/ledger/actions', 'get'>>('/api/v1/ledger/actions', { destination: id }, signal),
    refetchInterval: refreshMs,
  });

/** A change to destinations; afterwards everything shown of them is read again. */
export function useChange<Input, Output>(change: (input: Input) => Promise<Output>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries({ queryKey: ['destinations'] }),
  });
}

export const useAddDestination = () => useChange((body: NewDestination) => apiSend<Destination>('POST', base, body));
export const useChangeDestination = (id: string) =>
  useChange((body: DestinationChange) => apiSend<Destination>('PATCH', pathOf(id), body));
export const useSkipBacklog = (id: string) =>
  useChange(() =>
    apiSend<Answer<'/api/v1/destinations/{id}/skip-backlog', 'post'>>('POST', `${pathOf(id)}/skip-backlog`),
  );
export const useDeleteDestination = (id: string) => useChange(() => apiSend<undefined>('DELETE', pathOf(id)));
export const useSetActions = (id: string) =>
  useChange((actions: readonly (Omit<Action, 'id'> & { readonly id?: string })[]) =>
    apiSend<{ readonly items: readonly Action[] }>('PUT', `${pathOf(id)}/actions`, { actions }),
  );
