// The ledger: of every event a destination should have had, what became of it; and the check that nothing is missing.
//
//   accepted = delivered + filtered + discarded(reason) + failed (dead letters) + pending
//
// Unit: one event at one destination, from the offset at which the destination began. The two sides come from different
// hands. Outcomes are counted by the destination's own reader, in the transaction that moves its cursor. `accepted` and
// `pending` are counted by the log: what lies between the start and the log's end, and between the cursor and the end
// (plus what is parked, rows of their own). An event lost between the two shows as a difference.
//
// Reading order makes it exact under load: first each reader's sheet (counts and cursor at one moment), then the end of
// the log, which only grows; the log's counts of a fixed stretch never change.
import { workspaceDestinationId } from '../control/first-source.ts';
import type { DeliveryReader } from '../delivery/delivery-reader.ts';
import type { LogReader } from '../log/event-log.ts';
import type { WorkspaceReader } from '../workspace/workspace-reader.ts';

export interface BalanceLine {
  readonly sourceId: string;
  readonly destinationId: string;
  readonly accepted: number;
  readonly delivered: number;
  readonly filtered: number;
  readonly discarded: number;
  readonly failed: number;
  readonly pending: number;
  readonly balanced: boolean;
}

/** One reader's side. */
interface Sheet {
  readonly destinationId: string;
  readonly cursors: readonly { readonly partition: number; readonly offset: number; readonly auditedTo: number }[];
  readonly sources: readonly {
    readonly sourceId: string;
    readonly delivered: number;
    readonly filtered: number;
    readonly discarded: number;
    readonly failed: number;
    readonly parked: number;
    readonly audited: number;
  }[];
}

type Counter = (partition: number, from: number, to: number) => Promise<ReadonlyMap<string, number>>;

interface BalanceDeps {
  readonly log: Pick<LogReader, 'range' | 'countBetween'>;
  readonly delivery: Pick<DeliveryReader, 'balanceSheets'>;
  readonly workspace: Pick<WorkspaceReader, 'balanceSheet'>;
}

/** The balance of everything since each destination began, per source and destination. */
export async function balanceLedger(deps: BalanceDeps): Promise<readonly BalanceLine[]> {
  const [workspace, others] = await Promise.all([deps.workspace.balanceSheet(), deps.delivery.balanceSheets()]);
  const sheets: Sheet[] = [
    {
      destinationId: workspaceDestinationId,
      cursors: workspace.cursors,
      sources: workspace.sources.map((line) => ({ ...line, failed: 0, parked: 0 })),
    },
    ...others,
  ];
  const partitions = [...new Set(sheets.flatMap(({ cursors }) => cursors.map(({ partition }) => partition)))];
  const ends = new Map<number, number>();
  for (const partition of partitions) ends.set(partition, (await deps.log.range(partition)).end);
  const count = counterOf(deps.log);
  const lines = await Promise.all(sheets.map((sheet) => balanceSheet(sheet, ends, count)));
  return lines.flat();
}

async function balanceSheet(sheet: Sheet, ends: ReadonlyMap<number, number>, count: Counter): Promise<BalanceLine[]> {
  const accepted = new Map<string, number>();
  const pending = new Map<string, number>();
  for (const { partition, offset, auditedTo } of sheet.cursors) {
    const end = ends.get(partition) ?? 0;
    add(accepted, await count(partition, auditedTo, end));
    add(pending, await count(partition, offset, end));
  }
  const known = new Map(sheet.sources.map((line) => [line.sourceId, line]));
  return [...new Set([...accepted.keys(), ...known.keys()])].sort().map((sourceId) => {
    const {
      delivered = 0,
      filtered = 0,
      discarded = 0,
      failed = 0,
      parked = 0,
      audited = 0,
    } = known.get(sourceId) ?? {};
    const line = {
      accepted: audited + (accepted.get(sourceId) ?? 0),
      delivered,
      filtered,
      discarded,
      failed,
      pending: parked + (pending.get(sourceId) ?? 0),
    };
    const balanced = line.accepted === delivered + filtered + discarded + failed + line.pending;
    return { sourceId, destinationId: sheet.destinationId, ...line, balanced };
  });
}

/** Counts of the log, each stretch asked for once: destinations that keep up all ask for the same. */
function counterOf(log: BalanceDeps['log']): Counter {
  const asked = new Map<string, Promise<ReadonlyMap<string, number>>>();
  return (partition, from, to) => {
    const key = `${partition}:${from}:${to}`;
    const known = asked.get(key);
    if (known) return known;
    const counted =
      from >= to
        ? Promise.resolve(new Map<string, number>())
        : log.countBetween(partition, from, to).then((rows) => new Map(rows.map((row) => [row.sourceId, row.events])));
    asked.set(key, counted);
    return counted;
  };
}

function add(sums: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [sourceId, events] of more) sums.set(sourceId, (sums.get(sourceId) ?? 0) + events);
}
