// Decides about the calls of one body: which are taken, in the form the log stores, and which are bad, and why. Pure.
import { canonicalise } from '../event/canonicalise.ts';
import type { Envelope, Receipt } from '../event/canonicalise.ts';
import type { CanonicalEvent, EventType } from '../event/canonical-event.ts';
import { kindOf } from '../event/findings.ts';
import type { Finding, FindingReason } from '../event/findings.ts';
import { personKey } from '../event/person-key.ts';
import { isObject } from '../lib/json.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import type { LogEntry } from '../log/event-log.ts';
import { batchSpans } from './body-scan.ts';
import type { Span } from './body-scan.ts';
import { maxBatchBytes, maxCallBytes, maxEnvelopeCopyBytes } from './limits.ts';

/** Why a call is not taken; its path is seen from the call, or from the body where no single call is meant. */
export interface CallFault {
  readonly reason: FindingReason | 'too_large' | 'invalid_json' | 'unsupported_encoding' | 'undecodable';
  readonly field: string | null;
  readonly message: string;
}

export interface BadCall {
  /** Place in the batch; null when the whole body is meant. */
  readonly index: number | null;
  readonly faults: readonly CallFault[];
}

export interface Judgement {
  /** What is to be stored, in order. Whoever stores it takes it out: while it waits for the commit, nothing else may hold it. */
  readonly entries: LogEntry[];
  /** The last of them as an event. */
  readonly last: CanonicalEvent | null;
  readonly bad: readonly BadCall[];
}

/** What is known about the body beside its content. */
export interface BodyFacts {
  readonly sourceId: string;
  /** Null on batch routes. */
  readonly type: EventType | null;
  readonly receivedAt: number;
  readonly receivedAtText: string;
  readonly ip: string | null;
  readonly strict: boolean;
  readonly newId: () => string;
  readonly notes: readonly Finding[];
}

/** Judges a parsed body; `raw` are its bytes, by which its calls are measured. */
export function judgeCalls(value: unknown, raw: Buffer, facts: BodyFacts): Judgement {
  return facts.type === null ? judgeBatch(value, raw, facts) : judgeSingle(value, raw, facts);
}

/** The judgement on a body that is bad as a whole. */
export const badBody = (fault: CallFault): Judgement => ({
  entries: [],
  last: null,
  bad: [{ index: null, faults: [fault] }],
});

function judgeSingle(value: unknown, raw: Buffer, facts: BodyFacts): Judgement {
  if (raw.length > maxCallBytes) return badBody(tooLarge('The call', raw.length, maxCallBytes));
  const result = canonicalise(value, { ...facts, envelope: null });
  if (!result.ok) return { entries: [], last: null, bad: [{ index: null, faults: result.faults }] };
  return { entries: [toEntry(result.event, result.body, facts)], last: result.event, bad: [] };
}

function judgeBatch(value: unknown, raw: Buffer, facts: BodyFacts): Judgement {
  if (raw.length > maxBatchBytes) return badBody(tooLarge('The batch', raw.length, maxBatchBytes));
  if (!isObject(value))
    return badBody(wrongType(null, `A batch is a JSON object with an array batch; this is ${kindOf(value)}.`));
  const { batch } = value;
  if (batch === undefined || batch === null)
    return badBody({
      reason: 'missing_field',
      field: 'batch',
      message: 'A batch needs batch, the array of its calls.',
    });
  if (!Array.isArray(batch)) return badBody(wrongType('batch', `batch is an array; this is ${kindOf(batch)}.`));

  const calls: readonly Json[] = batch;
  const notes: Finding[] = [...facts.notes];
  const envelope: Envelope = {
    context: readDefault(value['context'], 'context', notes),
    integrations: readDefault(value['integrations'], 'integrations', notes),
    sentAt: value['sentAt'],
  };
  const [misread] = notes.slice(facts.notes.length);
  if (misread && facts.strict) return badBody(misread);
  const copied = copiedBytes(envelope, calls.length);
  if (copied > maxEnvelopeCopyBytes)
    return badBody(
      tooLarge('The context and integrations copied into each call of the batch', copied, maxEnvelopeCopyBytes),
    );

  const receipt: Receipt = { ...facts, envelope, notes };
  // A call cannot be too large in a body that is not.
  const spans = raw.length > maxCallBytes ? batchSpans(raw) : null;
  const entries: LogEntry[] = [];
  const bad: BadCall[] = [];
  let last: CanonicalEvent | null = null;
  for (const [index, call] of calls.entries()) {
    const size = spans === null ? 0 : lengthOf(spans[index]);
    if (size > maxCallBytes) {
      bad.push({ index, faults: [tooLarge('The call', size, maxCallBytes)] });
      continue;
    }
    const result = canonicalise(call, receipt);
    if (result.ok) {
      entries.push(toEntry(result.event, result.body, facts));
      last = result.event;
    } else bad.push({ index, faults: result.faults });
  }
  return { entries, last, bad };
}

function toEntry(event: CanonicalEvent, body: string, facts: BodyFacts): LogEntry {
  return {
    sourceId: facts.sourceId,
    messageId: event.messageId,
    receivedAt: facts.receivedAt,
    personKey: personKey(event),
    body,
  };
}

/** A default of the envelope. One of a wrong kind is not used and noted: the calls themselves may be fine. */
function readDefault(value: Json | undefined, field: string, notes: Finding[]): JsonObject | undefined {
  if (isObject(value)) return value;
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return undefined;
  notes.push({
    reason: 'wrong_type',
    field,
    message: `${field} of the batch is an object; this one is ${kindOf(value)} and is not used.`,
  });
  return undefined;
}

/** UTF-16 units, near enough to bytes for a limit on memory. */
function copiedBytes({ context, integrations }: Envelope, calls: number): number {
  if (context === undefined && integrations === undefined) return 0;
  try {
    return (JSON.stringify(context ?? null).length + JSON.stringify(integrations ?? null).length) * calls;
  } catch (error) {
    // Nested too deeply to be written; each call will be found to be so.
    if (error instanceof RangeError) return 0;
    throw error;
  }
}

const lengthOf = (span: Span | undefined): number => (span ? span.end - span.start : 0);

const tooLarge = (what: string, size: number, limit: number): CallFault => ({
  reason: 'too_large',
  field: null,
  message: `${what} has ${size} bytes; the limit is ${limit}.`,
});

const wrongType = (field: string | null, message: string): CallFault => ({ reason: 'wrong_type', field, message });
