// The ledger over HTTP: the balance of everything, or a window of minutes.
import { z } from 'zod';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { isoTime, pageOf, time } from './api-schema.ts';
import { LedgerBeginnings } from './ledger-beginnings.ts';
import { ledgerMinutes } from './ledger-minutes.ts';
import { ledgerSums } from './ledger-sums.ts';
import { endOfTime, ledgerWindow, parseWindow } from './ledger-window.ts';
import { balanceLedger } from './ledger.ts';

const ledgerLine = z
  .object({
    sourceId: z.string(),
    destinationId: z.string(),
    minute: time.optional().meta({ description: 'Minute of receipt, with `by=minute`.' }),
    accepted: z.int().meta({ description: 'Events of the source in the log since the destination began.' }),
    delivered: z.int(),
    filtered: z.int().meta({ description: 'No action wanted them.' }),
    discarded: z.int(),
    reasons: z
      .record(z.string(), z.int())
      .meta({ description: 'Discarded by reason, as far back as minutes are kept.' }),
    failed: z.int().meta({ description: 'Dead letters.' }),
    pending: z.int(),
    balanced: z
      .boolean()
      .optional()
      .meta({ description: 'Whether accepted is the sum of the rest; over everything only.' }),
  })
  .meta({ id: 'LedgerLine' });

const minuteMs = 60_000;

export function registerLedgerRoutes(app: AdminApp, deps: AdminDeps): void {
  const ledgerDeps = { ...deps, beginnings: new LedgerBeginnings(deps) };
  app.get(
    '/api/v1/ledger',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Events'],
        summary: 'Account for every event at every destination',
        operationId: 'getLedger',
        description:
          'accepted = delivered + filtered + discarded + failed + pending, per source and destination since the destination began; `balanced` compares what the log counted with what the destinations counted. With `from` or `to` only events received in that window are listed, and pending is what is left of them.',
        querystring: z.strictObject({
          ...ledgerWindow,
          source: z.string().max(200).optional(),
          destination: z.string().max(200).optional(),
        }),
        response: {
          200: pageOf(ledgerLine).extend({
            balanced: z.boolean().meta({ description: 'Whether the whole ledger balances, window or not.' }),
          }),
        },
      },
    },
    async (request) => {
      const { source, destination, by } = request.query;
      const wanted = (line: { readonly sourceId: string; readonly destinationId: string }): boolean =>
        (source === undefined || line.sourceId === source) &&
        (destination === undefined || line.destinationId === destination);
      const window = parseWindow(request.query, by, deps.clock.now());
      const [lines, { destinations }] = await Promise.all([balanceLedger(deps), deps.control.snapshot()]);
      const balanced = lines.every((line) => line.balanced);
      const { from, to } = window ?? { from: 0, to: endOfTime };
      if (by === 'minute') {
        const minutes = await ledgerMinutes(ledgerDeps, destinations, from, to);
        return {
          items: minutes.filter(wanted).map((line) => ({ ...line, minute: isoTime(line.minute * minuteMs) })),
          balanced,
          next: null,
        };
      }
      const sums = await ledgerSums(ledgerDeps, destinations, from, to);
      if (window) return { items: sums.filter(wanted), balanced, next: null };
      const reasons = new Map(sums.map((sum) => [`${sum.destinationId} ${sum.sourceId}`, sum.reasons]));
      const items = lines
        .filter(wanted)
        .map((line) => ({ ...line, reasons: reasons.get(`${line.destinationId} ${line.sourceId}`) ?? {} }));
      return { items, balanced, next: null };
    },
  );
}
