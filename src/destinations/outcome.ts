// What became of an item that was sent: delivered, to be tried again, or refused for good; and whose fault a retry is.
import type { IncomingHttpHeaders } from 'node:http';
import { DestinationError } from '../errors/errors.ts';

export type Outcome =
  | { readonly result: 'delivered' }
  | {
      readonly result: 'retry';
      /** `destination`: nothing else would get through either (credentials, rate, unreachable), so the whole destination waits. */
      readonly scope: 'event' | 'destination';
      /** One sentence for people: what happened and, where that is known, what to do. */
      readonly reason: string;
      readonly status?: number;
      /** The remote side asked to wait this long. */
      readonly retryAfterMs?: number;
    }
  | { readonly result: 'failed'; readonly reason: string; readonly status?: number };

export type RetryOutcome = Extract<Outcome, { readonly result: 'retry' }>;

export const delivered: Outcome = { result: 'delivered' };

/** Thrown when a send got no answer at all; its outcome holds for every item of the send. */
export class SendFailure extends DestinationError {
  readonly outcome: RetryOutcome;

  constructor(code: 'destination_unavailable' | 'private_address', outcome: RetryOutcome, options?: ErrorOptions) {
    super(code, outcome.reason, options);
    this.outcome = outcome;
  }
}

/** The parts of an HTTP answer that decide an outcome. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/** Longest wait a remote side can ask for; more is taken as a mistake of theirs. */
const longestRetryAfterMs = 24 * 60 * 60 * 1000;

/**
 * The outcome of an HTTP answer, by its status alone. 2xx is delivered; 401, 403, 407, 429, a redirect and any answer
 * with Retry-After concern the destination as a whole; 408, 425 and 5xx are tried again; every other 4xx is final.
 */
export function toOutcome(answer: Answer, now: number): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return delivered;
  if (status === 401 || status === 403 || status === 407) {
    const reason = `The destination refused our credentials (${status}). Check its keys, tokens and permissions.`;
    return { result: 'retry', scope: 'destination', reason, status };
  }
  if (status >= 300 && status < 400) {
    const reason = `The destination answered with a redirect (${status}), which Leat does not follow. Set the address to where it leads.`;
    return { result: 'retry', scope: 'destination', reason, status };
  }
  const retryAfterMs = parseRetryAfter(answer.headers, now);
  if (status === 429) {
    const reason = 'The destination asks for fewer requests (429).';
    return { result: 'retry', scope: 'destination', reason, status, ...(retryAfterMs !== null && { retryAfterMs }) };
  }
  if (status === 408 || status === 425 || status >= 500) {
    const reason = `The destination answered ${status}.`;
    return retryAfterMs === null
      ? { result: 'retry', scope: 'event', reason, status }
      : { result: 'retry', scope: 'destination', reason, status, retryAfterMs };
  }
  return { result: 'failed', reason: `The destination refused the event (${status}).`, status };
}

/** How long a Retry-After header (RFC 9110 §10.2.3: seconds or an HTTP date) asks to wait; null without a readable one. */
export function parseRetryAfter(headers: IncomingHttpHeaders, now: number): number | null {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, longestRetryAfterMs);
  const at = parseHttpDate(text);
  if (at === null) return null;
  // The remote clock may differ from ours; its own Date header says by how much.
  const remoteNow = parseHttpDate(headers.date) ?? now;
  return Math.min(Math.max(0, at - remoteNow), longestRetryAfterMs);
}

/** Date.parse reads far more than dates in HTTP's formats, such as a bare number; all of these begin with a weekday. */
function parseHttpDate(text: string | undefined): number | null {
  if (text === undefined || !/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
