// What the outcomes of one send mean: for each of its events, and for the destination.
import type { Outcome } from '../destinations/outcome.ts';
import type { Verdict } from './breaker.ts';
import type { Unit } from './outbox.ts';
import type { Plan } from './plan.ts';

export type Judged =
  | { readonly result: 'delivered' }
  | { readonly result: 'failed'; readonly reason: string; readonly status?: number }
  | {
      readonly result: 'retry';
      readonly reason: string;
      readonly status?: number;
      readonly retryAfterMs: number;
      /** Again without a pause: nothing but the company may have been wrong. */
      readonly atOnce: boolean;
    };

export interface Judgement {
  /** One per task. */
  readonly outcomes: readonly Judged[];
  readonly verdict: Verdict;
  /** Whether the events of this send are to be suspected, should others get through. */
  readonly blame: boolean;
}

/**
 * Judges a send. Side effect: events of a batch that failed as one get smaller batches from now on, so that the one at
 * fault ends up alone.
 */
export function judge(unit: Unit, outcomes: readonly Outcome[], plan: Plan): Judgement {
  const halved = unit.atomic && unit.tasks.length > 1 && outcomes.every(({ result }) => result !== 'delivered');
  const down = outcomes.find((outcome) => outcome.result === 'retry' && outcome.scope === 'destination');
  if (halved && !down) {
    const cap = Math.max(1, Math.floor(unit.tasks.length / 2));
    for (const { entry } of unit.tasks) entry.batchCap = Math.min(entry.batchCap, cap);
  }
  return { outcomes: outcomes.map((outcome) => judgeOne(outcome, halved)), ...judgeDestination(unit, outcomes, plan) };
}

function judgeOne(outcome: Outcome, halved: boolean): Judged {
  if (outcome.result === 'delivered') return outcome;
  if (outcome.result === 'failed' && !halved) return outcome;
  const { reason, status } = outcome;
  const retryAfterMs = outcome.result === 'retry' ? (outcome.retryAfterMs ?? 0) : 0;
  const atOnce = outcome.result === 'failed';
  return { result: 'retry', reason, retryAfterMs, atOnce, ...(status !== undefined && { status }) };
}

/** An answer, be it a refusal of the events, is a sign of life. */
function judgeAnswer(unit: Unit, outcomes: readonly Outcome[]): Verdict {
  const refusal = outcomes.find((outcome) => outcome.result === 'failed');
  if (!refusal || outcomes.some(({ result }) => result === 'delivered')) return { kind: 'well' };
  const reason = `The destination refuses event after event. ${refusal.reason}`;
  // A batch that stands or falls as one may be refused for a single event.
  return { kind: 'refused', reason, events: unit.atomic ? 1 : outcomes.length };
}

function judgeDestination(unit: Unit, outcomes: readonly Outcome[], plan: Plan): Omit<Judgement, 'outcomes'> {
  const failures = outcomes.filter((outcome) => outcome.result === 'retry');
  const [first] = failures;
  if (!first || failures.length < outcomes.length) return { verdict: judgeAnswer(unit, outcomes), blame: false };
  const down = failures.find(({ scope }) => scope === 'destination');
  const asksToWait = down?.status === 429 || down?.retryAfterMs !== undefined;
  const suspect = unit.tasks.every(({ entry }) => entry.suspectUnder === plan);
  if (down && (asksToWait || !suspect)) {
    const verdict: Verdict = { kind: 'down', reason: down.reason, retryAfterMs: down.retryAfterMs ?? 0 };
    return { verdict, blame: !asksToWait };
  }
  const known = suspect || unit.tasks.every(({ entry }) => entry.parking !== 'none');
  return { verdict: { kind: 'doubt', reason: first.reason, known }, blame: !known };
}
