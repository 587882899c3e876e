// An event as a user changed it, held to the rules that a call is held to; and one that a user typed.
import type { CanonicalEvent } from '../event/canonical-event.ts';
import { canonicalise } from '../event/canonicalise.ts';
import type { Canonicalised } from '../event/canonicalise.ts';
import { InputError } from '../errors/errors.ts';
import type { JsonObject } from '../lib/json.ts';
import { uuid } from '../lib/random.ts';
import { isoTime } from './api-schema.ts';

/** As for any call (spec section 13, oversize). */
const maxCallBytes = 32_768;

/**
 * The event in the canonical form, received at `receivedAt` whatever it says. Its `timestamp` is taken as it is: it was
 * corrected for the sender's clock when the event came in.
 * @throws InputError naming the field of `event` that no call could have.
 */
export function toEditedEvent(edited: JsonObject, receivedAt: number): { event: CanonicalEvent; body: string } {
  const { sentAt, originalTimestamp, ...rest } = edited;
  const { event } = read(rest, receivedAt);
  const kept = { ...event, sentAt, originalTimestamp } as CanonicalEvent;
  return { event: kept, body: checkSize(JSON.stringify(kept)) };
}

/** A call as a client would send it, made canonical as if it had just come in. @throws InputError as above. */
export function toTypedEvent(call: JsonObject, now: number): CanonicalEvent {
  const { event, body } = read(call, now);
  checkSize(body);
  return event;
}

function read(call: JsonObject, receivedAt: number): Extract<Canonicalised, { ok: true }> {
  const result = canonicalise(call, {
    type: null,
    receivedAt,
    receivedAtText: isoTime(receivedAt),
    ip: null,
    strict: true,
    envelope: null,
    notes: [],
    newId: uuid,
  });
  if (result.ok) return result;
  const [fault] = result.faults;
  throw new InputError('invalid_request', fault?.message, fault?.field ? `event.${fault.field}` : 'event');
}

function checkSize(body: string): string {
  const bytes = Buffer.byteLength(body);
  if (bytes <= maxCallBytes) return body;
  throw new InputError('too_large', `The event has ${bytes} bytes; the limit is ${maxCallBytes}.`, 'event');
}
