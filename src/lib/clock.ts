// The only place that reads the machine's clocks.

/** Where the time comes from; injected so that tests can jump it. */
export interface Clock {
  /** Wall clock, milliseconds since 1970 (UTC). May jump. */
  now(): number;
  /** Milliseconds from an arbitrary start; never goes back. For durations. */
  monotonic(): number;
}

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
