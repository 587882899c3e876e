// Turns the overview's series into what the page shows: named series for charts, and sums. Pure.
import type { Overview } from './overview-queries.ts';
import type { Series } from './time-chart.tsx';

/** The workspace is a destination too; what it does is shown apart from what is sent further. */
const workspaceId = 'workspace';

/** More than these are summed up under "Others", or colours could not be told apart. */
const mostSeries = 5;

interface Named {
  readonly id: string;
  readonly name: string;
}

export const sourceSeries = ({ sources, steps }: Overview, names: readonly Named[]): readonly Series[] =>
  toSeries(
    sources.map(({ sourceId, accepted }) => [nameOf(names, sourceId), accepted] as const),
    steps.length,
  );

export const deliverySeries = ({ destinations, steps }: Overview, names: readonly Named[]): readonly Series[] =>
  toSeries(
    destinations
      .filter(({ destinationId }) => destinationId !== workspaceId)
      .map(({ destinationId, delivered }) => [nameOf(names, destinationId), delivered] as const),
    steps.length,
  );

/** Largest first; the small ones become one when there are too many. */
function toSeries(found: readonly (readonly [string, readonly number[]])[], steps: number): readonly Series[] {
  const all = found.map(([name, values]) => ({ name, values, total: sum(values) })).filter(({ total }) => total > 0);
  all.sort((a, b) => b.total - a.total);
  if (all.length <= mostSeries) return all;
  const small = all.splice(mostSeries - 1);
  const values = Array.from({ length: steps }, (_, index) => sum(small.map((one) => one.values[index] ?? 0)));
  return [...all, { name: 'Others', values, total: sum(values) }];
}

export interface Figures {
  readonly accepted: number;
  readonly duplicates: number;
  readonly delivered: number;
  readonly failed: number;
  /** Of what was decided: delivered ÷ (delivered + failed); null before anything was. */
  readonly successRate: number | null;
  /** Age of the oldest event that some destination has not done yet. */
  readonly waitingMs: number;
}

export function toFigures({ sources, destinations }: Overview): Figures {
  const sent = destinations.filter(({ destinationId }) => destinationId !== workspaceId);
  const delivered = sum(sent.map((one) => sum(one.delivered)));
  const failed = sum(sent.map((one) => sum(one.failed)));
  return {
    accepted: sum(sources.map((one) => sum(one.accepted))),
    duplicates: sum(sources.map((one) => sum(one.duplicates))),
    delivered,
    failed,
    successRate: delivered + failed === 0 ? null : delivered / (delivered + failed),
    waitingMs: Math.max(0, ...sent.map(({ waitingMs }) => waitingMs)),
  };
}

/** Never rounds up to "100 %" while something failed. */
export function formatShare(share: number): string {
  if (share === 1) return '100 %';
  return `${Math.min(99.9, Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

/** "850 ms", "12 s", "3 min", "5 h", "2 d": one unit, rounded down. */
export function formatDuration(ms: number): string {
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1000],
  ] as const;
  const [unit, size] = units.find(([, one]) => ms >= one) ?? ['ms', 1];
  return `${Math.floor(ms / size)} ${unit}`;
}

const nameOf = (names: readonly Named[], id: string): string => names.find((one) => one.id === id)?.name ?? 'Removed';
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
