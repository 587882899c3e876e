// The ledger by minute of receipt, for charts: what was accepted in each minute and what became of it.
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Destination } from '../control/model.ts';
import { toLedgerLine } from './ledger-line.ts';
import type { LedgerDeps, LedgerLine } from './ledger-line.ts';

/** One source at one destination in one minute. */
export interface MinuteLine extends LedgerLine {
  readonly minute: number;
}

/** Lines with `from ≤ minute < to`; the caller bounds them. What came before a destination began is not its own. */
export async function ledgerMinutes(
  deps: LedgerDeps,
  destinations: readonly Destination[],
  from: number,
  to: number,
): Promise<readonly MinuteLine[]> {
  const [counts, workspaceRows, deliveryRows, beginnings] = await Promise.all([
    deps.log.counts(from, to),
    deps.workspace.ledger(from, to),
    deps.delivery.ledger(from, to),
    deps.beginnings.of(destinations),
  ]);
  const rows = [
    ...workspaceRows.map((row) => ({ ...row, destinationId: workspaceDestinationId, failed: 0 })),
    ...deliveryRows,
  ];
  const outcomes = new Map(rows.map((row) => [keyOf(row.destinationId, row.sourceId, row.minute), row]));
  return destinations.flatMap(({ id: destinationId }) => {
    const beginning = beginnings.get(destinationId);
    if (!beginning) return [];
    return counts.flatMap(({ sourceId, minute, accepted: all }): readonly MinuteLine[] => {
      const accepted = all - (minute === beginning.minute ? (beginning.before.get(sourceId) ?? 0) : 0);
      if (minute < beginning.minute || accepted <= 0) return [];
      const row = outcomes.get(keyOf(destinationId, sourceId, minute));
      return [{ minute, ...toLedgerLine({ sourceId, destinationId, accepted }, row) }];
    });
  });
}

const keyOf = (destinationId: string, sourceId: string, minute: number): string =>
  `${minute} ${destinationId} ${sourceId}`;
