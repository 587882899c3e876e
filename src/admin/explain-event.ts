// Explains one event: what was stored, what the workspace did with it, and how it stands at each destination and why.
import type { IntakeStore, StoredRejection } from '../control/intake-store.ts';
import type { Destination } from '../control/model.ts';
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Attempt, Standing } from '../delivery/delivery-reader.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import type { LogRecord } from '../log/event-log.ts';
import { explainRoute } from '../routing/explain-route.ts';
import type { RouteExplanation } from '../routing/explain-route.ts';
import type { EventEffect } from '../workspace/workspace-reader.ts';
import type { AdminDeps } from './admin-deps.ts';
import { kindOf } from './kinds.ts';
import { parseStoredEvent } from './stored-event.ts';

export interface EventExplanation {
  readonly record: LogRecord;
  readonly event: CanonicalEvent;
  /** Name of the source; null when it was deleted since, or is Leat itself. */
  readonly sourceName: string | null;
  readonly workspace: {
    readonly reached: boolean;
    readonly effect: EventEffect | null;
    /** By the actions it was applied with; by the present ones before that. */
    readonly route: RouteExplanation | null;
  };
  readonly destinations: readonly DestinationExplanation[];
}

interface DestinationExplanation {
  readonly destination: Pick<Destination, 'id' | 'name' | 'kind'>;
  readonly standing: Standing;
  /** Recomputed with the configuration under which it was routed, or with the present one. */
  readonly route: RouteExplanation;
  /** Whether `route` stands on the present configuration, because none is recorded for this event. */
  readonly presentConfig: boolean;
  /** The version of Leat that routed it, when it was another one; then today's code may come out differently. */
  readonly otherCode: string | null;
  readonly attempts: readonly Attempt[];
}

export interface Explained {
  readonly events: readonly EventExplanation[];
  /** Calls with this id that were not taken; looked for only when the log has none. */
  readonly rejections: readonly StoredRejection[];
}

type Deps = Pick<AdminDeps, 'log' | 'control' | 'workspace' | 'delivery' | 'registry' | 'version'> & {
  readonly intake: Pick<IntakeStore, 'findRejections'>;
};

/** All events with this messageId, one per source at most, or only that of `sourceId`. */
export async function explainEvent(deps: Deps, messageId: string, sourceId?: string): Promise<Explained> {
  const records = await deps.log.find(messageId, sourceId);
  if (records.length === 0) {
    const rejections = await deps.intake.findRejections(messageId, 20);
    return { events: [], rejections: rejections.filter((one) => sourceId === undefined || one.sourceId === sourceId) };
  }
  const { sources, destinations } = await deps.control.snapshot();
  const events = records.map(async (record): Promise<EventExplanation> => {
    const event = parseStoredEvent(record.body);
    const { partition, offset } = record;
    const [effect, cursors, actionsThen, attempts] = await Promise.all([
      deps.workspace.effect(partition, offset),
      deps.workspace.cursors(),
      deps.workspace.actionsAt(partition, offset),
      deps.delivery.attempts(partition, offset),
    ]);
    const cursor = cursors.find((one) => one.partition === partition);
    const workspace = actionsThen ?? destinations.find(({ id }) => id === workspaceDestinationId);
    const others = destinations.filter(({ id }) => id !== workspaceDestinationId);
    return {
      record,
      event,
      sourceName: sources.find(({ id }) => id === record.sourceId)?.name ?? null,
      workspace: {
        reached: cursor !== undefined && cursor.offset > offset,
        effect,
        route: workspace ? explainRoute(workspace, event, record.sourceId, namesOf(deps, workspace)) : null,
      },
      destinations: await Promise.all(others.map((one) => explainAt(deps, one, record, event, attempts))),
    };
  });
  return { events: await Promise.all(events), rejections: [] };
}

async function explainAt(
  deps: Deps,
  present: Destination,
  { partition, offset, sourceId }: LogRecord,
  event: CanonicalEvent,
  attempts: readonly Attempt[],
): Promise<DestinationExplanation> {
  const [standing, recorded] = await Promise.all([
    deps.delivery.standing(present.id, partition, offset),
    deps.delivery.configAt(present.id, partition, offset),
  ]);
  // Stored by delivery as the destination it was, secrets blanked; routing looks at nothing secret.
  const destination: Destination = recorded ? { ...present, ...recorded.config, version: recorded.version } : present;
  return {
    destination: { id: present.id, name: present.name, kind: present.kind },
    standing,
    route: explainRoute(destination, event, sourceId, namesOf(deps, present)),
    presentConfig: recorded === null,
    otherCode: recorded && recorded.codeVersion !== deps.version ? recorded.codeVersion : null,
    attempts: attempts.filter(({ destinationId }) => destinationId === present.id),
  };
}

const namesOf = ({ registry }: Deps, { kind }: Destination) => ({
  integrationNames: kindOf(registry, kind)?.integrationNames ?? [],
});
