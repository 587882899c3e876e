// How a destination is being served at this moment, as the control API shows it.
import { z } from 'zod';
import type { Pace } from '../delivery/pace.ts';
import { isoTime, isoTimeOrNull, time } from './api-schema.ts';

export const paceAnswer = z
  .object({
    inFlight: z.int().meta({ description: 'Requests under way, without those of replays.' }),
    limit: z.int().meta({
      description:
        'Requests that may be under way at once at present: one more per round of successes, half after a failure, none while the breaker is open.',
    }),
    maxConcurrency: z.int().meta({ description: 'The most that the settings allow.' }),
    ratePerSecond: z
      .number()
      .nullable()
      .meta({ description: 'Requests a second in force, replays included; null for no limit.' }),
    breaker: z.enum(['closed', 'open', 'probing']),
    breakerReason: z.string().nullable(),
    nextProbeAt: time.nullable().meta({ description: 'Until when an open breaker lets nothing through.' }),
    lastRetryAfter: z
      .object({ at: time, ms: z.int(), until: time })
      .nullable()
      .meta({ description: 'The last time since the start that it asked to be left alone, and for how long.' }),
  })
  .meta({ id: 'Pace' });

export function showPace(pace: Pace | undefined): z.output<typeof paceAnswer> | null {
  if (!pace) return null;
  const { destinationId: _, nextProbeAt, lastRetryAfter: asked, ...rest } = pace;
  return {
    ...rest,
    nextProbeAt: isoTimeOrNull(nextProbeAt),
    lastRetryAfter: asked && {
      at: isoTime(asked.at),
      ms: Math.round(asked.ms),
      until: isoTime(Math.round(asked.at + asked.ms)),
    },
  };
}
