// The events behind a sum of the ledger: those of one destination with one outcome.
import { z } from 'zod';
import type { LogRecord } from '../log/event-log.ts';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { cursor, id, pageLimit, pageOf } from './api-schema.ts';
import { findDestination } from './destination-answer.ts';
import { outcomes, outcomesAt } from './event-outcome.ts';
import type { EventOutcome } from './event-outcome.ts';
import { eventAnswer, showRecord, timeOrNone } from './event-routes.ts';
import { recentEvents } from './recent-events.ts';

/** Events that one page looks at: each costs a question or two to a store. */
const scannedEvents = 1000;
/** Asked together. */
const sliceEvents = 100;

const querystring = z.strictObject({
  destination: id('destination'),
  source: z.string().max(200).optional().meta({ description: 'Only of this source, by id.' }),
  outcome: z.enum(outcomes),
  reason: z.string().max(200).optional().meta({ description: 'Only discarded or filtered for this reason.' }),
  from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Received at or after.' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Received before.' }),
  cursor,
  limit: pageLimit(200, 50),
});

const outcomeAnswer = eventAnswer
  .extend({
    outcome: z.enum(outcomes),
    reason: z.string().nullable().meta({ description: 'Why, where that is known of a single event.' }),
  })
  .meta({ id: 'EventOutcome' });

export function registerLedgerEventRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    '/api/v1/ledger/events',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Events'],
        summary: 'List the events behind a sum of the ledger',
        operationId: 'listLedgerEvents',
        description:
          'Newest first, as far as the log still holds them. A page looks at a bounded stretch of the log, so it may be short and still have a `next`.',
        querystring,
        response: { 200: pageOf(outcomeAnswer) },
      },
    },
    async (request) => {
      const { destination, source, outcome, reason, from, to, cursor: first = null, limit } = request.query;
      const outcomeOf = outcomesAt(deps, findDestination(await deps.control.snapshot(), destination));
      const wanted = (known: EventOutcome | null): boolean =>
        known?.outcome === outcome && (reason === undefined || known.reason === null || known.reason === reason);
      const within = { from: timeOrNone(from), to: timeOrNone(to) };
      const found: { readonly record: LogRecord; readonly known: EventOutcome }[] = [];
      let next = first;
      for (let looked = 0; looked < scannedEvents;) {
        const slice = Math.min(sliceEvents, limit - found.length);
        looked += slice;
        const page = await recentEvents(deps.log, { source }, next, slice, within);
        const known = await Promise.all(page.items.map(outcomeOf));
        for (const [index, record] of page.items.entries()) {
          const one = known[index] ?? null;
          if (one && wanted(one)) found.push({ record, known: one });
        }
        next = page.next;
        // The last places of a page stay empty rather than be filled in ever smaller slices.
        if (next === null || (found.length > 0 && limit - found.length < 10)) break;
      }
      return { items: found.map(({ record, known }) => ({ ...showRecord(record), ...known })), next };
    },
  );
}
