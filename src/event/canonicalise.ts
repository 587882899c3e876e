// Turns one call, as parsed from JSON, into the canonical event, or says why it cannot be taken. Pure.
//
// Per field: null and "" are absent; numeric ids become strings; an empty array stands for an empty object (how PHP
// writes one). Context and integrations of a batch's envelope are defaults: context key by key at its first level (a
// call's own `library` replaces the envelope's whole), integrations only for calls without their own.
import type { Json, JsonObject } from '../lib/json.ts';
import { isObject } from '../lib/json.ts';
import { checkCall } from './call-rules.ts';
import { eventTypes, eventVersion } from './canonical-event.ts';
import type { CanonicalEvent, EventType } from './canonical-event.ts';
import { eventTime, isCanonicalIso, parseTime, toIsoTime } from './event-time.ts';
import { Findings, kindOf } from './findings.ts';
import type { Finding } from './findings.ts';
import { isNestedDeeperThan } from './nesting.ts';

/** Longest messageId, in UTF-16 units (Pipelines API facts, section 13). */
export const maxMessageIdLength = 256;
/** Deepest nesting of a stored event; far above any real one, far below where recursive readers overflow their stack. */
export const maxNesting = 500;

/** Defaults that a batch's envelope gives its calls. */
export interface Envelope {
  readonly context?: JsonObject | undefined;
  readonly integrations?: JsonObject | undefined;
  readonly sentAt?: Json | undefined;
}

/** What the server knows about a call beside its body. */
export interface Receipt {
  /** Type of the route; null on batch routes, where each call names its own. */
  readonly type: EventType | null;
  /** ms since 1970, and the same as ISO text. */
  readonly receivedAt: number;
  readonly receivedAtText: string;
  /** The caller's address for `context.ip`; null leaves that alone. */
  readonly ip: string | null;
  /** In strict mode an unreadable time is a fault, else a note. */
  readonly strict: boolean;
  readonly envelope: Envelope | null;
  /** Notes about the whole request. */
  readonly notes: readonly Finding[];
  /** Makes a messageId for a call without one. */
  readonly newId: () => string;
}

export type Canonicalised =
  | { readonly ok: true; readonly event: CanonicalEvent; /** The event as JSON text. */ readonly body: string }
  | { readonly ok: false; readonly faults: readonly Finding[] };

/** Normalises and checks one call. Never throws, whatever the call is; the call itself is left as it is. */
export function canonicalise(call: unknown, receipt: Receipt): Canonicalised {
  const findings = new Findings();
  if (!isObject(call)) {
    findings.fault('wrong_type', null, `A call is a JSON object; this is ${kindOf(call)}.`);
    return { ok: false, faults: findings.faults };
  }
  const type = readType(call['type'], receipt.type, findings);
  // Without a type nothing else can be judged, and a batch may hold a hundred thousand such calls.
  if (type === null) return { ok: false, faults: findings.faults };
  const context = readContext(call['context'], receipt, findings);
  const times = readTimes(call, context, receipt, findings);
  const draft = {
    ...call,
    type,
    messageId: readId(call['messageId'], 'messageId', findings) ?? receipt.newId(),
    userId: readId(call['userId'], 'userId', findings),
    anonymousId: readId(call['anonymousId'], 'anonymousId', findings),
    previousId: readId(call['previousId'], 'previousId', findings),
    groupId: readId(call['groupId'], 'groupId', findings),
    event: readName(call['event'], 'event', findings),
    name: readName(call['name'], 'name', findings),
    traits: readObject(call['traits'], 'traits', findings),
    properties: readObject(call['properties'], 'properties', findings),
    context,
    integrations:
      readObject(call['integrations'], 'integrations', findings) ?? receipt.envelope?.integrations ?? allIntegrations,
    timestamp: times.timestamp,
    originalTimestamp: times.originalTimestamp,
    sentAt: times.sentAt,
    receivedAt: receipt.receivedAtText,
    version: eventVersion,
    // Undefined members are not written; deleting them would cost more.
    writeKey: undefined,
    _metadata: undefined,
    _leat: undefined,
  };
  if (draft.messageId.length > maxMessageIdLength)
    findings.fault(
      'too_long',
      'messageId',
      `messageId has ${draft.messageId.length} characters; the limit is ${maxMessageIdLength}.`,
    );
  checkCall(draft, findings);
  if (findings.faults.length > 0) return { ok: false, faults: findings.faults };

  const notes = receipt.notes.length > 0 ? [...receipt.notes, ...findings.notes] : findings.notes;
  const event: CanonicalEvent = notes.length > 0 ? { ...draft, _leat: { notes } } : draft;
  const body = serialise(event);
  if (body !== null) return { ok: true, event, body };
  findings.fault('too_deep', null, `The call is nested deeper than ${maxNesting} levels.`);
  return { ok: false, faults: findings.faults };
}

const allIntegrations: JsonObject = { All: true };

function readType(sent: Json | undefined, ofRoute: EventType | null, findings: Findings): EventType | null {
  if (ofRoute !== null) {
    if (sent !== ofRoute && !isAbsent(sent))
      findings.note('type_conflict', 'type', `The call names another type than its route; it is taken as ${ofRoute}.`);
    return ofRoute;
  }
  const type = eventTypes.find((known) => known === sent);
  if (type !== undefined) return type;
  if (isAbsent(sent))
    findings.fault('missing_field', 'type', `A call in a batch needs type: ${eventTypes.join(', ')}.`);
  else findings.fault('invalid_value', 'type', `type is one of ${eventTypes.join(', ')}.`);
  return null;
}

function readId(value: Json | undefined, field: string, findings: Findings): string | undefined {
  if (typeof value === 'string') {
    if (value === '') return undefined;
    // No store keeps these as they are, so two ids could become one.
    if (value.includes('\0') || !value.isWellFormed())
      findings.fault(
        'invalid_value',
        field,
        `${field} holds a character that cannot be stored: NUL or half of a surrogate pair.`,
      );
    return value;
  }
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'number') {
    findings.fault('wrong_type', field, `${field} is a string; this call has ${kindOf(value)}.`);
    return undefined;
  }
  // Past 2^53 two different numbers read as the same one, and so would two people.
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
    findings.fault('invalid_value', field, `${field} is a number too large to be read exactly; send it as a string.`);
  return String(value);
}

function readName(value: Json | undefined, field: string, findings: Findings): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  if (value === undefined || value === null) return undefined;
  findings.fault('wrong_type', field, `${field} is a string; this call has ${kindOf(value)}.`);
  return undefined;
}

function readObject(value: Json | undefined, field: string, findings: Findings): JsonObject | undefined {
  if (isObject(value)) return value;
  if (isAbsent(value)) return undefined;
  if (Array.isArray(value) && value.length === 0) return {};
  findings.fault('wrong_type', field, `${field} is an object; this call has ${kindOf(value)}.`);
  return undefined;
}

const noContext: JsonObject = {};

function readContext(value: Json | undefined, receipt: Receipt, findings: Findings): JsonObject {
  const own = readObject(value, 'context', findings);
  const base = receipt.envelope?.context;
  const context = base && own ? { ...base, ...own } : (own ?? base ?? noContext);
  return receipt.ip !== null && isAbsent(context['ip']) ? { ...context, ip: receipt.ip } : context;
}

interface Times {
  readonly timestamp: string;
  readonly originalTimestamp: string | undefined;
  readonly sentAt: string | undefined;
}

function readTimes(call: JsonObject, context: JsonObject, receipt: Receipt, findings: Findings): Times {
  const sent = isAbsent(call['sentAt']) ? receipt.envelope?.sentAt : call['sentAt'];
  const timestamp = call['timestamp'];
  const original = call['originalTimestamp'];
  const sentAt = readTime(sent, 'sentAt', receipt, findings);
  const originalAt = readTime(original, 'originalTimestamp', receipt, findings);
  const claimed = isAbsent(timestamp) ? originalAt : readTime(timestamp, 'timestamp', receipt, findings);
  const library = context['library'];
  const { at, tooFarAhead } = eventTime(claimed, sentAt, receipt.receivedAt, {
    library: isObject(library) ? library['name'] : undefined,
    mobile: isObject(context['device']),
  });
  if (tooFarAhead)
    findings.note(
      'future_timestamp',
      isAbsent(timestamp) ? 'originalTimestamp' : 'timestamp',
      'The time lies more than 24 hours in the future; the event is taken at its time of receipt.',
    );
  const originalText = asSent(original, originalAt) ?? asSent(timestamp, claimed);
  return {
    timestamp:
      at === receipt.receivedAt ? receipt.receivedAtText : at === claimed ? isoOf(timestamp, at) : toIsoTime(at),
    originalTimestamp: originalText,
    sentAt: asSent(sent, sentAt),
  };
}

/** The time in ms; NaN when there is none or it cannot be read, which is a fault in strict mode and else a note. */
function readTime(value: Json | undefined, field: string, receipt: Receipt, findings: Findings): number {
  if (isAbsent(value)) return Number.NaN;
  const ms = parseTime(value);
  if (Number.isNaN(ms)) {
    const expected = `${field} is no time that can be read; send ISO 8601 such as 2026-01-31T12:00:00.000Z`;
    if (receipt.strict) findings.fault('unreadable_timestamp', field, `${expected}.`);
    else if (field === 'sentAt') findings.note('unreadable_timestamp', field, `${expected}. It is not used.`);
    else findings.note('unreadable_timestamp', field, `${expected}. The event is taken at its time of receipt.`);
  }
  return ms;
}

/** ISO text of `ms`, which `value` was read as: the same text again where it has that form already. */
const isoOf = (value: Json | undefined, ms: number): string =>
  typeof value === 'string' && isCanonicalIso(value) ? value : toIsoTime(ms);

/** Text word for word, a number as ISO text. */
function asSent(value: Json | undefined, ms: number): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' && !Number.isNaN(ms) ? toIsoTime(ms) : undefined;
}

/** JSON text, or null when the event is nested too deeply. */
function serialise(event: CanonicalEvent): string | null {
  let body: string;
  try {
    body = JSON.stringify(event);
  } catch (error) {
    // Thousands of levels overflow the stack of JSON.stringify, though not that of JSON.parse.
    if (error instanceof RangeError) return null;
    throw error;
  }
  // Each level takes two characters at least, so short texts need no look.
  return body.length > maxNesting * 2 && isNestedDeeperThan(event, maxNesting) ? null : body;
}

const isAbsent = (value: Json | undefined): boolean => value === undefined || value === null || value === '';
