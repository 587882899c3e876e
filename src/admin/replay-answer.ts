// A replay as the control API shows it.
import { z } from 'zod';
import type { ReplayRun } from '../delivery/replay/replay.ts';
import { isoTime, isoTimeOrNull, jsonObject, time } from './api-schema.ts';
import { exchangeAnswer } from './exchange-answer.ts';

export const replayAnswer = z
  .object({
    id: z.string(),
    destinationId: z.string(),
    state: z.enum(['running', 'paused', 'done', 'cancelled']),
    problem: z.string().nullable().meta({ description: 'Why it does not get on at the moment, or ended early.' }),
    dryRun: z.boolean(),
    filter: z.string().nullable(),
    sourceIds: z.array(z.string()).nullable(),
    ratePerSecond: z.number().nullable(),
    total: z.int().meta({ description: 'Events in its stretch of the log; the counts come to this in the end.' }),
    finished: z.int().meta({ description: 'The sum of the counts so far.' }),
    counts: z.object({
      delivered: z.int(),
      failed: z.int(),
      filtered: z.int().meta({ description: 'Not wanted by any action.' }),
      excluded: z.int().meta({ description: 'Of other sources, or not matching the replay’s own filter.' }),
      gone: z.int().meta({ description: 'Removed by retention before the replay came to them.' }),
      matching: z.int().meta({ description: 'Of a dry run: they would be sent.' }),
    }),
    stretches: z.array(z.object({ partition: z.int(), from: z.int(), to: z.int(), offset: z.int() })),
    createdAt: time,
    createdBy: z.string(),
    updatedAt: time,
    endedAt: time.nullable(),
  })
  .meta({ id: 'Replay' });

export const replayDetail = replayAnswer
  .extend({
    samples: z
      .array(
        z.object({
          messageId: z.string(),
          sourceId: z.string(),
          actions: z.array(
            z.object({
              name: z.string(),
              payload: jsonObject,
              problem: z.string().nullable(),
              requests: z.array(exchangeAnswer.shape.request),
            }),
          ),
        }),
      )
      .meta({ description: 'Of a dry run: the first events that would be sent, with their requests.' }),
  })
  .meta({ id: 'ReplayDetail' });

export const replayFailureAnswer = z
  .object({
    partition: z.int(),
    offset: z.int(),
    sourceId: z.string(),
    messageId: z.string(),
    attempts: z.int(),
    reason: z.string(),
    request: z.string().nullable(),
    response: z.string().nullable(),
  })
  .meta({ id: 'ReplayFailure' });

export function showReplay(run: ReplayRun) {
  const { spec, counts, stretches, createdAt, updatedAt, endedAt, samples: _, ...rest } = run;
  return {
    ...rest,
    ...spec,
    finished: Object.values(counts).reduce((sum: number, events: number) => sum + events, 0),
    counts,
    stretches,
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
    endedAt: isoTimeOrNull(endedAt),
  };
}

export const showReplayDetail = (run: ReplayRun) => ({ ...showReplay(run), samples: run.samples });
