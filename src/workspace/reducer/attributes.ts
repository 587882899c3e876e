// A set of attributes in which the last writer wins, attribute by attribute.
//
// Every value carries the time it was set; one that is older than what is there loses, one of the same time wins, since
// it comes later in the log. A removal is kept for 30 days with its time, so that an older value that arrives late does
// not come back. So the set is the same in whatever order the same writes arrive.
//
// Stored as two flat JSON lists: [name, time, value, …] and [name, time, log time, …] for removals.
import { isObject } from '../../lib/json.ts';
import type { Json } from '../../lib/json.ts';
import { keepMs } from '../workspace-settings.ts';

interface Value {
  readonly value: Json;
  readonly at: number;
}

interface Removal {
  readonly at: number;
  /** Log time, by which the removal is forgotten. */
  readonly log: number;
}

/** Most removals remembered; past it the oldest go. */
const maxRemovals = 300;

/** How a write went: `same` when only the time moved on. */
export type WriteResult = 'changed' | 'same' | 'older';

export class Attributes {
  readonly #values: Map<string, Value>;
  readonly #removals: Map<string, Removal>;
  /** At least the bytes of all names and values; see `wouldExceed`. */
  #roughBytes: number;

  private constructor(values: Map<string, Value>, removals: Map<string, Removal>, roughBytes: number) {
    this.#values = values;
    this.#removals = removals;
    this.#roughBytes = roughBytes;
  }

  static empty(): Attributes {
    return new Attributes(new Map(), new Map(), 0);
  }

  /** The inverse of `encode`. */
  static decode(values: string | null, removals: string | null): Attributes {
    return new Attributes(
      values === null ? new Map() : decodeList(values, (at, value) => ({ at, value })),
      removals === null ? new Map() : decodeList(removals, (at, log) => ({ at, log: Number(log) })),
      values === null ? 0 : values.length * 3,
    );
  }

  /** Both lists as text; null for an empty one. */
  encode(): { readonly values: string | null; readonly removals: string | null } {
    const values: Json[] = [];
    for (const [name, { at, value }] of this.#values) values.push(name, at, value);
    const removals: Json[] = [];
    for (const [name, { at, log }] of this.#removals) removals.push(name, at, log);
    return {
      values: values.length === 0 ? null : JSON.stringify(values),
      removals: removals.length === 0 ? null : JSON.stringify(removals),
    };
  }

  copy(): Attributes {
    return new Attributes(new Map(this.#values), new Map(this.#removals), this.#roughBytes);
  }

  /** About how many characters it takes as text. */
  get weight(): number {
    return this.#roughBytes / 3;
  }

  get count(): number {
    return this.#values.size;
  }

  get(name: string): Value | undefined {
    return this.#values.get(name);
  }

  removal(name: string): Removal | undefined {
    return this.#removals.get(name);
  }

  /** Values in the order in which their names first appeared. */
  entries(): IterableIterator<[string, Value]> {
    return this.#values.entries();
  }

  removals(): IterableIterator<[string, Removal]> {
    return this.#removals.entries();
  }

  /** When the attribute was last set or removed, as far as remembered; null when never. */
  writtenAt(name: string, log: number): number | null {
    const value = this.#values.get(name);
    if (value) return value.at;
    const removal = this.#removals.get(name);
    return removal && !isExpired(removal, log) ? removal.at : null;
  }

  /** Sets a value unless something newer is there. */
  set(name: string, value: Json, at: number, log: number): WriteResult {
    const written = this.writtenAt(name, log);
    if (written !== null && at < written) return 'older';
    const before = this.#values.get(name);
    this.#values.set(name, { value, at });
    this.#removals.delete(name);
    this.#roughBytes += 3 * (name.length + valueLength(value));
    return before !== undefined && isSameJson(before.value, value) ? 'same' : 'changed';
  }

  /** Removes a value, unless something newer is there, and remembers that. */
  remove(name: string, at: number, log: number): WriteResult {
    const written = this.writtenAt(name, log);
    if (written !== null && at < written) return 'older';
    const had = this.#values.delete(name);
    this.#removals.delete(name);
    this.#removals.set(name, { at, log });
    if (this.#removals.size > maxRemovals) this.#forget(log);
    return had ? 'changed' : 'same';
  }

  /** Takes in another set: attribute by attribute the later write stays, of two at one time the one here. */
  merge(other: Attributes, log: number): void {
    for (const [name, { value, at }] of other.#values) if (this.#isNewer(name, at, log)) this.set(name, value, at, log);
    for (const [name, removal] of other.#removals)
      if (this.#isNewer(name, removal.at, log)) this.#takeRemoval(name, removal);
  }

  /** Takes over one removal as it was, if nothing is known of the name. */
  inherit(name: string, removal: Removal, log: number): void {
    if (this.writtenAt(name, log) === null) this.#takeRemoval(name, removal);
  }

  #isNewer(name: string, at: number, log: number): boolean {
    const written = this.writtenAt(name, log);
    return written === null || at > written;
  }

  #takeRemoval(name: string, removal: Removal): void {
    this.#values.delete(name);
    this.#removals.set(name, removal);
  }

  /** Drops an attribute without a trace. */
  drop(name: string): void {
    this.#values.delete(name);
    this.#removals.delete(name);
  }

  /** Forgets removals that have expired. */
  expire(log: number): void {
    for (const [name, removal] of this.#removals) if (isExpired(removal, log)) this.#removals.delete(name);
  }

  /**
   * Whether names and values would take more than `limit` bytes with this one set. Counted only when the rough sum
   * leaves it open, which it never does below a third of the limit.
   */
  wouldExceed(limit: number, name: string, value: Json): boolean {
    if (this.#roughBytes + 3 * (name.length + valueLength(value)) <= limit) return false;
    let bytes = Buffer.byteLength(name) + valueBytes(value);
    for (const [other, { value }] of this.#values)
      if (other !== name) bytes += Buffer.byteLength(other) + valueBytes(value);
    const before = this.#values.get(name);
    const shrinks = before !== undefined && valueBytes(value) <= valueBytes(before.value);
    return bytes > limit && !shrinks;
  }

  #forget(log: number): void {
    this.expire(log);
    while (this.#removals.size > maxRemovals) {
      let oldest: string | undefined;
      let oldestAt = Number.POSITIVE_INFINITY;
      for (const [name, { at }] of this.#removals) if (at < oldestAt) [oldest, oldestAt] = [name, at];
      if (oldest === undefined) return;
      this.#removals.delete(oldest);
    }
  }
}

/** Whether a removal is no longer remembered at log time `log`. */
export const isExpired = (removal: { readonly log: number }, log: number): boolean => log - removal.log >= keepMs;

/** Bytes of a value as the limits count them: a string's own, of anything else its JSON. */
export const valueBytes = (value: Json): number =>
  Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));

/** Whether two JSON values are the same; objects as they are written. */
function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether the value removes an attribute. */
export const isBlank = (value: Json | undefined): boolean => value === null || value === '';

/**
 * The value as it reads after being stored. Only mappings can make what JSON cannot hold (infinities, -0, holes), and
 * a value must not depend on whether it has been through the store.
 */
export function storedForm(value: Json): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : null;
  return typeof value === 'object' && value !== null ? (JSON.parse(JSON.stringify(value)) as Json) : value;
}

function valueLength(value: Json): number {
  if (typeof value === 'string') return value.length;
  if (Array.isArray(value) || isObject(value)) return JSON.stringify(value).length;
  return 24;
}

function decodeList<T>(text: string, make: (at: number, third: Json) => T): Map<string, T> {
  const list = JSON.parse(text) as readonly Json[];
  const map = new Map<string, T>();
  for (let at = 0; at + 2 < list.length; at += 3) {
    const name = list[at];
    if (typeof name === 'string') map.set(name, make(Number(list[at + 1]), list[at + 2] ?? null));
  }
  return map;
}
