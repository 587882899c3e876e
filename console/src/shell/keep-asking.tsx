// Asks again for what of the page failed and may pass, so that it is there once the server is, whatever rhythm each
// question has of its own.
import { useEffect } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { mayPass } from '../api/client.ts';

const askEveryMs = 5000;

export function KeepAsking() {
  const client = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'hidden') return;
      void client.refetchQueries({
        type: 'active',
        fetchStatus: 'idle',
        predicate: ({ state }) => mayPass(state.error),
      });
    }, askEveryMs);
    return () => clearInterval(timer);
  }, [client]);
  return null;
}
