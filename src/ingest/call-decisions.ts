// Decides what becomes of a request that was read: which source it is for, which of its calls are stored, what is
// recorded as rejected, and what the client is told. Stores and answers nothing itself.
import type { Rejection } from '../control/intake-store.ts';
import type { Source } from '../control/model.ts';
import type { ErrorCode } from '../errors/codes.ts';
import { toIsoTime } from '../event/event-time.ts';
import type { Finding } from '../event/findings.ts';
import type { Clock } from '../lib/clock.ts';
import { isObject } from '../lib/json.ts';
import type { Json } from '../lib/json.ts';
import { uuid } from '../lib/random.ts';
import type { HeaderList } from './answers.ts';
import type { BodyExtent } from './body-reader.ts';
import { findKeyText } from './body-scan.ts';
import type { TrustedProxies } from './client-address.ts';
import type { Decoded } from './content-coding.ts';
import type { Exchange } from './exchange.ts';
import type { IngestCounters } from './ingest-counters.ts';
import { badBody, judgeCalls } from './judge-calls.ts';
import type { Judgement } from './judge-calls.ts';
import { maxBodyBytes } from './limits.ts';
import { parseBody } from './parse-body.ts';
import type { ParsedBody } from './parse-body.ts';
import { countByReason, errorCodeOf, faultMessages, toKeyRejection, toRejections } from './rejections.ts';
import type { RejectionOrigin } from './rejections.ts';
import { clientName } from './source-meters.ts';
import type { SourceMeter, SourceMeters } from './source-meters.ts';
import type { Access, KeyRefusal, WriteKeys } from './write-key.ts';

export interface DecisionParts {
  readonly keys: WriteKeys;
  readonly meters: SourceMeters;
  readonly proxies: TrustedProxies;
  readonly counters: IngestCounters;
  readonly clock: Clock;
  /** Requests per 3 s and source; 0 for no limit. */
  readonly hardRateLimit: number;
}

/** What is to be stored before the answer, and the answer then. */
export interface Decision {
  /** The calls taken, of the source that `meter` counts; null when there are none. */
  readonly taken: { readonly judgement: Judgement; readonly meter: SourceMeter } | null;
  readonly rejections: readonly Rejection[];
  /** Null for 200 `{}`. */
  readonly refusal: Refusal | null;
}

interface Refusal {
  readonly code: ErrorCode;
  readonly messages: readonly [string, ...string[]];
  readonly headers: HeaderList;
}

/** A body as it came over the wire, and what unpacking it gave. */
export interface ReceivedBody {
  readonly wire: Buffer;
  readonly extent: BodyExtent;
  readonly content: Decoded;
}

const invalidUtf8: Finding = {
  reason: 'invalid_utf8',
  field: null,
  message: 'The body is not valid UTF-8; what could not be read was replaced by U+FFFD. Send UTF-8.',
};
const noNotes: readonly Finding[] = [];
const nothing = Buffer.alloc(0);

export class CallDecisions {
  readonly #parts: DecisionParts;
  #nowText = '';
  #nowMs = Number.NaN;

  constructor(parts: DecisionParts) {
    this.#parts = parts;
  }

  decide(exchange: Exchange, body: ReceivedBody): Decision {
    const { keys, meters, clock, hardRateLimit } = this.#parts;
    const { head } = exchange;
    const now = clock.now();
    let key = keys.fromHeader(head.authorization);
    let access: Access | null = key === null ? null : keys.open({ key, inHeader: true });
    // A refused key spares the parsing.
    const parsed = access?.ok === false ? null : parseWhole(body);
    if (access === null) {
      key = this.#keyInBody(exchange, body, parsed);
      const inHeader = key === null;
      key ??= keys.unknownBearer(head.authorization);
      access = keys.open(key === null ? null : { key, inHeader });
    }
    if (!access.ok) {
      const { source } = access.refusal;
      return this.#refuseKey(access.refusal, this.#originOf(exchange, parsed, source, key, now), body);
    }

    const { source } = access;
    const meter = meters.of(source.id);
    const waitMs = meter.request(now, hardRateLimit);
    if (waitMs > 0) return this.#limit(waitMs);
    const strict = source.strict || isStrict(exchange);
    const judgement = this.#judge(exchange, body, parsed, source, strict, now);
    const { bad, entries } = judgement;
    const taken = entries.length > 0 ? { judgement, meter } : null;
    if (bad.length === 0) return { taken, rejections: [], refusal: null };

    for (const [reason, calls] of countByReason(bad)) this.#parts.counters.countRejected(reason, calls);
    meter.refused(now, bad.length);
    const origin = this.#originOf(exchange, parsed, source, key, now);
    const rejections = toRejections(origin, bad, body.content.ok ? body.content.body : nothing);
    if (!strict) return { taken, rejections, refusal: null };
    // Strict is all or nothing.
    return {
      taken: null,
      rejections,
      refusal: { code: errorCodeOf(bad), messages: faultMessages(bad), headers: [] },
    };
  }

  #judge(
    { req, route }: Exchange,
    { content, extent }: ReceivedBody,
    parsed: ParsedBody | null,
    source: Source,
    strict: boolean,
    now: number,
  ): Judgement {
    if (!content.ok) return badBody({ reason: content.reason, field: null, message: content.message });
    if (extent !== 'whole' || parsed === null)
      return badBody({ reason: 'too_large', field: null, message: `The body is larger than ${maxBodyBytes} bytes.` });
    if (!parsed.ok) return badBody({ reason: 'invalid_json', field: null, message: parsed.message });
    if (parsed.repaired && strict) return badBody(invalidUtf8);
    return judgeCalls(parsed.value, content.body, {
      sourceId: source.id,
      type: route.type,
      receivedAt: now,
      receivedAtText: this.#isoTime(now),
      ip: this.#parts.proxies.clientAddress(req) || null,
      strict,
      newId: uuid,
      notes: parsed.repaired ? [invalidUtf8] : noNotes,
    });
  }

  #keyInBody({ req }: Exchange, { wire }: ReceivedBody, parsed: ParsedBody | null): string | null {
    const { keys } = this.#parts;
    const url = req.url ?? '';
    if (parsed?.ok) return keys.fromBody(parsed.value, url);
    return findKeyText(wire) ?? keys.fromBody(null, url);
  }

  #refuseKey(refusal: KeyRefusal, origin: RejectionOrigin, { content, wire }: ReceivedBody): Decision {
    const { counters, meters } = this.#parts;
    counters.countRejected(refusal.reason, 1);
    if (refusal.source) meters.of(refusal.source.id).refused(origin.at, 1);
    const size = content.ok ? content.body.length : wire.length;
    return {
      taken: null,
      rejections: [toKeyRejection(origin, refusal, size)],
      refusal: origin.strict ? { code: 'unauthorized', messages: [refusal.message], headers: [] } : null,
    };
  }

  #limit(waitMs: number): Decision {
    const { counters, hardRateLimit } = this.#parts;
    counters.rateLimited++;
    const message = `The source sent more than ${hardRateLimit} requests in 3 seconds, the limit set for it.`;
    const headers = ['Retry-After', String(Math.ceil(waitMs / 1000))];
    return { taken: null, rejections: [], refusal: { code: 'rate_limited', messages: [message], headers } };
  }

  #originOf(
    exchange: Exchange,
    parsed: ParsedBody | null,
    source: Source | null,
    key: string | null,
    now: number,
  ): RejectionOrigin {
    const { req, head, route } = exchange;
    return {
      sourceId: source?.id ?? null,
      key,
      at: now,
      route: route.path,
      client: clientName(libraryOf(parsed), head.userAgent ?? ''),
      ip: this.#parts.proxies.clientAddress(req),
      strict: source?.strict === true || isStrict(exchange),
    };
  }

  /** Requests of the same millisecond share the text. */
  #isoTime(ms: number): string {
    if (ms !== this.#nowMs) {
      this.#nowMs = ms;
      this.#nowText = toIsoTime(ms);
    }
    return this.#nowText;
  }
}

/** The header turns strict mode on when it is exactly `1`; anything else leaves it off. */
const isStrict = ({ head }: Exchange): boolean => head.strictMode === '1';

const parseWhole = ({ content, extent }: ReceivedBody): ParsedBody | null =>
  content.ok && extent === 'whole' ? parseBody(content.body) : null;

/** `context.library` of the call, of the envelope or of the first call of a batch. */
function libraryOf(parsed: ParsedBody | null): Json | undefined {
  if (!parsed?.ok || !isObject(parsed.value)) return undefined;
  const { context, batch } = parsed.value;
  const first: unknown = Array.isArray(batch) ? batch[0] : undefined;
  const candidates = [context, isObject(first) ? first['context'] : undefined];
  return candidates.map((one) => (isObject(one) ? one['library'] : undefined)).find((library) => library !== undefined);
}
