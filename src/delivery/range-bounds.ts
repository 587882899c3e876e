// How much a range may hold under a plan: what its kind's actions allow, and what memory does.
import type { Plan } from './plan.ts';

export interface RangeBounds {
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly maxWaitMs: number;
}

/** The least that any action of the kind takes, and at most `maxBytes` of events' JSON. */
export function rangeBounds({ kind, connection }: Plan, maxBytes: number): RangeBounds {
  const bounds = { maxEvents: Infinity, maxBytes, maxWaitMs: Infinity };
  for (const action of kind.actions) {
    const mode = action.mode(connection.settings);
    if (mode.mode !== 'range') throw new TypeError(`Action ${action.slug} of ${kind.slug} takes no ranges.`);
    bounds.maxEvents = Math.min(bounds.maxEvents, mode.maxEvents);
    bounds.maxBytes = Math.min(bounds.maxBytes, mode.maxBytes);
    bounds.maxWaitMs = Math.min(bounds.maxWaitMs, mode.maxWaitMs);
  }
  return bounds;
}
