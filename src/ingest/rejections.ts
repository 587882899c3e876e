// Puts what was not taken into words: for the record that the user sees, and for the client that asked to be told.
import type { Rejection } from '../control/intake-store.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { batchSpans } from './body-scan.ts';
import type { BadCall, CallFault } from './judge-calls.ts';
import { maxNamedFaults } from './limits.ts';
import { sampleOf } from './sample.ts';
import type { KeyRefusal } from './write-key.ts';

/** Where a bad call came from. */
export interface RejectionOrigin {
  readonly sourceId: string | null;
  /** The key used, to be blanked; null without one. */
  readonly key: string | null;
  readonly at: number;
  readonly route: string;
  readonly client: string;
  readonly ip: string;
  readonly strict: boolean;
}

const blank: BadCall = { index: null, faults: [] };
const unknownFault: CallFault = { reason: 'invalid_value', field: null, message: 'The call is not valid.' };

/** The rejection of a whole request for its key. Its body is nobody's, so nothing of it is kept. */
export function toKeyRejection(origin: RejectionOrigin, refusal: KeyRefusal, size: number): Rejection {
  const { reason, message, keyPrefix } = refusal;
  return { ...shared(origin), reason, message, field: null, size, sample: '', keyPrefix };
}

/** One rejection per bad call of a body, `raw` being its bytes; past the first hundred they share one per reason. */
export function toRejections(origin: RejectionOrigin, bad: readonly BadCall[], raw: Buffer): readonly Rejection[] {
  const spans = bad.some(({ index }) => index !== null) ? batchSpans(raw) : [];
  const rejections = bad.slice(0, maxNamedFaults).map((call): Rejection => {
    const span = call.index === null ? undefined : spans[call.index];
    const bytes = span ? raw.subarray(span.start, span.end) : raw;
    const { reason, field } = firstFault(call);
    return {
      ...shared(origin),
      reason,
      message: call.faults.map((fault) => fault.message).join(' '),
      field: pathOf(call, field),
      size: bytes.length,
      sample: sampleOf(bytes, origin.key),
      keyPrefix: null,
    };
  });
  for (const [reason, calls] of countByReason(bad.slice(maxNamedFaults)))
    rejections.push({
      ...shared(origin),
      reason,
      message: `${calls} more calls of the same batch were not taken for this reason.`,
      field: null,
      size: raw.length,
      sample: '',
      keyPrefix: null,
      calls,
    });
  return rejections;
}

/** Every fault with its path, one sentence each; at most a hundred calls are named. */
export function faultMessages(bad: readonly BadCall[]): readonly [string, ...string[]] {
  const messages = bad.slice(0, maxNamedFaults).flatMap((call) =>
    call.faults.map(({ field, message }) => {
      const path = pathOf(call, field);
      return path === null ? message : `${path}: ${message}`;
    }),
  );
  if (bad.length > maxNamedFaults) messages.push(`${bad.length - maxNamedFaults} more calls are not valid.`);
  const [first = unknownFault.message, ...rest] = messages;
  return [first, ...rest];
}

/** The code of the error body: the fault's own where it has one. */
export function errorCodeOf(bad: readonly BadCall[]): ErrorCode {
  const { reason } = firstFault(bad[0] ?? blank);
  return reason === 'too_large' || reason === 'invalid_json' ? reason : 'invalid_request';
}

/** How many calls are bad for which (first) reason. */
export function countByReason(bad: readonly BadCall[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const call of bad) {
    const { reason } = firstFault(call);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return counts;
}

const firstFault = (call: BadCall): CallFault => call.faults[0] ?? unknownFault;

const shared = ({ sourceId, at, route, client, ip, strict }: RejectionOrigin) => ({
  sourceId,
  at,
  route,
  client,
  ip,
  strict,
});

function pathOf({ index }: BadCall, field: string | null): string | null {
  if (index === null) return field;
  return field === null ? `batch[${index}]` : `batch[${index}].${field}`;
}
