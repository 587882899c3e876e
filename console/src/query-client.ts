// How the pages' questions to the server are asked: also without a network, and again at once when that may help.
import { QueryClient } from '@tanstack/react-query';
import { mayPass } from './api/client.ts';
import type { ApiError } from './api/client.ts';

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // A server on this machine or in this house answers whatever the browser thinks of the network; and who waits
        // for a network is told so, not shown that something is loading.
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 5000,
        // Only what may pass is tried again at once; what took the whole time limit has been waited for long enough.
        retry: (failures, error) => failures < 2 && mayPass(error) && (error as ApiError).code !== 'timed_out',
        // Who waits is told within a second that something is wrong, and what to do.
        retryDelay: (failures) => 250 * 2 ** failures,
      },
      mutations: { networkMode: 'always' },
    },
  });
