// What became of one event at one destination, in the ledger's words: the drill-down from a sum to its events.
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Destination } from '../control/model.ts';
import type { LogRecord } from '../log/event-log.ts';
import { compileRouter } from '../routing/router.ts';
import type { Router } from '../routing/router.ts';
import type { AdminDeps } from './admin-deps.ts';
import { kindOf } from './kinds.ts';
import { parseStoredEvent } from './stored-event.ts';

export const outcomes = ['delivered', 'filtered', 'discarded', 'failed', 'pending'] as const;

export interface EventOutcome {
  readonly outcome: (typeof outcomes)[number];
  /** Why it was filtered or discarded, where that is known of a single event. */
  readonly reason: string | null;
}

type Deps = Pick<AdminDeps, 'workspace' | 'delivery' | 'registry'>;

/** Answers for events of one destination; null for an event from before it began. Keeps compiled routers by version. */
export function outcomesAt(deps: Deps, present: Destination): (record: LogRecord) => Promise<EventOutcome | null> {
  return present.id === workspaceDestinationId ? workspaceOutcomes(deps) : destinationOutcomes(deps, present);
}

function workspaceOutcomes({ workspace }: Deps): (record: LogRecord) => Promise<EventOutcome | null> {
  return async ({ partition, offset }) => {
    const effect = await workspace.effect(partition, offset);
    if (effect) return { outcome: effect.outcome, reason: effect.reason };
    const cursors = await workspace.cursors();
    const cursor = cursors.find((one) => one.partition === partition);
    if (cursor && offset < cursor.start) return null;
    // What the cursor has passed without an effect went by in a gap.
    return cursor && offset < cursor.offset
      ? { outcome: 'discarded', reason: 'retention' }
      : { outcome: 'pending', reason: null };
  };
}

function destinationOutcomes(
  { delivery, registry }: Deps,
  present: Destination,
): (record: LogRecord) => Promise<EventOutcome | null> {
  const routers = new Map<number, Router>();
  const routerOf = (version: number, config: object): Router => {
    const known = routers.get(version);
    if (known) return known;
    const router = compileRouter({ ...present, ...config, version }, kindOf(registry, present.kind)?.routing);
    routers.set(version, router);
    return router;
  };
  return async (record) => {
    const { partition, offset } = record;
    const standing = await delivery.standing(present.id, partition, offset);
    switch (standing) {
      case 'before start':
        return null;
      case 'dead letter':
        return { outcome: 'failed', reason: null };
      case 'discarded':
        return { outcome: 'discarded', reason: null };
      case 'skipped':
        return { outcome: 'discarded', reason: 'skipped' };
      case 'parked':
      case 'in flight':
      case 'not reached':
        return { outcome: 'pending', reason: standing };
      case 'done': {
        const recorded = await delivery.configAt(present.id, partition, offset);
        const router = recorded ? routerOf(recorded.version, recorded.config) : routerOf(present.version, {});
        const route = router.route(parseStoredEvent(record.body), record.sourceId);
        return route.kind === 'filtered'
          ? { outcome: 'filtered', reason: route.reason }
          : { outcome: 'delivered', reason: null };
      }
      default:
        return standing satisfies never;
    }
  };
}
