// The overview over HTTP: series for charts.
import { z } from 'zod';
import { InputError } from '../errors/errors.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { isoTime, time } from './api-schema.ts';
import { readOverview, stepFor } from './overview.ts';

const minuteMs = 60_000;
const maxDays = 92;
const series = (description: string) => z.array(z.int()).meta({ description: `${description}, by step.` });

const delay = z.object({
  medianMs: z.int().nullable().meta({ description: 'Half of the deliveries took at most so long.' }),
  p95Ms: z.int().nullable().meta({ description: '95 % of the deliveries took at most so long.' }),
});

const overviewAnswer = z
  .object({
    from: time,
    to: time,
    stepMinutes: z.int().meta({ description: 'Length of a step; chosen so that there are at most 181.' }),
    steps: z.array(time).meta({ description: 'Where each step begins. The last one may be under way.' }),
    sources: z.array(
      z.object({ sourceId: z.string(), accepted: series('Events taken'), duplicates: series('Duplicates left out') }),
    ),
    rejections: z.array(
      z.object({
        sourceId: z.string().nullable().meta({ description: 'Null under unrecognised keys.' }),
        reason: z.string(),
        calls: series('Calls that were rejected'),
      }),
    ),
    destinations: z.array(
      z.object({
        destinationId: z.string(),
        delivered: series('Events delivered, by their time of receipt'),
        filtered: series('Events that no action wanted'),
        discarded: series('Events discarded'),
        failed: series('Dead letters'),
        successRate: z
          .number()
          .nullable()
          .meta({ description: 'Delivered, of delivered and failed; null when there were neither.' }),
        waitingMs: z.number().meta({ description: 'Age of the oldest event not done yet, now; 0 when none waits.' }),
        delay: delay.meta({
          description:
            'From receipt to delivery, rounded up to the next of 10, 20, 50, 100 ms and so on; null when none.',
        }),
        delays: z.array(delay).meta({ description: 'The same by step, by the time of receipt.' }),
      }),
    ),
  })
  .meta({ id: 'Overview' });

export function registerOverviewRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    '/api/v1/overview',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Server'],
        summary: 'See how things went over time',
        operationId: 'getOverview',
        description: `By source and destination, cut to the minute, at most ${maxDays} days; the last hour when nothing is given.`,
        querystring: z.strictObject({
          from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Received at or after.' }),
          to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Received before; now when left out.' }),
        }),
        response: { 200: overviewAnswer },
      },
    },
    async (request) => {
      const { from: since, to: until } = request.query;
      const to = until === undefined ? minuteOf(deps.clock.now()) + 1 : minuteOf(Date.parse(until));
      const from = since === undefined ? to - 60 : minuteOf(Date.parse(since));
      if (from >= to)
        throw new InputError(
          'invalid_request',
          'The window is empty: `from` is not before `to`, cut to the minute.',
          'from',
        );
      if (to - from > maxDays * 24 * 60)
        throw new InputError('invalid_request', `The window is longer than ${maxDays} days. Make it shorter.`, 'from');
      const stepMinutes = stepFor(to - from);
      const { destinations } = await deps.control.snapshot();
      const overview = await readOverview(deps, destinations, { from, to, stepMinutes });
      return {
        ...overview,
        from: isoTime(from * minuteMs),
        to: isoTime(to * minuteMs),
        stepMinutes,
        steps: overview.steps.map((minute) => isoTime(minute * minuteMs)),
      };
    },
  );
}

const minuteOf = (ms: number): number => Math.floor(ms / minuteMs);
