// A page whose code is loaded when it is first opened, as a query: slow, failed and tried again are shown as with any
// other. The router's own way reloads the address when code is missing, which loses the whole console while the server
// is away.
import type { ComponentType } from 'react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError, apiGet, timedOut } from './api/client.ts';
import { ErrorNotice } from './components/error-notice.tsx';
import { QueryView } from './components/query-view.tsx';

const outdated = 'outdated';

type LoadPage = () => Promise<ComponentType>;

/** How long the page before stays while the code of the next one is loaded. */
const preloadMs = 300;
const loadWithinMs = 30_000;

/** `name` tells pages apart. */
export function lazyPage(name: string, load: LoadPage) {
  let loaded: ComponentType | null = null;
  const query = queryOptions({
    queryKey: ['page', name],
    queryFn: async () => ({ Page: (loaded ??= await loadOrSayWhyNot(load)) }),
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const LazyPage = () => {
    const page = useQuery(query);
    // Code that is here already is shown at once, without a moment of nothing.
    if (loaded) return <LoadedPage Page={loaded} />;
    if (page.error instanceof ApiError && page.error.code === outdated)
      return <ErrorNotice error={page.error} retryLabel="Reload" onRetry={() => location.reload()} />;
    return <QueryView query={page}>{LoadedPage}</QueryView>;
  };
  /** The router waits for this before it changes pages. */
  LazyPage.preload = async (): Promise<void> => {
    const arrive = async (): Promise<void> => {
      try {
        loaded = await load();
      } catch {
        // The page itself asks again, and says what is wrong.
      }
    };
    await Promise.race([arrive(), new Promise((resolve) => setTimeout(resolve, preloadMs))]);
  };
  return LazyPage;
}

const LoadedPage = ({ Page }: { readonly Page: ComponentType }) => <Page />;

/** @throws ApiError */
async function loadOrSayWhyNot(load: LoadPage): Promise<ComponentType> {
  const limit = AbortSignal.timeout(loadWithinMs);
  const tooLate = new Promise<never>((_, reject) => limit.addEventListener('abort', () => reject(timedOut())));
  try {
    return await Promise.race([load(), tooLate]);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    await apiGet('/api/v1/session');
    // The server answers, so its console is not the one whose code was asked for.
    throw new ApiError(
      410,
      outdated,
      'This page is not there any more: a newer console was installed while this one was open. Reload to get it.',
    );
  }
}
