// An action whose payload becomes one operation of the Track API v2, alone or in a batch with others.
import type { z } from 'zod';
import type { JsonObject } from '../../lib/json.ts';
import type { ActionKind } from '../destination.ts';
import { sendOperations } from './send-operations.ts';
import type { TrackSettings } from './track-settings.ts';

type Described<Fields extends z.ZodObject> = Pick<
  ActionKind<TrackSettings, Fields>,
  'slug' | 'name' | 'description' | 'fields' | 'defaultTrigger' | 'defaultMapping'
>;

interface OperationAction<Fields extends z.ZodObject> extends Described<Fields> {
  /** Pure. */
  readonly operation: (payload: z.output<Fields>, settings: TrackSettings) => JsonObject;
}

/** Of the events; their operations are about as long, and what does not fit a request is sent in a second one. */
const maxBatchBytes = 450_000;

export function operationAction<Fields extends z.ZodObject>(
  definition: OperationAction<Fields>,
): ActionKind<TrackSettings, Fields> {
  const { operation, ...described } = definition;
  return {
    ...described,
    mode: ({ batchEvents, batchWaitMs }) =>
      batchEvents === 1
        ? { mode: 'single' }
        : { mode: 'batch', maxEvents: batchEvents, maxBytes: maxBatchBytes, maxWaitMs: batchWaitMs, atomic: false },
    send: (items, context) =>
      sendOperations(
        items.map(({ payload }) => operation(payload, context.settings)),
        context,
      ),
  };
}

/** `fields` without those that are undefined. */
export const defined = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
