// The live tail's state: the newest events, what was held back while paused, how much was skipped, and the connection.
//
// Events are taken over a few times a second, not one by one: a busy log must not redraw the page a thousand times.
import { useEffect, useEffectEvent, useState } from 'react';
import type { Query } from '../../api/client.ts';
import { followEvents } from './follow-events.ts';
import type { StoredEvent } from './stored-event.ts';

/** Newest events shown. */
const maxShown = 200;
const takeOverMs = 200;

interface Tail {
  readonly events: readonly StoredEvent[];
  /** Since the page was opened. */
  readonly seen: number;
  /** Newest first, kept back while paused. */
  readonly held: readonly StoredEvent[];
  readonly heldCount: number;
  readonly skipped: number;
}

const nothing: Tail = { events: [], seen: 0, held: [], heldCount: 0, skipped: 0 };

export interface Connection {
  /** `lost`: cut off, and tried again by itself; `refused`: `reason` says why. */
  readonly state: 'connecting' | 'live' | 'lost' | 'refused';
  /** When it was last cut off, ms since 1970, and when it was back; null when it never was. */
  readonly lostAt: number | null;
  readonly backAt: number | null;
  readonly reason: string | null;
}

const connecting: Connection = { state: 'connecting', lostAt: null, backAt: null, reason: null };

export function useLiveTail(query: Query) {
  const [tail, setTail] = useState(nothing);
  const [paused, setPaused] = useState(false);
  const [connection, setConnection] = useState(connecting);
  const [attempt, setAttempt] = useState(0);
  const asked = JSON.stringify(query);

  const take = useEffectEvent((fresh: readonly StoredEvent[], skipped: number) => {
    setTail((before) => ({
      events: paused ? before.events : [...fresh, ...before.events].slice(0, maxShown),
      seen: before.seen + fresh.length,
      held: paused ? [...fresh, ...before.held].slice(0, maxShown) : [],
      heldCount: paused ? before.heldCount + fresh.length : 0,
      skipped: before.skipped + skipped,
    }));
  });

  useEffect(() => {
    const controller = new AbortController();
    let fresh: StoredEvent[] = [];
    let skipped = 0;
    setTail(nothing);
    setPaused(false);
    setConnection(connecting);
    const timer = setInterval(() => {
      if (fresh.length === 0 && skipped === 0) return;
      take(fresh, skipped);
      fresh = [];
      skipped = 0;
    }, takeOverMs);
    const now = (change: (before: Connection) => Connection): void => {
      if (!controller.signal.aborted) setConnection(change);
    };
    void followEvents(
      JSON.parse(asked) as Query,
      {
        onLive: (again) => now((before) => ({ ...before, state: 'live', ...(again && { backAt: Date.now() }) })),
        onLost: () =>
          now((before) => (before.state === 'lost' ? before : { ...before, state: 'lost', lostAt: Date.now() })),
        onRefused: ({ message }) => now((before) => ({ ...before, state: 'refused', reason: message })),
        onEvent: (event) => {
          fresh = [event, ...fresh].slice(0, maxShown);
        },
        onSkipped: (events) => {
          skipped += events;
        },
      },
      controller.signal,
    );
    return () => {
      controller.abort();
      clearInterval(timer);
    };
  }, [asked, attempt]);

  const toggle = (): void => {
    setPaused(!paused);
    if (!paused) return;
    setTail((before) => ({
      ...before,
      events: [...before.held, ...before.events].slice(0, maxShown),
      held: [],
      heldCount: 0,
    }));
  };

  return {
    events: tail.events,
    seen: tail.seen,
    held: tail.heldCount,
    skipped: tail.skipped,
    connection,
    paused,
    toggle,
    clear: () => setTail((before) => ({ ...before, events: [], held: [], heldCount: 0 })),
    retry: () => setAttempt(attempt + 1),
  };
}

export type LiveEvents = ReturnType<typeof useLiveTail>;
