// Turns ledger lines into what the overview shows: series for charts, and sums. Pure.
import type { Series } from './time-chart.tsx';
import type { LedgerLine, Minutes } from './overview-queries.ts';

/** The workspace is a destination too, and takes the events of all sources. */
export const workspaceId = 'workspace';

/** More than these are summed up under "Others", or colours could not be told apart. */
const mostSeries = 5;

/** One series per group of lines, largest first; `size` says what of a line counts. */
export function toSeries(
  { lines, from, to }: Minutes,
  bucketMs: number,
  group: (line: LedgerLine) => string | null,
  size: (line: LedgerLine) => number,
): readonly Series[] {
  const buckets = Math.ceil((to - from) / bucketMs);
  const groups = new Map<string, number[]>();
  for (const line of lines) {
    const name = group(line);
    const amount = size(line);
    if (name === null || amount === 0 || line.minute === undefined) continue;
    const values = groups.get(name) ?? Array.from({ length: buckets }, () => 0);
    const index = Math.floor((Date.parse(line.minute) - from) / bucketMs);
    values[index] = (values[index] ?? 0) + amount;
    groups.set(name, values);
  }
  const sorted = [...groups].map(([name, values]) => ({ name, values, total: sum(values) }));
  sorted.sort((a, b) => b.total - a.total);
  if (sorted.length <= mostSeries) return sorted;
  const others = sorted.splice(mostSeries - 1);
  const values = Array.from({ length: buckets }, (_, index) => sum(others.map((one) => one.values[index] ?? 0)));
  return [...sorted, { name: 'Others', values, total: sum(values) }];
}

export interface Figures {
  readonly accepted: number;
  readonly delivered: number;
  readonly failed: number;
  readonly discarded: number;
  readonly pending: number;
  /** Of what was decided: delivered ÷ (delivered + failed); null before anything was. */
  readonly successRate: number | null;
  /** Start of the earliest minute of which something is still to be delivered, in ms. */
  readonly waitingSince: number | null;
}

/** Accepted by the log; the rest at destinations other than the workspace. */
export function toFigures({ lines }: Minutes): Figures {
  const atWorkspace = lines.filter(({ destinationId }) => destinationId === workspaceId);
  const sent = lines.filter(({ destinationId }) => destinationId !== workspaceId);
  const total = (of: readonly LedgerLine[], field: 'accepted' | 'delivered' | 'failed' | 'discarded' | 'pending') =>
    sum(of.map((line) => line[field]));
  const delivered = total(sent, 'delivered');
  const failed = total(sent, 'failed');
  const waiting = sent.filter(({ pending }) => pending > 0).map(({ minute }) => Date.parse(minute ?? ''));
  return {
    accepted: total(atWorkspace, 'accepted'),
    delivered,
    failed,
    discarded: total(sent, 'discarded'),
    pending: total(sent, 'pending'),
    successRate: delivered + failed === 0 ? null : delivered / (delivered + failed),
    waitingSince: waiting.length === 0 ? null : Math.min(...waiting),
  };
}

/** Never rounds up to "100 %" while something failed. */
export function formatShare(share: number): string {
  if (share === 1) return '100 %';
  return `${Math.min(99.9, Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
