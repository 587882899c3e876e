// Explains what one destination gets of an event and why, step by step as router.ts decides it.
import type { Action, Destination } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import type { JsonObject } from '../lib/json.ts';
import { explainTrigger } from './fql/explain-trigger.ts';
import type { TriggerExplanation } from './fql/explain-trigger.ts';
import { parseTrigger } from './fql/parse-trigger.ts';
import { integrationsVerdict } from './integrations.ts';
import { compileMapping } from './mapping/compile-mapping.ts';
import { explainMapping } from './mapping/explain-mapping.ts';
import type { MappedField } from './mapping/explain-mapping.ts';
import type { MappingOptions } from './mapping/parse-mapping.ts';
import { integrationNamesOf, toPayload } from './router.ts';
import type { FilterReason, RouterOptions } from './router.ts';

interface ActionExplanation {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly enabled: boolean;
  /** Enabled and its trigger matches. Whether it ran also depends on the reason beside. */
  readonly matched: boolean;
  /** The trigger condition by condition, also for an action that is off; absent when it cannot be read. */
  readonly trigger?: TriggerExplanation;
  /** What the mapping makes of the event, when the trigger matches. */
  readonly payload?: JsonObject;
  readonly fields?: readonly MappedField[];
  /** Why the action as stored cannot be read. */
  readonly problem?: string;
}

export interface RouteExplanation {
  readonly destinationId: string;
  readonly destinationVersion: number;
  readonly matched: boolean;
  /** Why the destination does not get the event. */
  readonly reason?: FilterReason;
  /** The entry of the call's `integrations` that decided, when one speaks of the destination. */
  readonly integrationsEntry?: string;
  readonly actions: readonly ActionExplanation[];
}

/** Explains {@link compileRouter}'s answer for the destination as given. Unlike it, an action that cannot be read is told, not thrown. */
export function explainRoute(
  destination: Destination,
  event: CanonicalEvent,
  sourceId: string,
  options: RouterOptions = {},
): RouteExplanation {
  const actions = destination.actions.map((action) => explainAction(action, event, options));
  const { allowed, by } = integrationsVerdict(event.integrations, integrationNamesOf(destination, options));
  const connected = destination.sourceIds === null || destination.sourceIds.includes(sourceId);
  const reason = ((): FilterReason | undefined => {
    if (!destination.enabled) return 'disabled';
    if (!connected) return 'source_not_connected';
    if (!allowed) return 'integrations';
    return actions.some(({ matched }) => matched) ? undefined : 'no_action_matches';
  })();
  return {
    destinationId: destination.id,
    destinationVersion: destination.version,
    matched: reason === undefined,
    ...(reason && { reason }),
    ...(by !== undefined && { integrationsEntry: by }),
    actions,
  };
}

function explainAction(action: Action, event: CanonicalEvent, options: MappingOptions): ActionExplanation {
  const { id, name, kind, enabled } = action;
  try {
    const trigger = explainTrigger(parseTrigger(action.trigger), event);
    const map = compileMapping(action.mapping, options);
    const shown = trigger.matched && {
      payload: toPayload(map(event)),
      fields: explainMapping(action.mapping, event, options),
    };
    return { id, name, kind, enabled, matched: enabled && trigger.matched, trigger, ...shown };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { id, name, kind, enabled, matched: false, problem: error.message };
  }
}
