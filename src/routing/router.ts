// Decides what one destination gets of an event: nothing, and why, or the mapped payload of every matching action.
import type { Action, Destination } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { isObject } from '../lib/json.ts';
import type { JsonObject } from '../lib/json.ts';
import { compileTrigger } from './fql/compile-trigger.ts';
import { parseTrigger } from './fql/parse-trigger.ts';
import { integrationsAllow } from './integrations.ts';
import { compileMapping } from './mapping/compile-mapping.ts';

/** Why a destination does not get an event. Tested in this order. */
export type FilterReason = 'disabled' | 'source_not_connected' | 'integrations' | 'no_action_matches';

export interface MatchedAction {
  readonly action: Action;
  /** What the action's mapping made of the event; {} when it made nothing that is an object. Shares the event's objects. */
  readonly payload: JsonObject;
}

export type Route =
  | { readonly kind: 'filtered'; readonly reason: FilterReason }
  | { readonly kind: 'matched'; readonly actions: readonly MatchedAction[] };

export interface Router {
  readonly destination: Destination;
  /** Never throws on any event. */
  route(event: CanonicalEvent, sourceId: string): Route;
}

export interface RouterOptions {
  /** Names under which a call's `integrations` may address the destination besides its own name: those of its kind. */
  readonly integrationNames?: readonly string[];
}

const filtered = (reason: FilterReason): Route => ({ kind: 'filtered', reason });
const filteredRoutes = {
  disabled: filtered('disabled'),
  source_not_connected: filtered('source_not_connected'),
  integrations: filtered('integrations'),
  no_action_matches: filtered('no_action_matches'),
} as const satisfies Record<FilterReason, Route>;

/**
 * Compiles a destination's actions. Every enabled action whose trigger matches runs, in the order of the list.
 * Throws InputError naming `actions[n].trigger` or a path inside `actions[n].mapping`.
 */
export function compileRouter(destination: Destination, options: RouterOptions = {}): Router {
  const names = [destination.name, ...(options.integrationNames ?? [])];
  const sources = destination.sourceIds && new Set(destination.sourceIds);
  const compiled = destination.actions.map(compileAction).filter(({ action }) => action.enabled);

  return {
    destination,
    route(event, sourceId) {
      if (!destination.enabled) return filteredRoutes.disabled;
      if (sources && !sources.has(sourceId)) return filteredRoutes.source_not_connected;
      if (!integrationsAllow(event.integrations, names)) return filteredRoutes.integrations;
      const actions: MatchedAction[] = [];
      for (const { action, matches, map } of compiled) {
        if (!matches(event)) continue;
        const payload = map(event);
        actions.push({ action, payload: payload !== undefined && isObject(payload) ? payload : {} });
      }
      return actions.length === 0 ? filteredRoutes.no_action_matches : { kind: 'matched', actions };
    },
  };
}

function compileAction(action: Action, index: number) {
  try {
    return { action, matches: compileTrigger(parseTrigger(action.trigger)), map: compileMapping(action.mapping) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const field = `actions[${index}].${error.field ?? 'trigger'}`;
    throw new InputError(error.code, `Action "${action.name}": ${error.message}`, field, { cause: error });
  }
}
