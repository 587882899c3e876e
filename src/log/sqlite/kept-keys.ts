// The keys and the tally of the open segment as a clean stop leaves them: `<first>.keys`. A start then need not read them
// out of the segment, which takes 0.4 s or more for a million events.
//
// The file lives from a stop to the next start, which removes it whatever it says. It counts only when it is whole and
// ends where the segment does; else the segment is read, as after a crash. So it needs no synchronisation, and one that
// can be neither written, read nor removed keeps no log from closing or opening: the segment says the same.
//
// Layout: magic "LEATKEY1", length of the header (uint32 LE), header (JSON), the content of the table (upper halves, lower
// halves, slots: uint32 each, in the platform's order), CRC-32 of everything before it (uint32 LE). The stop may be an
// older version's than the start: what changes the hash or the table changes the magic.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { HashSeed } from './key-hash.ts';
import type { KeyTable, KeyTableContent } from './key-table.ts';
import { keptKeysPath } from './segment-file.ts';
import { decodeRuns } from './segment-tally.ts';
import type { Run, SegmentTally } from './segment-tally.ts';

const magic = Buffer.from('LEATKEY1');
/** Fewer are read out of the segment as fast. */
const fewest = 4096;
const wordBytes = 4;

interface Header {
  readonly seed: string;
  readonly first: number;
  readonly end: number;
  readonly earliest: number;
  readonly peak: number;
  readonly sources: readonly string[];
  /** As SegmentTally.encode gives them, in base 64. */
  readonly runs: string;
}

export interface KeptKeys {
  readonly end: number;
  readonly earliest: number;
  readonly peak: number;
  readonly table: KeyTableContent;
  readonly runs: Iterable<Run>;
}

/** What is in memory of an open segment. */
interface InMemory {
  readonly first: number;
  readonly end: number;
  readonly earliest: number;
  readonly peak: number;
  readonly table: KeyTable;
  readonly tally: SegmentTally;
}

/** Writes down what is in memory of an open segment that nothing will be added to by this process. */
export function keepKeys(folder: string, seed: HashSeed, segment: InMemory): void {
  const { first, end, earliest, peak, table, tally } = segment;
  if (table.size < fewest) return;
  const runs = Buffer.from(tally.encode()).toString('base64');
  const header: Header = { seed, first, end, earliest, peak, sources: [...tally.totals.keys()], runs };
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(wordBytes);
  length.writeUInt32LE(text.length);
  const { hi, lo, slots } = table.content;
  const content = Buffer.concat([magic, length, text, ...[hi, lo, slots].map(bytesOf)]);
  const check = Buffer.alloc(wordBytes);
  check.writeUInt32LE(crc32(content));
  const path = keptKeysPath(folder, first);
  try {
    writeFileSync(path, Buffer.concat([content, check]));
  } catch {
    // On a full disk there is a part of it.
    remove(path);
  }
}

/** What was kept of the segment, if anything that is whole; the file is gone afterwards. */
export function takeKeys(folder: string, seed: HashSeed, first: number): KeptKeys | null {
  const path = keptKeysPath(folder, first);
  const bytes = read(path);
  if (!bytes) return null;
  remove(path);
  const content = bytes.subarray(0, -wordBytes);
  const lengthAt = magic.length;
  if (bytes.length < lengthAt + 2 * wordBytes || !content.subarray(0, lengthAt).equals(magic)) return null;
  if (crc32(content) !== bytes.readUInt32LE(content.length)) return null;
  const keysAt = lengthAt + wordBytes + content.readUInt32LE(lengthAt);
  const header = JSON.parse(content.toString('utf8', lengthAt + wordBytes, keysAt)) as Header;
  const { end, earliest, peak, sources, runs } = header;
  // Copied, so that they are aligned.
  const words = new Uint32Array(new Uint8Array(content.subarray(keysAt)).buffer);
  const keys = end - first;
  if (header.seed !== seed || header.first !== first) return null;
  const table = { hi: words.subarray(0, keys), lo: words.subarray(keys, 2 * keys), slots: words.subarray(2 * keys) };
  return { end, earliest, peak, table, runs: decodeRuns(sources, Buffer.from(runs, 'base64')) };
}

function read(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Open elsewhere (Windows): left behind, it counts only for a segment that ends where it does, and then it is right.
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Uint32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
