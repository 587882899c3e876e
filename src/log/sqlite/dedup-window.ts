// Which (source, messageId) the log has stored within the window. Exact: every hash hit is confirmed against the stored
// identifiers by the caller.
//
// A key is looked for in the table of the open segment, in the tables of segments being sealed, in the filter over the
// sealed ones, and in the index file of each candidate. A sealed segment whose column is not filled yet (after a start)
// is searched through its index each time: slower, never wrong, and gone within a second or two.
//
// A segment leaves the window when its newest receipt is older than the window, but only after the clock has said so
// for an hour without a break: a clock that jumps ahead for a moment makes nothing be forgotten. It also leaves when the
// memory budget has no column left for a newer one; `bounded` then says that memory is the limit.
import { freeMemory } from '../../lib/free-memory.ts';
import { FilterSlab } from './filter-slab.ts';
import { KeyHash } from './key-hash.ts';
import type { HashSeed } from './key-hash.ts';
import type { KeyTable } from './key-table.ts';
import type { SegmentIndex } from './segment-index.ts';

/** How long the clock has to insist before a segment's keys are forgotten. */
const insistMs = 3_600_000;

export interface DedupOptions {
  readonly seed: HashSeed;
  /** Keys in a full segment; sizes the filter. */
  readonly segmentEvents: number;
  readonly windowMs: number;
  readonly memoryBytes: number;
}

/** A segment whose keys are in memory. */
export interface KeysInMemory {
  readonly first: number;
  readonly table: KeyTable;
}

/** A sealed segment, as the window keeps it. */
export interface SealedKeys {
  readonly index: SegmentIndex;
  readonly segment: ReceiptTimes;
}

/** When a closed segment's events were received and when it was closed, ms since 1970, by the clock of then. */
export interface ReceiptTimes {
  readonly earliest: number;
  readonly peak: number;
  readonly closed: number;
}

interface Sealed extends SealedKeys {
  /** Its column in the filter, once filled. */
  place: { readonly slab: FilterSlab; readonly column: number } | null;
  /** Since when, by the monotonic clock, it has been past the window. */
  expiredSince: number | null;
}

export class DedupWindow {
  readonly hash: KeyHash;
  /** Newest last: segments being sealed, then the open one. */
  inMemory: readonly KeysInMemory[] = [];
  readonly #options: DedupOptions;
  readonly #confirm: (offset: number) => boolean;
  readonly #confirmHere: (position: number) => boolean;
  readonly #maxSealed: number;
  readonly #slabs: { readonly slab: FilterSlab; readonly segments: (Sealed | undefined)[] }[] = [];
  /** By first offset, oldest first. */
  #sealed: Sealed[] = [];
  #unfilled: Sealed[] = [];
  #first = 0;
  /** The last segment that left for want of memory. */
  #crowdedOut: ReceiptTimes | null = null;

  /** `confirm` says whether the event at an offset has the key being looked for. */
  constructor(options: DedupOptions, confirm: (offset: number) => boolean) {
    this.hash = new KeyHash(options.seed);
    this.#options = options;
    this.#confirm = confirm;
    this.#confirmHere = (position) => this.#confirm(this.#first + position);
    this.#maxSealed = Math.max(1, Math.floor(options.memoryBytes / FilterSlab.columnBytes(options.segmentEvents)));
  }

  /** The offset of the stored event with the key last hashed, or 0. */
  find(): number {
    const { hi, lo } = this.hash;
    for (let i = this.inMemory.length - 1; i >= 0; i--) {
      const segment = this.inMemory[i];
      if (!segment) continue;
      this.#first = segment.first;
      const position = segment.table.find(hi, lo, this.#confirmHere);
      if (position >= 0) return segment.first + position;
    }
    for (const { slab, segments } of this.#slabs) {
      for (let mask = slab.candidates(hi, lo); mask !== 0; mask &= mask - 1) {
        const offset = this.#search(segments[31 - Math.clz32(mask & -mask)]);
        if (offset > 0) return offset;
      }
    }
    for (const sealed of this.#unfilled) {
      const offset = this.#search(sealed);
      if (offset > 0) return offset;
    }
    return 0;
  }

  /** Takes a sealed segment in; it is searched from now on. */
  add(keys: SealedKeys): void {
    const sealed: Sealed = { ...keys, place: null, expiredSince: null };
    this.#sealed = [...this.#sealed, sealed].sort((a, b) => a.index.first - b.index.first);
    this.#unfilled.push(sealed);
  }

  /** First offsets of the segments that have no column in the filter yet, newest first. */
  unfilled(): readonly number[] {
    return this.#unfilled.map((sealed) => sealed.index.first).sort((a, b) => b - a);
  }

  /**
   * Gives a segment its column, from `words` (its sorted keys) or else from its index file. False when that file is
   * damaged. `rest` is awaited between slices of a few milliseconds. The oldest segment leaves when the budget has no
   * column left.
   */
  async fill(first: number, rest: () => Promise<void>, words?: Uint32Array<ArrayBuffer>): Promise<boolean> {
    const sealed = this.#unfilled.find((one) => one.index.first === first);
    if (!sealed) return true;
    const keys = words ?? sealed.index.load();
    if (!keys) return false;
    for (let oldest = this.#sealed[0]; oldest && this.#sealed.length > this.#maxSealed; oldest = this.#sealed[0]) {
      this.#crowdedOut = oldest.segment;
      await this.drop(oldest.index.first, rest);
    }
    const place = this.#takeColumn();
    for (let i = 0; i < keys.length; i += 2) {
      place.slab.add(place.column, keys[i + 1] ?? 0, keys[i] ?? 0);
      if (i % 2 ** 16 === 0) await rest();
    }
    if (!words) freeMemory(keys);
    // It may have been dropped during a rest.
    if (!this.#sealed.includes(sealed)) {
      await this.#free(place, rest);
      return true;
    }
    sealed.place = place;
    this.#unfilled = this.#unfilled.filter((one) => one !== sealed);
    const slab = this.#slabs.find((one) => one.slab === place.slab);
    if (slab) slab.segments[place.column] = sealed;
    place.slab.activate(place.column);
    return true;
  }

  /** Forgets a segment: at once for look-ups, then its column is cleared. */
  async drop(first: number, rest: () => Promise<void>): Promise<void> {
    const sealed = this.#sealed.find((one) => one.index.first === first);
    if (!sealed) return;
    this.#sealed = this.#sealed.filter((one) => one !== sealed);
    this.#unfilled = this.#unfilled.filter((one) => one !== sealed);
    sealed.place?.slab.deactivate(sealed.place.column);
    sealed.index.close();
    if (sealed.place) await this.#free(sealed.place, rest);
  }

  /** Drops the segments that the clock has said for an hour to be past the window. */
  async expire(now: number, monotonicNow: number, rest: () => Promise<void>): Promise<void> {
    for (const sealed of this.#sealed) {
      if (now - newestReceipt(sealed.segment, now) <= this.#options.windowMs) sealed.expiredSince = null;
      else sealed.expiredSince ??= monotonicNow;
      if (sealed.expiredSince === null || monotonicNow - sealed.expiredSince < insistMs) continue;
      await this.drop(sealed.index.first, rest);
    }
  }

  /** Earliest receipt that the sealed segments cover, or Infinity. */
  get since(): number {
    return this.#sealed.reduce((since, { segment }) => Math.min(since, segment.earliest), Infinity);
  }

  /** Whether memory is what bounds it: a segment that would still lie within the window had to leave. */
  bounded(now: number): boolean {
    return this.#crowdedOut !== null && now - newestReceipt(this.#crowdedOut, now) <= this.#options.windowMs;
  }

  get ids(): number {
    const sealed = this.#sealed.reduce((sum, one) => sum + one.index.size, 0);
    return this.inMemory.reduce((sum, { table }) => sum + table.size, sealed);
  }

  get memoryBytes(): number {
    const slabs = this.#slabs.reduce((sum, { slab }) => sum + slab.memoryBytes, 0);
    return this.inMemory.reduce((sum, { table }) => sum + table.memoryBytes, slabs);
  }

  close(): void {
    for (const sealed of this.#sealed) sealed.index.close();
    this.#sealed = [];
    this.#unfilled = [];
  }

  #search(sealed: Sealed | undefined): number {
    if (!sealed) return 0;
    this.#first = sealed.index.first;
    const position = sealed.index.find(this.hash.hi, this.hash.lo, this.#confirmHere);
    return position < 0 ? 0 : sealed.index.first + position;
  }

  #takeColumn(): { readonly slab: FilterSlab; readonly column: number } {
    for (const { slab } of this.#slabs) {
      const column = slab.take();
      if (column >= 0) return { slab, column };
    }
    const slab = new FilterSlab(this.#options.segmentEvents);
    this.#slabs.push({ slab, segments: [] });
    return { slab, column: slab.take() };
  }

  async #free(place: { readonly slab: FilterSlab; readonly column: number }, rest: () => Promise<void>): Promise<void> {
    const step = 2 ** 20;
    for (let row = 0; row < place.slab.rows; row += step) {
      place.slab.clear(place.column, row, Math.min(place.slab.rows, row + step));
      await rest();
    }
    const slab = this.#slabs.find((one) => one.slab === place.slab);
    if (slab) slab.segments[place.column] = undefined;
    place.slab.release(place.column);
  }
}

/**
 * When a closed segment's newest event was received. A receipt that lies in the future is the trace of a clock that
 * jumped ahead; then the time of closing stands in for it.
 */
export function newestReceipt(segment: ReceiptTimes, now: number): number {
  const { earliest, peak, closed } = segment;
  if (peak <= now) return peak;
  return Math.min(earliest <= now ? Math.max(closed, earliest) : closed, now);
}
