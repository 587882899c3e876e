// Decides what one destination gets of an event: nothing, and why, or the mapped payload of every matching action.
import type { Action, Destination } from '../control/model.ts';
import { InputError } from '../errors/errors.ts';
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { isObject } from '../lib/json.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { compileTriggerSet } from './fql/compile-trigger-set.ts';
import { parseTrigger } from './fql/parse-trigger.ts';
import { integrationsAllow } from './integrations.ts';
import { compileMapping } from './mapping/compile-mapping.ts';
import type { MappingOptions } from './mapping/parse-mapping.ts';

/** Why a destination does not get an event. Tested in this order. */
export type FilterReason = 'disabled' | 'source_not_connected' | 'integrations' | 'no_action_matches';

export interface MatchedAction {
  readonly action: Action;
  /** What the action's mapping made of the event; {} when it made nothing that is an object. Shares the event's objects. */
  readonly payload: JsonObject;
}

type Route =
  | { readonly kind: 'filtered'; readonly reason: FilterReason }
  | { readonly kind: 'matched'; readonly actions: readonly MatchedAction[] };

export interface Router {
  readonly destination: Destination;
  /** Never throws on any event. */
  route(event: CanonicalEvent, sourceId: string): Route;
}

export interface RouterOptions extends MappingOptions {
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
 * Compiles a destination's enabled actions. Every enabled action whose trigger matches runs, in the order of the list.
 * Throws InputError naming `actions[n].trigger` or a path inside `actions[n].mapping`.
 */
export function compileRouter(destination: Destination, options: RouterOptions = {}): Router {
  const names = integrationNamesOf(destination, options);
  const sources = destination.sourceIds && new Set(destination.sourceIds);
  const entries = destination.actions.flatMap((action, index) =>
    action.enabled ? [compileAction(action, index, options)] : [],
  );
  const matching = compileTriggerSet(entries);

  return {
    destination,
    route(event, sourceId) {
      if (!destination.enabled) return filteredRoutes.disabled;
      if (sources && !sources.has(sourceId)) return filteredRoutes.source_not_connected;
      if (!integrationsAllow(event.integrations, names)) return filteredRoutes.integrations;
      const matched = matching(event);
      if (matched.length === 0) return filteredRoutes.no_action_matches;
      const actions = matched.map(({ action, map }) => ({ action, payload: toPayload(map(event)) }));
      return { kind: 'matched', actions };
    },
  };
}

/** The names under which a call's `integrations` may address the destination, the most particular first. */
export const integrationNamesOf = (destination: Destination, options: RouterOptions): readonly string[] => [
  destination.name,
  ...(options.integrationNames ?? []),
];

/** What an action gets when its mapping made `mapped`. */
export const toPayload = (mapped: Json | undefined): JsonObject =>
  mapped !== undefined && isObject(mapped) ? mapped : {};

function compileAction(action: Action, index: number, options: MappingOptions) {
  try {
    return [parseTrigger(action.trigger), { action, map: compileMapping(action.mapping, options) }] as const;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const field = `actions[${index}].${error.field ?? 'trigger'}`;
    throw new InputError(error.code, `Action "${action.name}": ${error.message}`, field, { cause: error });
  }
}
