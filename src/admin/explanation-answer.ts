// An explained event as the control API shows it.
import { z } from 'zod';
import type { JsonObject } from '../lib/json.ts';
import type { RouteExplanation } from '../routing/explain-route.ts';
import { isoTime, isoTimeOrNull, jsonObject, time } from './api-schema.ts';
import { callNotes } from './call-notes.ts';
import { attemptAnswer, showAttempt } from './attempt-answer.ts';
import { exchangeAnswer } from './exchange-answer.ts';
import type { EventExplanation } from './explain-event.ts';
import { replayOutcomes } from './replay-outcome.ts';

const route = jsonObject.meta({
  description:
    'Whether and why it takes the event: per action the trigger, condition by condition, and what the mapping makes of the event. Recomputed.',
});

const differsToday = z
  .array(z.string())
  .meta({ description: 'What would come out differently with the present configuration, a sentence each.' });

export const explanationAnswer = z
  .object({
    sourceId: z.string(),
    sourceName: z.string().nullable(),
    messageId: z.string(),
    receivedAt: time,
    partition: z.int(),
    offset: z.int(),
    event: jsonObject.meta({ description: 'The canonical event as it is stored.' }),
    validation: z.object({ notes: z.array(jsonObject) }).meta({
      description:
        'Oddities of the call that did not stop it: `reason`, `field`, `message`. The reason `semantic_event` is where it differs from the catalogue of semantic events.',
    }),
    deduplication: z.object({
      verdict: z
        .literal('first')
        .meta({ description: 'The first of its source with this messageId: repeats are not stored.' }),
      coveredSince: time.meta({ description: 'Ids received since then are told from repeats.' }),
      covered: z.boolean().meta({ description: 'Whether a repeat that came now would still be told.' }),
      repeats: z
        .object({
          count: z.int(),
          firstAt: time,
          lastAt: time,
          client: z.string().meta({ description: 'Library or user agent of the last one.' }),
        })
        .nullable()
        .meta({
          description:
            'Calls with its messageId that came later and were not stored; null when none is on record. Kept for the 10,000 events of a source that were repeated last.',
        }),
    }),
    workspace: z.object({
      state: z.enum(['waiting', 'applied']).meta({ description: 'Whether the workspace has come to this event.' }),
      outcome: z.enum(['delivered', 'filtered', 'discarded']).nullable(),
      reason: z.string().nullable().meta({ description: 'Why it was discarded.' }),
      person: z.string().nullable().meta({ description: '`cio_…` of the person it went to.' }),
      changes: z.array(z.string()),
      notes: z.array(z.string()).meta({ description: 'Why something was not done.' }),
      route: route.nullable(),
      differsToday,
    }),
    destinations: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: z.string(),
        standing: z
          .enum(['before start', 'not reached', 'in flight', 'parked', 'dead letter', 'discarded', 'skipped', 'done'])
          .meta({
            description:
              'skipped: part of a backlog that a user had it skip; done: delivered, or filtered when `route` does not match.',
          }),
        route,
        routedWith: z.enum(['recorded', 'present']).meta({
          description: 'Whether `route` stands on the configuration under which it was routed, or on the present one.',
        }),
        differsToday,
        sends: z
          .object({
            with: z
              .literal('present settings')
              .meta({ description: 'Secrets of then are not kept; changes since are in `differsToday`.' }),
            problem: z.string().nullable(),
            actions: z.array(
              z.object({
                id: z.string(),
                name: z.string(),
                problem: z.string().nullable(),
                requests: z.array(exchangeAnswer.shape.request),
              }),
            ),
          })
          .nullable()
          .meta({
            description:
              'The requests that its actions make of the event, worked out anew; null when it is not to get it.',
          }),
        codeVersion: z
          .string()
          .nullable()
          .meta({ description: 'Version of Leat that routed it, when another than this.' }),
        attempts: z.array(attemptAnswer),
        replays: z
          .array(
            z.object({
              id: z.string(),
              state: z.string(),
              passed: z.boolean(),
              outcome: z.enum(replayOutcomes).meta({
                description:
                  'not reached: cancelled before; left out: no action takes it; sent or left out: which of both is not on record.',
              }),
              reason: z.string().nullable().meta({ description: 'Why it was refused.' }),
            }),
          )
          .meta({ description: 'Replays that mean this event, latest first, and what they did with it.' }),
        edited: z.object({ at: time, event: jsonObject }).nullable().meta({
          description:
            'The event as a user changed it after this destination refused it; `route` and `sends` are of it. The audit log says who.',
        }),
        heldUp: z
          .object({
            by: z.enum(['switched off', 'paused']),
            reason: z.string().nullable(),
            until: time.nullable().meta({ description: 'When it is tried again.' }),
          })
          .nullable()
          .meta({ description: 'Why an event that is not finished waits, when the destination as a whole does.' }),
      }),
    ),
  })
  .meta({ id: 'Explanation' });

export function showExplanation(explained: EventExplanation) {
  const { record, event, workspace } = explained;
  return {
    sourceId: record.sourceId,
    sourceName: explained.sourceName,
    messageId: record.messageId,
    receivedAt: isoTime(record.receivedAt),
    partition: record.partition,
    offset: record.offset,
    event,
    validation: { notes: callNotes(event) },
    deduplication: {
      verdict: 'first' as const,
      coveredSince: isoTime(explained.dedup.since),
      covered: explained.dedup.covered,
      repeats: showRepeats(explained.dedup.repeats),
    },
    workspace: {
      differsToday: workspace.differsToday,
      state: workspace.reached ? ('applied' as const) : ('waiting' as const),
      outcome: workspace.effect?.outcome ?? null,
      reason: workspace.effect?.reason ?? null,
      person: workspace.effect?.person ?? null,
      changes: workspace.effect?.changes ?? [],
      notes: workspace.effect?.notes ?? [],
      route: workspace.route && shownRoute(workspace.route),
    },
    destinations: explained.destinations.map(
      ({
        destination,
        standing,
        route,
        presentConfig,
        otherCode,
        attempts,
        replays,
        differsToday: differs,
        sends,
        edit,
        heldUp,
      }) => ({
        ...destination,
        differsToday: differs,
        sends: sends && {
          with: 'present settings' as const,
          problem: sends.problem,
          actions: sends.actions.map(({ id, name, problem, exchanges }) => ({
            id,
            name,
            problem,
            requests: exchanges.map(({ request }) => request),
          })),
        },
        standing,
        route: shownRoute(route),
        routedWith: presentConfig ? ('present' as const) : ('recorded' as const),
        codeVersion: otherCode,
        attempts: attempts.map(showAttempt),
        replays: [...replays],
        edited: edit && { at: isoTime(edit.at), event: edit.event },
        heldUp: heldUp && { ...heldUp, until: isoTimeOrNull(heldUp.until) },
      }),
    ),
  };
}

const showRepeats = (repeats: EventExplanation['dedup']['repeats']) =>
  repeats && {
    count: repeats.count,
    firstAt: isoTime(repeats.firstAt),
    lastAt: isoTime(repeats.lastAt),
    client: repeats.client,
  };

/** Explanations are plain data throughout; their interfaces only lack the index signature of JSON. */
export const shownRoute = (explained: RouteExplanation): JsonObject => explained as unknown as JsonObject;
