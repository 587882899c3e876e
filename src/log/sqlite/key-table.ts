// The keys of one segment in memory: 64-bit hash → position in the segment. Open addressing in typed arrays, so a
// million keys take 16 MB and no garbage collection. Positions are given in order, which makes undoing exact.
import { freeMemory } from '../../lib/free-memory.ts';

/** Positions have 20 bits, in memory and in the index file: the most events a segment can hold. */
export const maxPositions = 2 ** 20;

const smallest = 2 ** 10;
/** A slot: 11 bits of the hash, to tell most strangers without touching another cache line, and position + 1. */
const positionMask = 2 ** 21 - 1;

/** Upper and lower halves of the hashes by position, and the slots, a power of two. */
export interface KeyTableContent {
  readonly hi: Uint32Array;
  readonly lo: Uint32Array;
  readonly slots: Uint32Array;
}

export class KeyTable {
  /** How many keys it holds; the next one's position. */
  size = 0;
  #hi: Uint32Array<ArrayBuffer> = new Uint32Array(smallest / 2);
  #lo: Uint32Array<ArrayBuffer> = new Uint32Array(smallest / 2);
  #slots: Uint32Array<ArrayBuffer> = new Uint32Array(smallest);

  hi(position: number): number {
    return this.#hi[position] ?? 0;
  }

  lo(position: number): number {
    return this.#lo[position] ?? 0;
  }

  get memoryBytes(): number {
    return this.#hi.byteLength + this.#lo.byteLength + this.#slots.byteLength;
  }

  /** Gives the next position to a key, also when an equal hash is present. */
  add(hi: number, lo: number): void {
    if (this.size === this.#hi.length) this.#grow();
    this.#hi[this.size] = hi;
    this.#lo[this.size] = lo;
    this.#place(this.size, hi, lo);
    this.size++;
  }

  /** All it holds, for `restore`; valid until the next key is added. */
  get content(): KeyTableContent {
    return { hi: this.#hi.subarray(0, this.size), lo: this.#lo.subarray(0, this.size), slots: this.#slots };
  }

  /** Becomes the table that had this content. Placing each key anew would take ten times as long. */
  restore({ hi, lo, slots }: KeyTableContent): void {
    this.#hi = new Uint32Array(slots.length / 2);
    this.#lo = new Uint32Array(slots.length / 2);
    this.#hi.set(hi);
    this.#lo.set(lo);
    this.#slots = new Uint32Array(slots);
    this.size = hi.length;
  }

  /** The position of the key with this hash that `confirm` recognises, or -1. */
  find(hi: number, lo: number, confirm: (position: number) => boolean): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const tag = (hi & 0x7ff) << 21;
    for (let at = lo & mask; ; at = (at + 1) & mask) {
      const slot = slots[at] ?? 0;
      if (slot === 0) return -1;
      if (((slot ^ tag) & ~positionMask) !== 0) continue;
      const position = (slot & positionMask) - 1;
      if (this.#hi[position] === hi && this.#lo[position] === lo && confirm(position)) return position;
    }
  }

  /** Forgets the newest keys down to `size`. Slots empty in the reverse order of filling, so no chain of probes breaks. */
  truncate(size: number): void {
    const mask = this.#slots.length - 1;
    while (this.size > size) {
      const position = --this.size;
      let at = this.lo(position) & mask;
      while (((this.#slots[at] ?? 0) & positionMask) !== position + 1) at = (at + 1) & mask;
      this.#slots[at] = 0;
    }
  }

  /** Empties it and keeps its memory for the next segment. */
  clear(): void {
    this.size = 0;
    this.#slots.fill(0);
  }

  #place(position: number, hi: number, lo: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = lo & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    slots[at] = (((hi & 0x7ff) << 21) | (position + 1)) >>> 0;
  }

  #grow(): void {
    // Whatever there is no memory for leaves the table as it was; `hi` comes last, for it says how long the table is.
    const slots = new Uint32Array(this.#slots.length * 2);
    this.#lo = grown(this.#lo);
    this.#hi = grown(this.#hi);
    freeMemory(this.#slots);
    this.#slots = slots;
    for (let position = 0; position < this.size; position++)
      this.#place(position, this.hi(position), this.lo(position));
  }
}

/** Takes the memory of the array with it. */
const grown = (array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> =>
  new Uint32Array(array.buffer.transfer(array.byteLength * 2));
