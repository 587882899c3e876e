// The ledger by minute of receipt, for charts: what was accepted in each minute and what became of it.
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Destination } from '../control/model.ts';
import type { DeliveryReader } from '../delivery/delivery-reader.ts';
import type { LogReader } from '../log/event-log.ts';
import type { WorkspaceReader } from '../workspace/workspace-reader.ts';

/** One source at one destination in one minute. */
export interface MinuteLine {
  readonly sourceId: string;
  readonly destinationId: string;
  readonly minute: number;
  readonly accepted: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly discarded: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly failed: number;
  readonly pending: number;
}

interface MinuteDeps {
  readonly log: Pick<LogReader, 'counts'>;
  readonly delivery: Pick<DeliveryReader, 'ledger'>;
  readonly workspace: Pick<WorkspaceReader, 'ledger'>;
}

const minuteMs = 60_000;

/**
 * Lines with `from ≤ minute < to`. `pending` is what the outcomes leave of what the log accepted; the two-sided check is
 * balanceLedger's, over everything. Minutes before a destination was made are not its own.
 */
export async function ledgerMinutes(
  deps: MinuteDeps,
  destinations: readonly Destination[],
  from: number,
  to: number,
): Promise<readonly MinuteLine[]> {
  const [counts, workspaceRows, deliveryRows] = await Promise.all([
    deps.log.counts(from, to),
    deps.workspace.ledger(from, to),
    deps.delivery.ledger(from, to),
  ]);
  const rows = [
    ...workspaceRows.map((row) => ({ ...row, destinationId: workspaceDestinationId, failed: 0 })),
    ...deliveryRows,
  ];
  const outcomes = new Map(rows.map((row) => [keyOf(row.destinationId, row.sourceId, row.minute), row]));
  return destinations.flatMap(({ id: destinationId, createdAt, startFrom }) => {
    const first = startFrom === 'now' ? Math.floor(createdAt / minuteMs) : 0;
    return counts
      .filter(({ minute, accepted }) => minute >= first && accepted > 0)
      .map(({ sourceId, minute, accepted }): MinuteLine => {
        const row = outcomes.get(keyOf(destinationId, sourceId, minute));
        const { delivered = 0, filtered = 0, failed = 0, discarded: reasons = {} } = row ?? {};
        const discarded = Object.values(reasons).reduce((sum, events) => sum + events, 0);
        const pending = Math.max(0, accepted - delivered - filtered - failed - discarded);
        return { sourceId, destinationId, minute, accepted, delivered, filtered, discarded, reasons, failed, pending };
      });
  });
}

/** Adds lines of one source and destination up. */
export function sumMinutes(lines: readonly MinuteLine[]): readonly Omit<MinuteLine, 'minute'>[] {
  const sums = new Map<string, Omit<MinuteLine, 'minute'>>();
  for (const { minute: _, ...line } of lines) {
    const key = keyOf(line.destinationId, line.sourceId, 0);
    const sum = sums.get(key);
    sums.set(key, sum ? plus(sum, line) : line);
  }
  return [...sums.values()];
}

function plus(a: Omit<MinuteLine, 'minute'>, b: Omit<MinuteLine, 'minute'>): Omit<MinuteLine, 'minute'> {
  const reasons: Record<string, number> = { ...a.reasons };
  for (const [reason, events] of Object.entries(b.reasons)) reasons[reason] = (reasons[reason] ?? 0) + events;
  return {
    sourceId: a.sourceId,
    destinationId: a.destinationId,
    accepted: a.accepted + b.accepted,
    delivered: a.delivered + b.delivered,
    filtered: a.filtered + b.filtered,
    discarded: a.discarded + b.discarded,
    reasons,
    failed: a.failed + b.failed,
    pending: a.pending + b.pending,
  };
}

const keyOf = (destinationId: string, sourceId: string, minute: number): string =>
  `${minute} ${destinationId} ${sourceId}`;
