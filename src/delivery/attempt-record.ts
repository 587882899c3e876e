// The record of one try of one event, kept for failures and for a success that came after some.
import type { Attempt } from './delivery-reader.ts';
import type { Entry } from './entry.ts';
import type { Judged } from './judge.ts';
import type { Plan } from './plan.ts';
import type { SendResult } from './send-unit.ts';

export type AttemptRecord = Omit<Attempt, 'destinationId'>;

/** When and under which plan something was sent. */
export interface SentUnder {
  readonly plan: Plan;
  /** Wall clock. */
  readonly at: number;
  /** Monotonic. */
  readonly sentAt: number;
}

/** Describes the try that is just over; `result` is null when nothing could be sent. `now` is monotonic. */
export function toAttemptRecord(
  entry: Entry,
  action: string,
  outcome: Judged,
  { plan, at, sentAt }: SentUnder,
  result: SendResult | null,
  now: number,
): AttemptRecord {
  const { partition, offset } = entry;
  const { version } = plan;
  const common = { partition, offset, action, attempt: entry.attempts + 1, at, durationMs: now - sentAt, version };
  if (outcome.result === 'delivered') {
    return { ...common, outcome: 'delivered', status: null, error: null, request: null, response: null };
  }
  const { result: kind, status, reason } = outcome;
  const [request, response] = [result?.request() ?? null, result?.response() ?? null];
  return { ...common, outcome: kind, status: status ?? null, error: reason, request, response };
}
