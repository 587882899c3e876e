// What a bench is: a name, what it is about, and a function that measures and says what it found.
import type { BenchSetting } from './bench-setting.ts';

/** One measured figure beside the figure asked for. */
export interface Finding {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What is asked: at least or at most this; null for figures that only inform. */
  readonly target: { readonly atLeast: number } | { readonly atMost: number } | null;
  /** Everything else measured in the same run. */
  readonly detail: Readonly<Record<string, number | string>>;
  /** Durability, mix, threads: what must be known to judge the figure. */
  readonly conditions: string;
}

export interface Bench {
  readonly name: string;
  readonly run: (setting: BenchSetting) => Promise<readonly Finding[]>;
}

/** Whether the target is met; null without one. */
export function meetsTarget({ value, target }: Finding): boolean | null {
  if (target === null) return null;
  return 'atLeast' in target ? value >= target.atLeast : value <= target.atMost;
}

export const memoryFinding = (peakBytes: number): Finding => ({
  name: 'resident memory, peak',
  value: peakBytes / 1e6,
  unit: 'MB',
  target: { atMost: 400 },
  detail: {},
  conditions: 'VmRSS of the server process, sampled every 100 ms through the bench',
});
