// Follows events as they are stored, for as long as the signal lets it: when the connection is cut it connects again by
// itself and goes on after the last event, so that a restart of the server or of the network leaves no gap.
import { ApiError } from '../../api/client.ts';
import type { Query } from '../../api/client.ts';
import { apiStream } from '../../api/stream.ts';
import type { StoredEvent } from './stored-event.ts';

export interface Followed {
  /** Connected; `again` after a cut. */
  readonly onLive: (again: boolean) => void;
  /** Cut off, and trying to get back. */
  readonly onLost: () => void;
  /** Refused: trying again would not help. */
  readonly onRefused: (reason: ApiError) => void;
  readonly onEvent: (event: StoredEvent) => void;
  /** More came than can be shown. */
  readonly onSkipped: (events: number) => void;
}

const firstPauseMs = 500;
const longestPauseMs = 8000;

export async function followEvents(query: Query, followed: Followed, signal: AbortSignal): Promise<void> {
  let lastId: string | null = null;
  let cuts = 0;
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    try {
      await apiStream(
        '/api/v1/events',
        { ...query, live: 1 },
        lastId,
        {
          onOpen: () => {
            pauseMs = firstPauseMs;
            followed.onLive(cuts > 0);
          },
          onMessage: ({ event, data, id }) => {
            lastId = id ?? lastId;
            if (event === 'event') followed.onEvent(JSON.parse(data) as StoredEvent);
            if (event === 'skipped') followed.onSkipped((JSON.parse(data) as { readonly events: number }).events);
          },
        },
        signal,
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      // A server that starts or stops answers 503.
      if (error.status !== 0 && error.status < 500) return signal.aborted ? undefined : followed.onRefused(error);
    }
    if (signal.aborted) return;
    cuts++;
    followed.onLost();
    await pause(pauseMs, signal);
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  }
}

/** Over at once when the browser has a network again. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  await new Promise<void>((resolve) => {
    const either = { signal: AbortSignal.any([signal, over.signal]) };
    window.addEventListener('online', () => resolve(), either);
    signal.addEventListener('abort', () => resolve(), either);
    setTimeout(resolve, ms);
  });
  over.abort();
}
