// The live tail's state: the newest events, what was held back while paused, and how much was skipped.
//
// Events are taken over a few times a second, not one by one: a busy log must not redraw the page a thousand times.
import { useEffect, useEffectEvent, useState } from 'react';
import { apiStream } from '../../api/client.ts';
import type { Query } from './pages-of.ts';
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

export function useLiveTail(query: Query) {
  const [tail, setTail] = useState(nothing);
  const [paused, setPaused] = useState(false);
  const [state, setState] = useState<'connecting' | 'live'>('connecting');
  const [error, setError] = useState<string | null>(null);
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
    setError(null);
    setState('connecting');
    const timer = setInterval(() => {
      if (fresh.length === 0 && skipped === 0) return;
      take(fresh, skipped);
      fresh = [];
      skipped = 0;
    }, takeOverMs);
    const failed = (reason: unknown): void => {
      if (controller.signal.aborted) return;
      setState('connecting');
      setError(reason instanceof Error ? reason.message : 'The connection to Leat was closed.');
    };
    const read = (message: { readonly event: string; readonly data: string }): void => {
      if (message.event === 'event') fresh = [JSON.parse(message.data) as StoredEvent, ...fresh].slice(0, maxShown);
      else if (message.event === 'skipped') skipped += (JSON.parse(message.data) as { readonly events: number }).events;
    };
    const live: Query = { ...(JSON.parse(asked) as Query), live: '1' };
    setState('live');
    apiStream('/api/v1/events', live, read, controller.signal).then(() => failed(null), failed);
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
    state,
    paused,
    error,
    toggle,
    clear: () => setTail((before) => ({ ...before, events: [], held: [], heldCount: 0 })),
    retry: () => setAttempt(attempt + 1),
  };
}
