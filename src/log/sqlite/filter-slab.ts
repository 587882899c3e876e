// A bit-sliced Bloom filter over up to 32 sealed segments: bit s of row r says that segment s has a key that hashes to
// row r. And-ing the six rows of a key gives all candidate segments at once, so looking up costs the same with one
// segment as with thirty-two.
//
// The six rows of a key lie within one page of 1024 rows, which the topmost bits of the hash choose. A look-up therefore
// touches one page of memory, and filling a column from a sorted index walks the slab from front to back. With 16 rows
// per key of a full segment about one look-up in a thousand per segment is a false candidate; of a
// segment twice that full, as logs of before have, one in fifty.
//
// The slab starts 8 columns wide and widens to 16 and 32 as segments come, so a small log does not pay for a large one.
import { freeMemory } from '../../lib/free-memory.ts';

const rowsPerKey = 16;
const pageRows = 1024;
const widest = 32;

export class FilterSlab {
  readonly #pageShift: number;
  #rows: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  #width = 8;
  /** Columns that take part in look-ups. */
  #active = 0;
  /** Columns that are in use or being cleared. */
  #taken = 0;

  /** `segmentEvents`: keys in a full segment. */
  constructor(segmentEvents: number) {
    const pageBits = pageBitsFor(segmentEvents);
    this.#pageShift = 32 - pageBits;
    this.#rows = new Uint8Array(2 ** pageBits * pageRows);
  }

  /** Bytes that each segment takes. */
  static columnBytes(segmentEvents: number): number {
    return (2 ** pageBitsFor(segmentEvents) * pageRows) / 8;
  }

  get memoryBytes(): number {
    return this.#rows.byteLength;
  }

  get rows(): number {
    return this.#rows.length;
  }

  /** Takes a free column, or answers -1 when all are taken. It takes part in look-ups from {@link activate} on. */
  take(): number {
    const column = 31 - Math.clz32(~this.#taken & -~this.#taken);
    if (column < 0 || column >= widest) return -1;
    this.#taken |= 1 << column;
    while (column >= this.#width) this.#widen();
    return column;
  }

  activate(column: number): void {
    this.#active |= 1 << column;
  }

  /** Takes the column out of look-ups at once; {@link clear} and {@link release} make it free again. */
  deactivate(column: number): void {
    this.#active &= ~(1 << column);
  }

  clear(column: number, fromRow: number, toRow: number): void {
    const rows = this.#rows;
    const others = ~(1 << column);
    for (let row = fromRow; row < toRow; row++) rows[row] = (rows[row] ?? 0) & others;
  }

  release(column: number): void {
    this.#taken &= ~(1 << column);
  }

  add(column: number, hi: number, lo: number): void {
    const bit = 1 << column;
    const page = this.#page(hi);
    const m = mix(hi, lo);
    const n = mixAgain(m);
    this.#set(page + (m & 1023), bit);
    this.#set(page + ((m >>> 10) & 1023), bit);
    this.#set(page + ((m >>> 20) & 1023), bit);
    this.#set(page + (n & 1023), bit);
    this.#set(page + ((n >>> 10) & 1023), bit);
    this.#set(page + ((n >>> 20) & 1023), bit);
  }

  /** A bit for each column whose segment may hold the key. */
  candidates(hi: number, lo: number): number {
    const rows = this.#rows;
    const page = this.#page(hi);
    const m = mix(hi, lo);
    // The reads do not depend on one another, so the processor waits for memory once, not six times.
    const half =
      this.#active &
      (rows[page + (m & 1023)] ?? 0) &
      (rows[page + ((m >>> 10) & 1023)] ?? 0) &
      (rows[page + ((m >>> 20) & 1023)] ?? 0);
    if (half === 0) return 0;
    const n = mixAgain(m);
    return (
      half &
      (rows[page + (n & 1023)] ?? 0) &
      (rows[page + ((n >>> 10) & 1023)] ?? 0) &
      (rows[page + ((n >>> 20) & 1023)] ?? 0)
    );
  }

  #set(row: number, bit: number): void {
    this.#rows[row] = (this.#rows[row] ?? 0) | bit;
  }

  #page(hi: number): number {
    return this.#pageShift === 32 ? 0 : (hi >>> this.#pageShift) * pageRows;
  }

  #widen(): void {
    const narrow = this.#rows;
    this.#rows = this.#width === 8 ? new Uint16Array(narrow) : new Uint32Array(narrow);
    freeMemory(narrow);
    this.#width *= 2;
  }
}

const pageBitsFor = (segmentEvents: number): number =>
  Math.max(0, Math.ceil(Math.log2((segmentEvents * rowsPerKey) / pageRows)));

/** Only the 44 bits that the index keeps may take part: 32 of `hi`, the topmost 12 of `lo`. */
function mix(hi: number, lo: number): number {
  const x = Math.imul(hi ^ Math.imul(lo >>> 20, 0x9e3779b1), 0x85ebca6b);
  return Math.imul(x ^ (x >>> 15), 0xc2b2ae35);
}

function mixAgain(m: number): number {
  const x = Math.imul(m ^ (m >>> 16), 0x27d4eb2f);
  return x ^ (x >>> 15);
}
