// A fast 64-bit hash of (source, messageId). It is seeded per log so that nobody outside can aim collisions, and
// every hit is compared with the stored identifiers, so a collision costs time and never an answer.

/** A seed as it is stored: 16 hexadecimal digits. */
export type HashSeed = string;

interface Lanes {
  readonly a: number;
  readonly b: number;
}

export class KeyHash {
  /** The upper and lower 32 bits of the last hash, unsigned. Fields instead of a result: no allocation per event. */
  hi = 0;
  lo = 0;
  readonly #seed: Lanes;
  readonly #sources = new Map<string, Lanes>();

  constructor(seed: HashSeed) {
    this.#seed = { a: Number.parseInt(seed.slice(0, 8), 16) | 0, b: Number.parseInt(seed.slice(8, 16), 16) | 0 };
  }

  hash(sourceId: string, messageId: string): void {
    let lanes = this.#sources.get(sourceId);
    if (!lanes) this.#sources.set(sourceId, (lanes = absorb(this.#seed, sourceId)));
    let { a, b } = absorb(lanes, messageId);
    // Finish so that each input bit reaches all 64 (the constants of MurmurHash3's 32-bit finaliser, public domain).
    a ^= b;
    a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
    a = Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
    a ^= a >>> 16;
    b = (b + a) | 0;
    b = Math.imul(b ^ (b >>> 16), 0x85ebca6b);
    b = Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
    b ^= b >>> 16;
    this.hi = a >>> 0;
    this.lo = b >>> 0;
  }
}

/** Two lanes with different rotations and odd multipliers, two characters a step. */
function absorb(start: Lanes, text: string): Lanes {
  let { a, b } = start;
  const even = text.length & ~1;
  for (let i = 0; i < even; i += 2) {
    const pair = text.charCodeAt(i) | (text.charCodeAt(i + 1) << 16);
    a = Math.imul(((a << 5) | (a >>> 27)) ^ pair, 0x9e3779b1);
    b = Math.imul(((b << 13) | (b >>> 19)) ^ pair, 0x27d4eb2f);
  }
  const last = even < text.length ? text.charCodeAt(even) : 0x10000;
  // The length parts ("ab", "c") from ("a", "bc").
  a = Math.imul(((a << 5) | (a >>> 27)) ^ last, 0x9e3779b1) + text.length;
  b = Math.imul(((b << 13) | (b >>> 19)) ^ last, 0x27d4eb2f) ^ text.length;
  return { a, b };
}
