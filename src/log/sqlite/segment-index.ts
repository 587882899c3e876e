// The keys of one sealed segment on disk: `<first>.idx`, searched without loading it.
//
// Layout, little-endian (as every platform we run on):
//   header   40 bytes: magic "LEATIDX1", hash seed (16 ASCII digits), first offset (float64), keys (uint32), bucket bits (uint32)
//   fan-out  2^bits + 1 × uint32: where each bucket of keys (by the topmost bits of the hash) begins
//   keys     uint64 each, ascending: upper 44 bits of the hash << 20 | position in the segment
//   check    CRC-32 of everything before it (uint32)
// A look-up reads one pair of the fan-out and one bucket of about 256 keys: two short reads whatever the segment's size.
// The file is written beside its name, synced and renamed, so it is whole or absent. It can always be made again from
// the segment; one that fails its check is.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { HashSeed } from './key-hash.ts';
import type { KeyTable } from './key-table.ts';

const magic = 'LEATIDX1';
const headerBytes = 40;
const keysPerBucket = 256;

/** The part of a hash's lower half that the index keeps. */
const loMask = 0xfff00000;
const positionMask = 0x000fffff;

/** A segment's keys in ascending order. */
export interface SortedKeys {
  readonly fanOut: Uint32Array;
  /** Two words a key: the lower (12 bits of hash, 20 bits of position), then the upper (32 bits of hash). */
  readonly words: Uint32Array<ArrayBuffer>;
}

/** Sorts the keys of a table. `rest` is awaited between slices of a few milliseconds. */
export async function sortKeys(table: KeyTable, rest: () => Promise<void>): Promise<SortedKeys> {
  const size = table.size;
  const bits = bucketBits(size);
  const fanOut = new Uint32Array(2 ** bits + 1);
  for (let i = 0; i < size; i++) {
    const bucket = bucketOf(table.hi(i), bits);
    fanOut[bucket + 1] = (fanOut[bucket + 1] ?? 0) + 1;
  }
  for (let bucket = 1; bucket < fanOut.length; bucket++)
    fanOut[bucket] = (fanOut[bucket] ?? 0) + (fanOut[bucket - 1] ?? 0);
  await rest();
  const words = new Uint32Array(size * 2);
  const next = fanOut.slice();
  for (let i = 0; i < size; i++) {
    const hi = table.hi(i);
    const bucket = bucketOf(hi, bits);
    const at = next[bucket] ?? 0;
    next[bucket] = at + 1;
    words[at * 2] = (table.lo(i) & loMask) | i;
    words[at * 2 + 1] = hi;
    if (i % 2 ** 17 === 2 ** 17 - 1) await rest();
  }
  const keys = new BigUint64Array(words.buffer);
  for (let bucket = 0; bucket + 1 < fanOut.length; bucket++) {
    keys.subarray(fanOut[bucket], fanOut[bucket + 1]).sort();
    if (bucket % 256 === 255) await rest();
  }
  return { fanOut, words };
}

/** Writes an index file; on return it is durable under its name (the caller syncs the folder). */
export async function writeIndex(path: string, seed: HashSeed, first: number, keys: SortedKeys): Promise<void> {
  const header = Buffer.alloc(headerBytes);
  header.write(magic + seed, 0, 'latin1');
  header.writeDoubleLE(first, 24);
  header.writeUInt32LE(keys.words.length / 2, 32);
  header.writeUInt32LE(Math.log2(keys.fanOut.length - 1), 36);
  const parts = [header, bytesOf(keys.fanOut), bytesOf(keys.words)];
  const check = Buffer.alloc(4);
  check.writeUInt32LE(parts.reduce((sum, part) => crc32(part, sum), 0));
  const file = await open(`${path}.tmp`, 'w');
  try {
    for (const part of [...parts, check]) await file.writeFile(part);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.tmp`, path);
}

/** An open index file. */
export class SegmentIndex {
  readonly first: number;
  readonly size: number;
  readonly #path: string;
  readonly #file: number;
  readonly #bits: number;
  readonly #pair = new Uint32Array(2);
  #bucket = new Uint32Array(keysPerBucket * 4);

  private constructor(path: string, file: number, header: Buffer) {
    this.#path = path;
    this.#file = file;
    this.first = header.readDoubleLE(24);
    this.size = header.readUInt32LE(32);
    this.#bits = header.readUInt32LE(36);
  }

  /** Opens the file, or answers null when it is absent or was not made for this segment and seed. */
  static open(path: string, seed: HashSeed, first: number): SegmentIndex | null {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
    const header = Buffer.alloc(headerBytes);
    const read = readSync(file, header, 0, headerBytes, 0);
    if (read === headerBytes && header.toString('latin1', 0, 24) === magic + seed) {
      const index = new SegmentIndex(path, file, header);
      if (index.first === first) return index;
    }
    closeSync(file);
    return null;
  }

  /** The position of the key with this hash that `confirm` recognises, or -1. */
  find(hi: number, lo: number, confirm: (position: number) => boolean): number {
    const bucket = bucketOf(hi, this.#bits);
    this.#read(this.#pair, headerBytes + bucket * 4);
    const [begin = 0, end = 0] = this.#pair;
    const count = end - begin;
    if (count <= 0) return -1;
    if (this.#bucket.length < count * 2) this.#bucket = new Uint32Array(count * 2);
    const words = this.#bucket.subarray(0, count * 2);
    this.#read(words, headerBytes + (2 ** this.#bits + 1) * 4 + begin * 8);
    const wanted = (lo & loMask) >>> 0;
    for (let i = 0; i < words.length; i += 2) {
      const word = words[i] ?? 0;
      if (words[i + 1] !== hi || (word & loMask) >>> 0 !== wanted) continue;
      if (confirm(word & positionMask)) return word & positionMask;
    }
    return -1;
  }

  /** All keys (see {@link SortedKeys}), or null when the file is damaged. */
  load(): Uint32Array<ArrayBuffer> | null {
    const bytes = readFileSync(this.#path);
    const keysAt = headerBytes + (2 ** this.#bits + 1) * 4;
    if (bytes.length !== keysAt + this.size * 8 + 4) return null;
    if (crc32(bytes.subarray(0, -4)) !== bytes.readUInt32LE(bytes.length - 4)) return null;
    return new Uint32Array(bytes.buffer.slice(bytes.byteOffset + keysAt, bytes.byteOffset + bytes.length - 4));
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(into: Uint32Array, at: number): void {
    const bytes = bytesOf(into);
    const read = readSync(this.#file, bytes, 0, bytes.length, at);
    if (read !== bytes.length) throw new Error(`The index ${this.#path} is shorter than its header says.`);
  }
}

const bucketBits = (keys: number): number => Math.max(0, Math.ceil(Math.log2(Math.max(1, keys) / keysPerBucket)));

const bucketOf = (hi: number, bits: number): number => (bits === 0 ? 0 : hi >>> (32 - bits));

const bytesOf = (array: Uint32Array): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
