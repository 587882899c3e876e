// What the latest connection test of each destination found, as long as the page is open and it still says something.
import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiSend } from '../../api/client.ts';
import { pathOf } from './destination-queries.ts';
import type { Destination } from './destination-queries.ts';

interface TestFound {
  readonly ok: boolean;
  readonly message: string;
  readonly at: string;
}

const keyOf = (id: string): readonly string[] => ['connection-tests', id];

export function useTestDestination(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => apiSend<Omit<TestFound, 'at'>>('POST', `${pathOf(id)}/test`),
    onSuccess: (found): void => {
      client.setQueryData<TestFound>(keyOf(id), { ...found, at: new Date().toISOString() });
    },
  });
}

/** Why the latest test failed; null once a test or a delivery went well, or the destination was changed here. */
export function useFailedTest({ id, state }: Pick<Destination, 'id' | 'state'>): string | null {
  const { data } = useQuery<TestFound>({
    queryKey: keyOf(id),
    queryFn: skipToken,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  if (!data || data.ok) return null;
  const deliveredAt = state?.lastSuccessAt ?? null;
  return deliveredAt !== null && deliveredAt > data.at ? null : data.message;
}

/** After a change of settings the latest test says nothing any more. */
export function useForgetTest(id: string): () => void {
  const client = useQueryClient();
  return () => client.removeQueries({ queryKey: keyOf(id) });
}
