// What the latest connection test of a destination found, for as long as it says something.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { apiSend } from '../../api/client.ts';
import type { Answer } from '../../api/types.ts';
import { pathOf } from './destination-queries.ts';
import type { Destination } from './destination-queries.ts';

type LastTest = NonNullable<Destination['lastTest']>;

/** The test once everything that shows it has been read again. */
export function useTestDestination(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => apiSend<Answer<'/api/v1/destinations/{id}/test', 'post'>>('POST', `${pathOf(id)}/test`),
    onSuccess: () =>
      Promise.all(['destinations', 'status'].map((about) => client.invalidateQueries({ queryKey: [about] }))),
  });
}

/** The latest test when it failed and nothing has been delivered since; a later success of either kind outdates it. */
export const failedTest = (lastTest: LastTest | null, lastSuccessAt: string | null): LastTest | null =>
  lastTest === null || lastTest.ok || (lastSuccessAt !== null && lastSuccessAt > lastTest.at) ? null : lastTest;
