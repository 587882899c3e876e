// What ingest counted since it started; telemetry reads it whenever it is asked.

export class IngestCounters {
  /** Requests on routes that take calls, read to their end. */
  requests = 0;
  /** Calls stored for the first time. */
  accepted = 0;
  /** Calls that the log already had. */
  duplicates = 0;
  /** Calls not taken, told to the client or not. A body bad as a whole counts as one. */
  rejected = 0;
  /** Requests answered 429 under the operator's hard limit. */
  rateLimited = 0;
  /** Requests answered 503 because their calls could not be stored or recorded. */
  unavailable = 0;
  /** Bytes of bodies as they came over the wire, up to what is kept of a body too large. */
  bytes = 0;
  /** `rejected` by reason. */
  readonly rejectedByReason = new Map<string, number>();

  countRejected(reason: string, calls: number): void {
    this.rejected += calls;
    this.rejectedByReason.set(reason, (this.rejectedByReason.get(reason) ?? 0) + calls);
  }
}
