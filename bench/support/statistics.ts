// Medians and percentiles of measured numbers.

/** The value below which `share` (0 to 1) of the values lie; NaN for none. */
export function percentile(values: readonly number[] | Float64Array, share: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? sorted[0]!;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);
