// A block: the events of one group commit (or a part of it), stored as one row, so that SQLite's cost per row is paid
// once per group. The bodies stand one after another in `body`; `keys` says whose they are and where each one ends.
//
//   first    offset of the first event
//   count    how many, at offsets first … first + count - 1
//   peak     latest time of receipt in the segment up to the end of this block; never falls, so times can be bisected
//   keys     JSON, see BlockKeys
//   body     TEXT: the bodies as they are; BLOB: the same text, zstd-compressed (bodies of 64 KiB and more)
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { LogRecord } from '../event-log.ts';

/** Limits of a block: what a reader has to decode to get at one event. */
const maxEvents = 1024;
const maxBytes = 256 * 1024;

/**
 * Measured with realistic calls of 430 bytes: at 64 events compressing costs as much CPU as the pages it saves (3 µs an
 * event either way), at 256 it is cheaper than storing plainly (0.4 µs against 0.9 µs), and the file is a fifth of the
 * size. Under load blocks are large; a small log stays readable with the sqlite3 shell.
 */
const compressFromBytes = 64 * 1024;
const fast = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** Entries in flat arrays, as they travel to the writer: those are cheap to pass between threads, objects are not. */
export interface LogGroup {
  /** The distinct sources, and for each entry which of them. */
  readonly sources: readonly string[];
  readonly source: readonly number[];
  readonly ids: readonly string[];
  readonly received: readonly number[];
  /** All bodies one after another as UTF-8 (group-text.ts); for each where it ends there, and its length in UTF-16 units. */
  readonly text: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
  readonly lengths: readonly number[];
}

export interface Block {
  readonly first: number;
  readonly count: number;
  readonly peak: number;
  readonly keys: string;
  readonly body: string | Uint8Array;
}

/** What `keys` holds. */
export interface BlockKeys {
  readonly sources: readonly string[];
  /** Index into `sources` per event; absent when there is only one source. */
  readonly source?: readonly number[];
  readonly ids: readonly string[];
  /** Receipt of the first event, and per event the difference to it; `later` is absent when all are the same. */
  readonly received: number;
  readonly later?: readonly number[];
  /** Length of each body in UTF-16 units. */
  readonly lengths: readonly number[];
}

/** Makes the blocks of a group's entries at the indexes `kept` (ascending), the first one at offset `first`. */
export function toBlocks(group: LogGroup, kept: readonly number[], first: number, peak: number): Block[] {
  const blocks: Block[] = [];
  let high = peak;
  for (let from = 0; from < kept.length;) {
    let to = from;
    for (let bytes = 0; to < kept.length && to - from < maxEvents; to++) {
      const entry = kept[to] ?? 0;
      bytes += (group.ends[entry] ?? 0) - startOf(group, entry);
      if (bytes > maxBytes && to > from) break;
      high = Math.max(high, group.received[entry] ?? 0);
    }
    const part = kept.slice(from, to);
    const body = joinBodies(group, part);
    blocks.push({
      first: first + from,
      count: part.length,
      peak: high,
      keys: JSON.stringify(toKeys(group, part)),
      body: body.length >= compressFromBytes ? zstdCompressSync(body, fast) : body.toString(),
    });
    from = to;
  }
  return blocks;
}

export function parseKeys(text: string): BlockKeys {
  return JSON.parse(text) as BlockKeys;
}

export const sourceAt = (keys: BlockKeys, index: number): string => keys.sources[keys.source?.[index] ?? 0] ?? '';

export const receivedAt = (keys: BlockKeys, index: number): number => keys.received + (keys.later?.[index] ?? 0);

/** The events of a stored block. */
export function toRecords(first: number, keysText: string, body: unknown): LogRecord[] {
  const keys = parseKeys(keysText);
  const text = typeof body === 'string' ? body : zstdDecompressSync(body as Uint8Array).toString();
  const records: LogRecord[] = [];
  let at = 0;
  for (let index = 0; index < keys.ids.length; index++) {
    const end = at + (keys.lengths[index] ?? 0);
    records.push({
      partition: 0,
      offset: first + index,
      sourceId: sourceAt(keys, index),
      messageId: keys.ids[index] ?? '',
      receivedAt: receivedAt(keys, index),
      body: text.slice(at, end),
    });
    at = end;
  }
  return records;
}

function toKeys(group: LogGroup, part: readonly number[]): BlockKeys {
  const sources: string[] = [];
  const renumbered = new Map<number, number>();
  const source: number[] = [];
  const ids: string[] = [];
  const later: number[] = [];
  const lengths: number[] = [];
  const received = group.received[part[0] ?? 0] ?? 0;
  let same = true;
  for (const entry of part) {
    const from = group.source[entry] ?? 0;
    let to = renumbered.get(from);
    if (to === undefined) {
      renumbered.set(from, (to = sources.length));
      sources.push(group.sources[from] ?? '');
    }
    source.push(to);
    ids.push(group.ids[entry] ?? '');
    const difference = (group.received[entry] ?? 0) - received;
    same &&= difference === 0;
    later.push(difference);
    lengths.push(group.lengths[entry] ?? 0);
  }
  return { sources, ...(sources.length > 1 && { source }), ids, received, ...(!same && { later }), lengths };
}

/** Runs of neighbours are cut out in one piece: without duplicates that is the whole text. */
function joinBodies(group: LogGroup, part: readonly number[]): Buffer {
  const pieces: Buffer[] = [];
  for (let from = 0; from < part.length;) {
    let to = from + 1;
    while (to < part.length && part[to] === (part[to - 1] ?? 0) + 1) to++;
    const start = startOf(group, part[from] ?? 0);
    pieces.push(Buffer.from(group.text.buffer, start, (group.ends[part[to - 1] ?? 0] ?? 0) - start));
    from = to;
  }
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
}

/** Where a body begins in the group's text. */
const startOf = (group: LogGroup, entry: number): number => group.ends[entry - 1] ?? 0;
