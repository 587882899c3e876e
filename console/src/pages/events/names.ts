// Names of sources and destinations by id, for every list that shows where an event came from or went.
import { useQuery } from '@tanstack/react-query';
import { apiGet } from '../../api/client.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Names {
  readonly sources: readonly Named[];
  readonly destinations: readonly Named[];
  /** The name, or the id of one that is gone. */
  source(id: string): string;
  destination(id: string): string;
}

/** Events that the console and the control API append themselves. */
export const ownSource = 'leat';
export const ownSourceName = 'Leat (console and API)';

export function useNames(): Names {
  const sources = useNamed('/api/v1/sources');
  const destinations = useNamed('/api/v1/destinations');
  return {
    sources,
    destinations,
    source: (id) => (id === ownSource ? ownSourceName : nameIn(sources, id)),
    destination: (id) => nameIn(destinations, id),
  };
}

const nameIn = (list: readonly Named[], id: string): string => list.find((one) => one.id === id)?.name ?? id;

function useNamed(path: string): readonly Named[] {
  const { data } = useQuery({
    queryKey: ['names', path],
    queryFn: ({ signal }) => apiGet<{ readonly items: readonly Named[] }>(path, undefined, signal),
    staleTime: 30_000,
  });
  return data?.items ?? [];
}
