// Pauses between tries: exponential with full jitter, so that events that failed together do not come back together.

export interface BackoffBounds {
  /** Upper bound of the first pause; it doubles with each try. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** The pause after the `failures`-th failure (from 1): uniform between 0 and the bound. `random` is in [0, 1). */
export function fullJitter(failures: number, { firstMs, longestMs }: BackoffBounds, random: number): number {
  return random * bound(failures, firstMs, longestMs);
}

/** As {@link fullJitter}, but never less than half the bound: for probes, which come one at a time anyway. */
export function halfJitter(failures: number, { firstMs, longestMs }: BackoffBounds, random: number): number {
  return (0.5 + random / 2) * bound(failures, firstMs, longestMs);
}

const bound = (failures: number, firstMs: number, longestMs: number): number =>
  // Past 2^30 doubling changes nothing that any bound here would let through.
  Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 30));
