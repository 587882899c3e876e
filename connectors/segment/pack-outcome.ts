// What the engine's errors and statuses mean for an event.
import { delivered, toOutcome } from '../../src/destinations/outcome.ts';
import type { Outcome, RetryOutcome } from '../../src/destinations/outcome.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { NoAnswer } from './host-fetch.ts';
import type { ItemStatus } from './open-package.ts';

/** Characters kept of what a destination's code says. */
const maxWords = 500;

/**
 * The outcome of an error that the engine threw, or the error itself when it is a fault of the code. `failure` is why the
 * last request got no answer: code that wraps errors hides that.
 */
export function toPackOutcome(error: unknown, failure: RetryOutcome | null): Outcome {
  if (error instanceof NoAnswer) return error.outcome;
  if (!(error instanceof Error)) throw error;
  const { status, response, name } = error as { status?: unknown; response?: ErrorResponse; name?: string };
  if (failure) return failure;
  if (typeof response?.status === 'number') {
    const headers = Object.fromEntries(response.headers ?? []);
    return toOutcome({ status: response.status, headers }, systemClock.now());
  }
  if (typeof status === 'number') return statusOutcome(status, error.message);
  // The payload or the settings are not what the destination's fields say.
  if (name === 'AggregateAjvError' || name === 'ValidationError')
    return { result: 'failed', reason: sentence('The destination cannot take the event.', error.message) };
  throw error;
}

interface ErrorResponse {
  readonly status?: unknown;
  readonly headers?: Iterable<readonly [string, string]>;
}

/** The outcome of one event of a batch; without a status the code did not say. */
export function itemOutcome(item: ItemStatus | undefined): Outcome {
  const { status, errormessage } = item ?? { errormessage: '' };
  if (status !== undefined) {
    return status >= 200 && status < 300 ? delivered : statusOutcome(status, errormessage ?? '');
  }
  if (errormessage === undefined) return delivered;
  return { result: 'retry', scope: 'event', reason: sentence('The destination did not take the event.', errormessage) };
}

function statusOutcome(status: number, words: string): Outcome {
  const outcome = toOutcome({ status, headers: {} }, systemClock.now());
  return outcome.result === 'delivered' ? outcome : { ...outcome, reason: sentence(outcome.reason, words) };
}

function sentence(reason: string, words: string): string {
  const text = words.trim().slice(0, maxWords);
  return text === '' ? reason : `${reason} It says: ${text}${/[.!?]$/.test(text) ? '' : '.'}`;
}
