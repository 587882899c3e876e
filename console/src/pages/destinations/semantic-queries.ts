// What the mapping editor asks about events that many tools know.
import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';
import type { JsonObject } from './json.ts';

type Suggestions = Omit<Answer<'/api/v1/catalog/{kind}/suggestions', 'get'>, 'actions'> & {
  readonly actions: readonly SuggestedAction[];
};
export type SuggestedAction = Omit<
  Answer<'/api/v1/catalog/{kind}/suggestions', 'get'>['actions'][number],
  'mapping'
> & { readonly mapping: JsonObject };

/** They do not change while the server runs. */
export const semanticEventsQuery = queryOptions({
  queryKey: ['semantic events'],
  queryFn: ({ signal }) =>
    apiGet<Answer<'/api/v1/semantic-events', 'get'>>('/api/v1/semantic-events', undefined, signal),
  staleTime: Infinity,
});

export const suggestionsQuery = (kind: string, event: string | null) =>
  queryOptions({
    queryKey: ['catalogue', kind, 'suggestions', event],
    queryFn: ({ signal }) =>
      apiGet<Suggestions>(`/api/v1/catalog/${encodeURIComponent(kind)}/suggestions`, { event }, signal),
    enabled: event !== null,
    staleTime: Infinity,
  });
