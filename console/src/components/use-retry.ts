// Asks again for whatever of the page failed: what the server could not answer was seldom one thing alone.
import { useQueryClient } from '@tanstack/react-query';

export function useRetry(): () => void {
  const client = useQueryClient();
  return () => void client.refetchQueries({ type: 'active', predicate: ({ state }) => state.error !== null });
}
