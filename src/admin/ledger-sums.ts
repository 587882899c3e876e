// The ledger of a stretch of time, added up per source and destination by the stores themselves: however many minutes
// it has, few rows travel.
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Destination } from '../control/model.ts';
import { toLedgerLine } from './ledger-line.ts';
import type { LedgerDeps, LedgerLine } from './ledger-line.ts';
import { allTimeStep } from './ledger-window.ts';

const minuteMs = 60_000;

/**
 * Lines with `from ≤ minute < to`. `pending` is what the outcomes leave of what the log accepted; the two-sided check is
 * balanceLedger's, over everything. Minutes before a destination was made are not its own.
 */
export async function ledgerSums(
  deps: LedgerDeps,
  destinations: readonly Destination[],
  from: number,
  to: number,
): Promise<readonly LedgerLine[]> {
  const [workspaceRows, deliveryRows] = await Promise.all([
    deps.workspace.ledger(from, to, allTimeStep),
    deps.delivery.ledger(from, to, allTimeStep),
  ]);
  const rows = [
    ...workspaceRows.map((row) => ({ ...row, destinationId: workspaceDestinationId, failed: 0 })),
    ...deliveryRows,
  ];
  const outcomes = new Map(rows.map((row) => [`${row.destinationId} ${row.sourceId}`, row]));
  const lines = destinations.map(async ({ id: destinationId, createdAt, startFrom }) => {
    const first = startFrom === 'now' ? Math.max(from, Math.floor(createdAt / minuteMs)) : from;
    const counts = first < to ? await deps.log.counts(first, to, allTimeStep) : [];
    return counts
      .filter(({ accepted }) => accepted > 0)
      .map(({ sourceId, accepted }) =>
        toLedgerLine({ sourceId, destinationId, accepted }, outcomes.get(`${destinationId} ${sourceId}`)),
      );
  });
  return (await Promise.all(lines)).flat();
}
