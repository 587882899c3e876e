// A try of an event at a destination, as the control API shows it.
import { z } from 'zod';
import type { Attempt } from '../delivery/delivery-reader.ts';
import { isoTime, time } from './api-schema.ts';

export const attemptAnswer = z
  .object({
    action: z.string().meta({ description: 'Id of the action.' }),
    attempt: z.int(),
    at: time,
    durationMs: z.number(),
    outcome: z.enum(['delivered', 'retry', 'failed']),
    status: z.int().nullable(),
    error: z.string().nullable(),
    request: z.string().nullable().meta({ description: 'Start of the request, secrets blanked; of failures only.' }),
    response: z.string().nullable(),
    version: z.int().meta({ description: 'Of the destination’s configuration.' }),
  })
  .meta({ id: 'Attempt' });

export const showAttempt = (attempt: Attempt): z.output<typeof attemptAnswer> => ({
  ...attempt,
  at: isoTime(attempt.at),
});
