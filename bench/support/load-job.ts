// What the load generator can be asked to do and what it reports; shared by both sides of the process boundary.

export interface LoadJob {
  readonly port: number;
  readonly key: string;
  readonly connections: number;
  /** Events in one request; 1 goes to the single-call routes. */
  readonly eventsPerRequest: number;
  readonly people: number;
  readonly seconds: number;
  /** Not counted, before `seconds`. */
  readonly warmUpSeconds: number;
  /** Events per second to offer; null sends as fast as answers come. */
  readonly rate: number | null;
}

export interface LoadReport {
  /** Events answered 200 while counting. */
  readonly events: number;
  /** Events answered 200 in all, the warm-up and the tail included. */
  readonly eventsInAll: number;
  readonly seconds: number;
  /** Requests by any other status; `0` counts those whose connection broke. */
  readonly failures: Readonly<Record<string, number>>;
  /** From when a request was due to its answer, ms. Without a rate it is due when it is sent. */
  readonly latencyMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** CPU of the generator itself. */
  readonly cpuSeconds: number;
}

export interface LoadMessage {
  readonly job: LoadJob;
}
export type LoadAnswer = { readonly report: LoadReport } | { readonly error: string };
