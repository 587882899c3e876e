// What canonicalising a call finds: faults, for which it is not taken, and notes, which travel with the stored event.
import type { JsonObject } from '../lib/json.ts';

/** Machine-readable reasons of faults and notes. */
export type FindingReason =
  | 'missing_field'
  | 'wrong_type'
  | 'invalid_value'
  | 'too_long'
  | 'too_deep'
  | 'unreadable_timestamp'
  | 'future_timestamp'
  | 'type_conflict'
  | 'invalid_utf8'
  | 'no_effect';

/** One fault or note as plain data. Messages name the limit and the remedy, never a value of the call. */
export interface Finding extends JsonObject {
  readonly reason: FindingReason;
  /** Path of the field inside the call, such as `context.device.token`; null when the whole call is meant. */
  readonly field: string | null;
  readonly message: string;
}

/** Collects the findings about one call, in the order they are made. */
export class Findings {
  readonly faults: Finding[] = [];
  readonly notes: Finding[] = [];

  fault(reason: FindingReason, field: string | null, message: string): void {
    this.faults.push({ reason, field, message });
  }

  note(reason: FindingReason, field: string | null, message: string): void {
    this.notes.push({ reason, field, message });
  }
}

/** Names the kind of a JSON value for a message, such as `an array`. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
