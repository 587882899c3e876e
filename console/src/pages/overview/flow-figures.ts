// Sums of the overview, and words for amounts. Pure.
import { ownSource, ownSourceName } from '../events/names.ts';
import type { Overview } from './overview-queries.ts';

/** The workspace is a destination too; what it does is shown apart from what is sent further. */
export const workspaceId = 'workspace';

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Figures {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly delivered: number;
  readonly failed: number;
  /** Of what was decided: delivered ÷ (delivered + failed); null before anything was. */
  readonly successRate: number | null;
  /** The destination that took longest, and within which time it was given 95 % of its events; null before any was. */
  readonly slowest: { readonly destinationId: string; readonly p95Ms: number } | null;
  /** Age of the oldest event that some destination has not done yet. */
  readonly waitingMs: number;
}

export function toFigures({ sources, rejections, destinations }: Overview): Figures {
  const sent = destinations.filter(({ destinationId }) => destinationId !== workspaceId);
  const delivered = sum(sent.map((one) => sum(one.delivered)));
  const failed = sum(sent.map((one) => sum(one.failed)));
  const [slowest] = sent
    .flatMap(({ destinationId, delay: { p95Ms } }) => (p95Ms === null ? [] : [{ destinationId, p95Ms }]))
    .toSorted((a, b) => b.p95Ms - a.p95Ms);
  return {
    accepted: sum(sources.map((one) => sum(one.accepted))),
    duplicates: sum(sources.map((one) => sum(one.duplicates))),
    rejected: sum(rejections.map((one) => sum(one.calls))),
    delivered,
    failed,
    successRate: delivered + failed === 0 ? null : delivered / (delivered + failed),
    slowest: slowest ?? null,
    waitingMs: Math.max(0, ...sent.map(({ waitingMs }) => waitingMs)),
  };
}

/** Never rounds up to "100 %" while something failed. */
export function formatShare(share: number): string {
  if (share === 1 || share === 0.5 || share === 0) return `${share * 100} %`;
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

export const formatCount = (value: number): string => value.toLocaleString('en');

export const nameOf = (names: readonly Named[], id: string): string =>
  id === ownSource ? ownSourceName : (names.find((one) => one.id === id)?.name ?? 'Removed');

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
