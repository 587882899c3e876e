// Destinations as the control API shows them: secrets blanked, with how they are doing.
import { z } from 'zod';
import { workspaceDestinationId } from '../control/first-source.ts';
import type { ControlSnapshot, Destination, DestinationTest } from '../control/model.ts';
import type { DestinationState } from '../delivery/delivery-reader.ts';
import type { Pace } from '../delivery/pace.ts';
import type { DestinationRegistry } from '../destinations/registry.ts';
import { redactSettings } from '../destinations/settings.ts';
import { InputError } from '../errors/errors.ts';
import type { JsonObject } from '../lib/json.ts';
import type { AdminDeps } from './admin-deps.ts';
import { displayName, isoTime, isoTimeOrNull, jsonObject, time } from './api-schema.ts';
import { lastTestField, showLastTest } from './destination-test-answer.ts';
import { paceAnswer, showPace } from './pace-answer.ts';

export const actionAnswer = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: 'Which of the kind’s actions it is, by slug.' }),
    name: z.string(),
    enabled: z.boolean(),
    trigger: z.string().meta({ description: 'FQL.' }),
    mapping: jsonObject,
  })
  .meta({ id: 'Action' });

export const destinationFields = {
  name: displayName,
  enabled: z.boolean().meta({ description: 'Whether it is sent to. A disabled one keeps its place in the log.' }),
  settings: jsonObject.meta({
    description:
      'As the kind describes them in the catalogue. Secrets are answered as bullets; sent back like that, they keep their stored value.',
  }),
  sourceIds: z
    .array(z.string())
    .max(1000)
    .nullable()
    .meta({ description: 'Sources it takes events from; null takes all.' }),
};

export const destinationAnswer = z
  .object({
    id: z.string(),
    kind: z.string(),
    ...destinationFields,
    actions: z.array(actionAnswer),
    version: z.int().meta({ description: 'Grows with every change; attempts name it.' }),
    startFrom: z.enum(['now', 'beginning']),
    createdAt: time,
    state: z
      .object({
        breaker: z.enum(['closed', 'open', 'probing']),
        breakerReason: z.string().nullable(),
        nextProbeAt: time.nullable(),
        parked: z.int(),
        deadLetters: z.int(),
        lastSuccessAt: time.nullable(),
        lastError: z.string().nullable().meta({ description: 'What failed last, also when it works again.' }),
        lastErrorAt: time.nullable(),
      })
      .nullable()
      .meta({ description: 'How delivery is doing; null before it began, and for the workspace.' }),
    pace: paceAnswer.nullable().meta({
      description: 'How it is being served at this moment; null while it is disabled, and for the workspace.',
    }),
    lastTest: lastTestField,
  })
  .meta({ id: 'Destination' });

export interface DeliveryNews {
  readonly states: readonly DestinationState[];
  readonly paces: readonly Pace[];
  readonly tests: readonly DestinationTest[];
}

/** How the destinations are doing, asked of the stores and of the thread that serves them. */
export async function readDeliveryNews({
  control,
  delivery,
  deliveryControl,
}: Pick<AdminDeps, 'control' | 'delivery' | 'deliveryControl'>): Promise<DeliveryNews> {
  const [states, paces, tests] = await Promise.all([
    delivery.states(),
    deliveryControl.paces(),
    control.destinationTests(),
  ]);
  return { states, paces, tests };
}

/** A destination without anything secret. Settings of a kind that is not installed are not shown at all. */
export function showDestination(
  destination: Destination,
  registry: DestinationRegistry,
  { states, paces, tests }: DeliveryNews,
): z.output<typeof destinationAnswer> {
  const { id, name, enabled, sourceIds, actions, version, startFrom, createdAt } = destination;
  return {
    id,
    kind: destination.kind,
    name,
    enabled,
    settings: shownSettings(destination, registry),
    sourceIds: sourceIds && [...sourceIds],
    actions: [...actions],
    version,
    startFrom,
    createdAt: isoTime(createdAt),
    state: showState(states.find(({ destinationId }) => destinationId === id)),
    pace: showPace(paces.find(({ destinationId }) => destinationId === id)),
    lastTest: showLastTest(tests, id),
  };
}

function shownSettings({ kind, settings }: Destination, registry: DestinationRegistry): JsonObject {
  const known = registry.get(kind);
  if (known) return redactSettings(known, settings);
  return kind === workspaceDestinationId ? settings : {};
}

function showState(state: DestinationState | undefined): z.output<typeof destinationAnswer>['state'] {
  if (!state) return null;
  const { breaker, breakerReason, parked, deadLetters, lastError } = state;
  return {
    breaker,
    breakerReason,
    nextProbeAt: isoTimeOrNull(state.nextProbeAt),
    parked,
    deadLetters,
    lastSuccessAt: isoTimeOrNull(state.lastSuccessAt),
    lastError,
    lastErrorAt: isoTimeOrNull(state.lastErrorAt),
  };
}

/** @throws InputError `not_found`. */
export function findDestination(snapshot: ControlSnapshot, destinationId: string): Destination {
  const destination = snapshot.destinations.find((one) => one.id === destinationId);
  if (!destination) throw new InputError('not_found', `There is no destination ${destinationId}.`, 'id');
  return destination;
}
