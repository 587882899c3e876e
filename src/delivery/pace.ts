// How fast a destination is being served at this moment: what the adaptive limit, the rate and the breaker allow.

/** What a destination as a whole is allowed. */
export interface Allowance {
  readonly breaker: 'closed' | 'open' | 'probing';
  /** Why the breaker is open, and until when it lets nothing through (ms); null when closed. */
  readonly breakerReason: string | null;
  readonly nextProbeAt: number | null;
  /** Requests that may be under way at once, as answers and failures have it; 0 while the breaker is open. */
  readonly limit: number;
  /** The most that the settings allow. */
  readonly maxConcurrency: number;
  /** The last time the destination asked to be left alone: when, and for how long, ms. */
  readonly lastRetryAfter: { readonly at: number; readonly ms: number } | null;
}

export interface Pace extends Allowance {
  readonly destinationId: string;
  /** Requests under way, without those of replays. */
  readonly inFlight: number;
  /** Requests a second that the settings allow, replays included; null sets no limit. */
  readonly ratePerSecond: number | null;
}
