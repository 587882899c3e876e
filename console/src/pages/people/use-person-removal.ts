// Deleting or suppressing a person: appended to the log as an event, after which nothing of the person may be shown.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { apiSend } from '../../api/client.ts';
import { personPath } from './people-api.ts';
import type { PersonChange } from './people-api.ts';

export type Removal = 'delete' | 'suppress';

export function usePersonRemoval(identifier: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (removal: Removal) =>
      removal === 'delete'
        ? apiSend<PersonChange>('DELETE', personPath(identifier))
        : apiSend<PersonChange>('POST', `${personPath(identifier)}/suppress`),
    onSuccess: async () => {
      client.removeQueries({ queryKey: ['/api/v1/people'] });
      await client.invalidateQueries({ queryKey: ['/api/v1/suppressions'] });
    },
  });
}

export type PersonRemoval = ReturnType<typeof usePersonRemoval>;
