// A segment that is still written, or closed but not sealed yet: its file, and in memory its keys and its tally.
import { SegmentFile, sizeOf } from './segment-file.ts';
import type { HashSeed } from './key-hash.ts';
import { KeyHash } from './key-hash.ts';
import { KeyTable } from './key-table.ts';
import { takeKeys } from './kept-keys.ts';
import type { KeptKeys } from './kept-keys.ts';
import { receivedAt, sourceAt } from './block.ts';
import { SegmentTally, toMinute } from './segment-tally.ts';

export class OpenSegment {
  readonly file: SegmentFile;
  readonly table: KeyTable;
  readonly tally = new SegmentTally();
  /** The offset after the last durable event. */
  end: number;
  /** Bytes stored, about. */
  bytes = 0;
  /** Earliest and latest receipt; Infinity and 0 while empty. */
  earliest = Infinity;
  peak = 0;
  /** Offset up to which totals were last written to the file. */
  totalsAt: number;

  private constructor(file: SegmentFile, table: KeyTable) {
    this.file = file;
    this.table = table;
    this.end = file.first;
    this.totalsAt = file.first;
  }

  get first(): number {
    return this.file.first;
  }

  /** Makes a new segment; `table` is an empty one to use again. */
  static create(folder: string, first: number, seed: HashSeed, now: number, table = new KeyTable()): OpenSegment {
    return new OpenSegment(SegmentFile.open(folder, first, seed, now), table);
  }

  /** Opens a segment that exists, with its keys as a clean stop kept them, or read: about 0.4 s per million events. */
  static load(folder: string, first: number, seed: HashSeed, now: number): OpenSegment {
    const segment = OpenSegment.create(folder, first, seed, now);
    const kept = takeKeys(folder, seed, first);
    if (kept?.end === segment.file.view.end(first)) segment.#resume(kept);
    else segment.#read(seed);
    segment.totalsAt = segment.file.view.totalsBefore(segment.end)?.at ?? first;
    segment.bytes = sizeOf(folder, first);
    return segment;
  }

  #resume({ table, runs, end, earliest, peak }: KeptKeys): void {
    this.table.restore(table);
    for (const { sourceId, minute, events } of runs) this.tally.add(sourceId, minute, events);
    this.end = end;
    this.earliest = earliest;
    this.peak = peak;
  }

  #read(seed: HashSeed): void {
    const hash = new KeyHash(seed);
    for (const block of this.file.view.keysBetween(this.first, Number.MAX_SAFE_INTEGER)) {
      const { keys } = block;
      for (let index = 0; index < keys.ids.length; index++) {
        const sourceId = sourceAt(keys, index);
        const received = receivedAt(keys, index);
        hash.hash(sourceId, keys.ids[index] ?? '');
        this.table.add(hash.hi, hash.lo);
        this.tally.add(sourceId, toMinute(received), 1);
        this.earliest = Math.min(this.earliest, received);
        this.peak = Math.max(this.peak, received);
      }
      this.end = block.first + keys.ids.length;
    }
  }
}
