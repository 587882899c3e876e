// Names of sources and destinations by id, for every list that shows where an event came from or went.
import { useQuery } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';
import { optionsFault } from '../../components/options-fault.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Names {
  readonly sources: readonly Named[];
  readonly destinations: readonly Named[];
  /** Why the names of sources are not known. */
  readonly fault: string | undefined;
  /** The name, or the id of one that is gone. */
  source(id: string): string;
  destination(id: string): string;
}

/** Events that the console and the control API append themselves. */
export const ownSource = 'leat';
export const ownSourceName = 'Leat (console and API)';

export function useNames(): Names {
  const namedSources = useNamed('/api/v1/sources');
  const sources = namedSources.data?.items ?? [];
  const destinations = useNamed('/api/v1/destinations').data?.items ?? [];
  return {
    sources,
    destinations,
    fault: optionsFault(namedSources),
    source: (id) => (id === ownSource ? ownSourceName : nameIn(sources, id)),
    destination: (id) => nameIn(destinations, id),
  };
}

const nameIn = (list: readonly Named[], id: string): string => list.find((one) => one.id === id)?.name ?? id;

const useNamed = (path: string) =>
  useQuery({
    queryKey: ['names', path],
    queryFn: ({ signal }) => apiGet<{ readonly items: readonly Named[] }>(path, undefined, signal),
    staleTime: 30_000,
  });
