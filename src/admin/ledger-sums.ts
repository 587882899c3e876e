// The ledger of a stretch of time, added up per source and destination by the stores themselves: however many minutes
// it has, few rows travel.
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Destination } from '../control/model.ts';
import { toLedgerLine } from './ledger-line.ts';
import type { LedgerDeps, LedgerLine } from './ledger-line.ts';
import { allTimeStep } from './ledger-window.ts';

/**
 * Lines with `from ≤ minute < to`. `pending` is what the outcomes leave of what the log accepted; the two-sided check is
 * balanceLedger's, over everything. What came before a destination began is not its own.
 */
export async function ledgerSums(
  deps: LedgerDeps,
  destinations: readonly Destination[],
  from: number,
  to: number,
): Promise<readonly LedgerLine[]> {
  const [workspaceRows, deliveryRows, beginnings] = await Promise.all([
    deps.workspace.ledger(from, to, allTimeStep),
    deps.delivery.ledger(from, to, allTimeStep),
    deps.beginnings.of(destinations),
  ]);
  const rows = [
    ...workspaceRows.map((row) => ({ ...row, destinationId: workspaceDestinationId, failed: 0 })),
    ...deliveryRows,
  ];
  const outcomes = new Map(rows.map((row) => [`${row.destinationId} ${row.sourceId}`, row]));
  const lines = destinations.map(async ({ id: destinationId }) => {
    const beginning = beginnings.get(destinationId);
    if (!beginning || beginning.minute >= to) return [];
    const counts = await deps.log.counts(Math.max(from, beginning.minute), to, allTimeStep);
    return counts.flatMap(({ sourceId, accepted: all }) => {
      const accepted = all - (beginning.minute < from ? 0 : (beginning.before.get(sourceId) ?? 0));
      if (accepted <= 0) return [];
      return toLedgerLine({ sourceId, destinationId, accepted }, outcomes.get(`${destinationId} ${sourceId}`));
    });
  });
  return (await Promise.all(lines)).flat();
}
