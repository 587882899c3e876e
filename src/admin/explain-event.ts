// Explains one event: what was stored, what the workspace did with it, and how it stands at each destination and why.
import type { IntakeStore, Repeats, StoredRejection } from '../control/intake-store.ts';
import type { Destination } from '../control/model.ts';
import { workspaceDestinationId } from '../control/first-source.ts';
import type {
  Attempt,
  ConfigVersion,
  DeliveryControl,
  DestinationState,
  Standing,
} from '../delivery/delivery-reader.ts';
import type { TestedEvent } from '../delivery/tested-event.ts';
import { redactSettings } from '../destinations/settings.ts';
import { InputError } from '../errors/errors.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { isObject } from '../lib/json.ts';
import type { LogRecord } from '../log/event-log.ts';
import { explainRoute } from '../routing/explain-route.ts';
import type { RouteExplanation } from '../routing/explain-route.ts';
import type { RouterOptions } from '../routing/router.ts';
import type { EventEffect } from '../workspace/workspace-reader.ts';
import type { AdminDeps } from './admin-deps.ts';
import { changedFields, compareRoutes } from './compare-routes.ts';
import { kindOf } from './kinds.ts';
import { replayOf } from './replay-outcome.ts';
import type { ReplayOfEvent } from './replay-outcome.ts';
import { parseStoredEvent } from './stored-event.ts';

export interface EventExplanation {
  readonly record: LogRecord;
  readonly event: CanonicalEvent;
  /** Name of the source; null when it was deleted since, or is Leat itself. */
  readonly sourceName: string | null;
  /** What the log can still tell a repeat by. */
  readonly dedup: {
    readonly since: number;
    readonly covered: boolean;
    /** That it came again; null when no repeat is on record. */
    readonly repeats: Repeats | null;
  };
  readonly workspace: {
    /** What would come out differently with the present actions. */
    readonly differsToday: readonly string[];
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
  /** What would come out differently with the present configuration, or goes out by it although `route` is of then. */
  readonly differsToday: readonly string[];
  /** What its actions send, with the present settings; null when nothing of it is to be sent. */
  readonly sends: Sends | null;
  /** Whether `route` stands on the present configuration, because none is recorded for this event. */
  readonly presentConfig: boolean;
  /** The version of Leat that routed it, when it was another one; then today's code may come out differently. */
  readonly otherCode: string | null;
  readonly attempts: readonly Attempt[];
  /** The event that this destination gets instead, as a user changed it; `route` and `sends` are of it. */
  readonly edit: { readonly at: number; readonly event: CanonicalEvent } | null;
  /** What holds up an event that is not finished, the destination as a whole; null when nothing does. */
  readonly heldUp: HeldUp | null;
  /** Replays in whose stretch it lies, latest first. */
  readonly replays: readonly ReplayOfEvent[];
}

interface HeldUp {
  readonly by: 'switched off' | 'paused';
  /** Why it is paused, and until when (ms). */
  readonly reason: string | null;
  readonly until: number | null;
}

/** Requests worked out anew, or why they cannot be. */
type Sends =
  | { readonly actions: TestedEvent['actions']; readonly problem: null }
  | { readonly actions: readonly []; readonly problem: string };

export interface Explained {
  readonly events: readonly EventExplanation[];
  /** Calls with this id that were not taken; looked for only when the log has none. */
  readonly rejections: readonly StoredRejection[];
}

type Deps = Pick<AdminDeps, 'log' | 'control' | 'workspace' | 'delivery' | 'registry' | 'version'> & {
  readonly deliveryControl: Pick<DeliveryControl, 'testEvent'>;
  readonly intake: Pick<IntakeStore, 'findRejections' | 'findRepeats'>;
};

/** All events with this messageId, one per source at most, or only that of `sourceId`. */
export async function explainEvent(deps: Deps, messageId: string, sourceId?: string): Promise<Explained> {
  const records = await deps.log.find(messageId, sourceId);
  if (records.length === 0) {
    const rejections = await deps.intake.findRejections(messageId, 20);
    return { events: [], rejections: rejections.filter((one) => sourceId === undefined || one.sourceId === sourceId) };
  }
  const [{ sources, destinations }, { dedup }] = await Promise.all([deps.control.snapshot(), deps.log.status()]);
  const events = records.map(async (record): Promise<EventExplanation> => {
    const event = parseStoredEvent(record.body);
    const { partition, offset } = record;
    const [effect, cursors, actionsThen, states, repeats] = await Promise.all([
      deps.workspace.effect(partition, offset),
      deps.workspace.cursors(),
      deps.workspace.actionsAt(partition, offset),
      deps.delivery.states(),
      deps.intake.findRepeats(record.sourceId, record.messageId),
    ]);
    const cursor = cursors.find((one) => one.partition === partition);
    const present = destinations.find(({ id }) => id === workspaceDestinationId);
    const routed = (workspace: Destination | null | undefined): RouteExplanation | null =>
      workspace ? explainRoute(workspace, event, record.sourceId, routingOf(deps, workspace)) : null;
    const [then, today] = [routed(actionsThen ?? present), routed(present)];
    const others = destinations.filter(({ id }) => id !== workspaceDestinationId);
    // Where it stands is read before the tries, or a delivery between the two would stand without the try that made it.
    const standings = await Promise.all(others.map(({ id }) => deps.delivery.standing(id, partition, offset)));
    const attempts = await deps.delivery.attempts(partition, offset);
    const explained = others.map((one, index) =>
      explainAt(deps, one, record, { event, standing: standings[index] ?? 'before start', attempts, states }),
    );
    return {
      record,
      event,
      sourceName: sources.find(({ id }) => id === record.sourceId)?.name ?? null,
      dedup: { since: dedup.since, covered: record.receivedAt >= dedup.since, repeats },
      workspace: {
        reached: cursor !== undefined && cursor.offset > offset,
        effect,
        route: then,
        differsToday: then && today ? compareRoutes(then, today) : [],
      },
      destinations: await Promise.all(explained),
    };
  });
  return { events: await Promise.all(events), rejections: [] };
}

interface KnownOfEvent {
  readonly event: CanonicalEvent;
  readonly standing: Standing;
  readonly attempts: readonly Attempt[];
  readonly states: readonly DestinationState[];
}

async function explainAt(
  deps: Deps,
  present: Destination,
  record: LogRecord,
  { event: received, standing, attempts, states }: KnownOfEvent,
): Promise<DestinationExplanation> {
  const { partition, offset, sourceId } = record;
  const [recorded, runs, aside] = await Promise.all([
    deps.delivery.configAt(present.id, partition, offset),
    deps.delivery.replays(present.id),
    deps.delivery.aside(present.id, partition, offset),
  ]);
  const edit = aside.edit && { at: aside.edit.at, event: parseStoredEvent(aside.edit.body) };
  const event = edit?.event ?? received;
  // Stored by delivery as the destination it was, secrets blanked; routing looks at nothing secret.
  const destination: Destination = recorded ? { ...present, ...recorded.config, version: recorded.version } : present;
  const route = explainRoute(destination, event, sourceId, routingOf(deps, present));
  const today = explainRoute(present, event, sourceId, routingOf(deps, present));
  return {
    destination: { id: present.id, name: present.name, kind: present.kind },
    standing,
    route,
    differsToday: [...compareRoutes(route, today), ...settingsChanged(deps, present, recorded)],
    sends: route.matched ? await sendsOf(deps, destination, event, sourceId) : null,
    presentConfig: recorded === null,
    otherCode: recorded && recorded.codeVersion !== deps.version ? recorded.codeVersion : null,
    attempts: attempts.filter(({ destinationId }) => destinationId === present.id),
    edit,
    heldUp: heldUpBy(
      present,
      standing,
      states.find(({ destinationId }) => destinationId === present.id),
    ),
    replays: runs.flatMap((run) => replayOf(run, record, aside.replayFailures) ?? []),
  };
}

function heldUpBy({ enabled }: Destination, standing: Standing, state: DestinationState | undefined): HeldUp | null {
  if (!['not reached', 'in flight', 'parked'].includes(standing)) return null;
  if (!enabled) return { by: 'switched off', reason: null, until: null };
  if (!state || state.breaker === 'closed') return null;
  return { by: 'paused', reason: state.breakerReason, until: state.nextProbeAt };
}

/** Settings of then have no secrets, so requests are worked out with those of now; which differ is said. */
function settingsChanged(
  { registry }: Deps,
  { kind, settings }: Destination,
  recorded: ConfigVersion | null,
): readonly string[] {
  const model = registry.get(kind);
  const before = recorded?.config['settings'];
  if (!model || !isObject(before)) return [];
  const { delivery: _, ...then } = before;
  const { delivery: __, ...now } = redactSettings(model, settings);
  const fields = changedFields(then, now);
  return fields.length === 0 ? [] : [`Settings were changed since: ${fields.join(', ')}.`];
}

async function sendsOf(
  { deliveryControl }: Deps,
  { id, actions }: Destination,
  stored: CanonicalEvent,
  sourceId: string,
): Promise<Sends> {
  const { _leat: _, ...event } = stored;
  try {
    const tested = await deliveryControl.testEvent(id, { sourceId, event, actionId: null, dryRun: true, actions });
    return { actions: tested.actions, problem: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { actions: [], problem: error.message };
  }
}

const routingOf = ({ registry }: Deps, { kind }: Destination): RouterOptions => kindOf(registry, kind)?.routing ?? {};
