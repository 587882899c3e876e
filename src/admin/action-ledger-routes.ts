// Outcomes per action: the ledger's second table. An event of several actions counts at each of them.
import { z } from 'zod';
import type { AdminApp } from './admin-app.ts';
import type { AdminDeps } from './admin-deps.ts';
import { isoTime, pageOf, time } from './api-schema.ts';
import { allTimeStep, endOfTime, ledgerWindow, parseWindow } from './ledger-window.ts';

const actionLine = z
  .object({
    destinationId: z.string(),
    actionId: z.string(),
    name: z.string().nullable().meta({ description: 'Null when the action is no longer there.' }),
    kind: z.string().nullable(),
    minute: time.optional().meta({ description: 'Minute of receipt, with `by=minute`.' }),
    delivered: z.int(),
    failed: z.int().meta({ description: 'Refused or given up; also of events that were discarded afterwards.' }),
  })
  .meta({ id: 'ActionLedgerLine' });

const minuteMs = 60_000;

export function registerActionLedgerRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get(
    '/api/v1/ledger/actions',
    {
      config: { role: 'viewer' },
      schema: {
        tags: ['Events'],
        summary: 'Outcomes of each action',
        operationId: 'getActionLedger',
        description:
          'What each action of each destination did with the events that it matched and that are finished, by time of receipt. Those of the workspace are in its effects instead.',
        querystring: z.strictObject({ ...ledgerWindow, destination: z.string().max(200).optional() }),
        response: { 200: pageOf(actionLine) },
      },
    },
    async (request) => {
      const { by, destination } = request.query;
      const window = parseWindow(request.query, by, deps.clock.now()) ?? { from: 0, to: endOfTime };
      const [rows, { destinations }] = await Promise.all([
        deps.delivery.actionLedger(window.from, window.to, by === 'minute' ? 1 : allTimeStep),
        deps.control.snapshot(),
      ]);
      const actions = new Map(
        destinations.flatMap((one) => one.actions.map((action) => [`${one.id} ${action.id}`, action])),
      );
      const sums = new Map<string, z.output<typeof actionLine>>();
      for (const { destinationId, actionId, minute, delivered, failed } of rows) {
        if (destination !== undefined && destinationId !== destination) continue;
        const action = actions.get(`${destinationId} ${actionId}`);
        const key = `${destinationId} ${actionId} ${by === 'minute' ? minute : ''}`;
        const sum = sums.get(key) ?? {
          destinationId,
          actionId,
          name: action?.name ?? null,
          kind: action?.kind ?? null,
          ...(by === 'minute' && { minute: isoTime(minute * minuteMs) }),
          delivered: 0,
          failed: 0,
        };
        sums.set(key, { ...sum, delivered: sum.delivered + delivered, failed: sum.failed + failed });
      }
      return { items: [...sums.values()], next: null };
    },
  );
}
