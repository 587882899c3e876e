// Actions as they are sent: completed from their kind, and refused when a trigger or mapping cannot be read.
import { z } from 'zod';
import type { Action, Destination } from '../control/model.ts';
import { startingActions } from '../destinations/destination.ts';
import type { DestinationKind } from '../destinations/destination.ts';
import { InputError } from '../errors/errors.ts';
import { nearest } from '../lib/nearest.ts';
import { randomToken } from '../lib/random.ts';
import { compileRouter } from '../routing/router.ts';
import { displayName, jsonObject } from './api-schema.ts';
import type { KindModel } from './kinds.ts';

export const actionInput = z.strictObject({
  id: z.string().min(1).max(100).optional().meta({ description: 'Keeps the identity of an action that exists.' }),
  kind: z.string().min(1).meta({ description: 'Slug of one of the kind’s actions.' }),
  name: displayName.optional(),
  enabled: z.boolean().default(true),
  trigger: z.string().max(10_000).optional().meta({ description: 'FQL; the kind’s default when left out.' }),
  mapping: jsonObject.optional().meta({ description: 'Mapping directives; the kind’s default when left out.' }),
});

const newActionId = (): string => `act_${randomToken(12)}`;

/** The actions a new destination of the kind starts with. */
export const defaultActions = (kind: DestinationKind): readonly Action[] =>
  startingActions(kind).map(({ action, ...rest }) => ({ id: newActionId(), kind: action, enabled: true, ...rest }));

/**
 * Completes what was sent. Without a kind, because it is not installed, each action must say its trigger and mapping.
 * @throws InputError `invalid_request` naming the action that is of no known kind, incomplete, or a double.
 */
export function toActions(sent: readonly z.output<typeof actionInput>[], kind: KindModel | null): readonly Action[] {
  const ids = new Set<string>();
  return sent.map((given, index) => {
    const model = kind?.actions.find(({ slug }) => slug === given.kind);
    if (kind && !model) throw unknownKind(given.kind, kind, index);
    const trigger = given.trigger ?? model?.defaultTrigger;
    const mapping = given.mapping ?? model?.defaultMapping;
    if (trigger === undefined || trigger === null) throw missing(index, 'trigger');
    if (mapping === undefined) throw missing(index, 'mapping');
    const actionId = given.id ?? newActionId();
    if (ids.has(actionId))
      throw new InputError(
        'invalid_request',
        `Two actions have the id ${actionId}. Leave it out for a new action.`,
        `actions[${index}].id`,
      );
    ids.add(actionId);
    return {
      id: actionId,
      kind: given.kind,
      name: given.name ?? model?.name ?? given.kind,
      enabled: given.enabled,
      trigger,
      mapping,
    };
  });
}

/** @throws InputError `invalid_request` naming the trigger or mapping that cannot be read. Also those of actions that are off. */
export function checkActions(destination: Destination, kind: KindModel | null): void {
  const actions = destination.actions.map((action) => ({ ...action, enabled: true }));
  compileRouter({ ...destination, actions }, kind?.routing ?? {});
}

const missing = (index: number, field: string): InputError =>
  new InputError(
    'invalid_request',
    `actions[${index}].${field} is missing, and this kind of action has no default. Send it.`,
    `actions[${index}].${field}`,
  );

function unknownKind(slug: string, kind: KindModel, index: number): InputError {
  const slugs = kind.actions.map((action) => action.slug);
  return new InputError(
    'invalid_request',
    `actions[${index}].kind: ${kind.name} has no action ${slug}. Did you mean ${nearest(slug, slugs)}?`,
    `actions[${index}].kind`,
  );
}
