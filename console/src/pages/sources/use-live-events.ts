// Events of a source as they are stored, newest first. While paused nothing is fetched; going on takes up what comes
// from then on, and the list of stored events fills the gap.
import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { apiStream } from '../../api/client.ts';
import { eventsQuery } from './source-queries.ts';
import type { EventFilter, StoredEvent } from './source-queries.ts';

interface LiveEvents {
  readonly events: readonly StoredEvent[];
  readonly skipped: number;
  readonly connected: boolean;
  readonly error: Error | null;
}

const nothing: LiveEvents = { events: [], skipped: 0, connected: false, error: null };
/** As many as a page can show without becoming slow; older ones are a click away. */
const most = 200;

export function useLiveEvents(filter: EventFilter, paused: boolean): LiveEvents {
  const [seen, setSeen] = useState<{ readonly of: string; readonly live: LiveEvents }>({ of: '', live: nothing });
  const client = useQueryClient();
  const of = JSON.stringify(filter);

  useEffect(() => {
    if (paused) return undefined;
    const gone = new AbortController();
    const wanted = JSON.parse(of) as EventFilter;
    const change = (next: (live: LiveEvents) => LiveEvents): void => {
      if (!gone.signal.aborted) setSeen((now) => ({ of, live: next(now.of === of ? now.live : nothing) }));
    };
    const follow = async (): Promise<void> => {
      try {
        change((live) => ({ ...live, connected: true, error: null }));
        // What was stored while nobody listened.
        await client.invalidateQueries({ queryKey: eventsQuery(wanted).queryKey });
        await apiStream(
          '/api/v1/events',
          { ...wanted, live: 1 },
          ({ event, data }) => {
            if (event === 'event') change((live) => withEvent(live, JSON.parse(data) as StoredEvent));
            if (event === 'skipped') change((live) => withSkipped(live, JSON.parse(data) as { events: number }));
          },
          gone.signal,
        );
        change((live) => ({ ...live, connected: false }));
      } catch (error) {
        const why = error instanceof Error ? error : new Error('The live connection ended. Reload the page.');
        change((live) => ({ ...live, connected: false, error: why }));
      }
    };
    void follow();
    return () => gone.abort();
  }, [of, paused, client]);

  return seen.of === of ? seen.live : nothing;
}

const withEvent = (live: LiveEvents, event: StoredEvent): LiveEvents => ({
  ...live,
  events: [event, ...live.events].slice(0, most),
});

const withSkipped = (live: LiveEvents, { events }: { readonly events: number }): LiveEvents => ({
  ...live,
  skipped: live.skipped + events,
});
