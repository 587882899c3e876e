// The embedded event log, writing side. This comment is its design; the other files of the folder each open with the
// part they hold.
//
// LAYOUT. A folder of segments, each a SQLite database named after its first offset:
//   00000000000000000001.db    blocks (one row per group commit), counts per source and minute, snapshots of totals
//   00000000000000000001.idx   once sealed: its keys, sorted, for de-duplication and for finding an event by messageId
//   00000000000000000001.keys  of the open one, between a clean stop and the next start: its keys as they were in memory
//   catalog.db                 what is known of closed segments; outlives them
//   lock.db                    held by the one process that writes
// Offsets are contiguous from 1. The newest segment is open; a full one (events, bytes or age) is closing until its
// index, its last checkpoint and its catalog row are written, then sealed: from there on nothing changes it.
//
// INVARIANTS, each enforced by a test beside the code:
//   1  An append is answered after the fsync of the transaction that holds all of its entries, or rejected and none of
//      them is stored.
//   2  Offsets have no holes and no repeats, across crashes too: the next offset is read from the stored blocks.
//   3  Of entries with equal (source, messageId) within the window one is stored. Keys are entered tentatively while a
//      group is prepared and taken back if its commit fails; a hash hit counts only when the stored identifiers agree.
//   4  A segment is removed as a whole, never before its runs are in the catalog, so every gap can be accounted for.
//   5  A reader never sees an event before it is durable: SQLite shows a commit only after its write-ahead log is synced.
//
// OPERATION. commit() runs to its end without waiting for anything else: hash and look up each key, make the blocks, one
// transaction, publish the end. Everything else (sealing, filling filter columns, forgetting, retention) happens between
// commits in slices of a few milliseconds (log-upkeep.ts). Checkpoints never run inside a commit: one runs when about
// 8 MiB of write-ahead log have gathered, after the answers are out, or when the log is idle. Measured on this engine, a
// helper thread for checkpoints brought no throughput (103 %), no less CPU, and still left the final third of each
// checkpoint to the writer; so there is none.
//
// RECOVERY: log-state.ts. FULL DISK and other input/output errors: SQLite rolls the transaction back, the keys are taken
// back, the group is rejected with `log_unavailable` and status() says why; a probe each second finds out when it works
// again. Sealing needs space too: it is tried again each second, while the open segment goes on.
//
// NOT PROMISED. Durability is that of fsync on this machine; there is no second copy. A receipt time may be lower than
// that of the offset before it when the clock was set back; offsets decide. Segment files must not be opened and closed
// as plain files by this process: that would drop SQLite's locks on them (POSIX advisory locks).
import { FaultError, InputError } from '../../errors/errors.ts';
import type { Clock } from '../../lib/clock.ts';
import type { RetentionPolicy, RetentionResult } from '../event-log.ts';
import { toBlocks } from './block.ts';
import type { Block, LogGroup } from './block.ts';
import { DedupWindow, newestReceipt } from './dedup-window.ts';
import { countGroup } from './group-counts.ts';
import type { GroupCounts } from './group-counts.ts';
import { keepKeys } from './kept-keys.ts';
import { maxPositions } from './key-table.ts';
import { LogBoard } from './log-cells.ts';
import type { LogCells } from './log-cells.ts';
import { toUnavailable } from './log-fault.ts';
import { recoverLog } from './log-state.ts';
import type { LogState, RecoveredLog } from './log-state.ts';
import { LogUpkeep } from './log-upkeep.ts';
import { OpenSegment } from './open-segment.ts';
import { SegmentViews } from './segment-views.ts';
import { StoredKeys } from './stored-keys.ts';

export interface LogLimits {
  /** Events after which a segment is full, at most 2^20. Its keys take 16 bytes each until it is sealed. @default 2^19 */
  readonly segmentEvents?: number;
  /** Stored bytes after which a segment is full. @default 1 GiB */
  readonly segmentBytes?: number;
  /** Age at which a segment is closed although it is not full, so that retention can remove it. @default 1 day */
  readonly segmentAgeMs?: number;
  /** How long an identifier is remembered. @default 7 days */
  readonly dedupWindowMs?: number;
  /** Memory for the filter over sealed segments: 1 MiB per segment of half a million events. @default 128 MiB */
  readonly dedupMemoryBytes?: number;
  /** Write-ahead log that gathers before a checkpoint. @default 8 MiB */
  readonly checkpointBytes?: number;
}

export interface SegmentWriterOptions extends LogLimits {
  readonly folder: string;
  readonly cells: LogCells;
  readonly clock: Clock;
}

/** What became of a group: the kept entries have offsets from `first` on; each duplicate is named with the first one's. */
export interface Committed {
  readonly first: number;
  /** Index in the group and offset of the stored event, alternating, ascending by index. */
  readonly duplicates: readonly number[];
}

/** A snapshot of totals is due after this many events: what a count of a stretch has to read at most. */
const totalsEvery = 4096;
/** Segments that may wait for their seal before the open one grows past its limits instead. */
const maxClosing = 2;

export const defaultSegmentEvents = 2 ** 19;

const defaults: Required<LogLimits> = {
  segmentEvents: defaultSegmentEvents,
  segmentBytes: 2 ** 30,
  segmentAgeMs: 86_400_000,
  dedupWindowMs: 7 * 86_400_000,
  dedupMemoryBytes: 128 * 2 ** 20,
  checkpointBytes: 8 * 2 ** 20,
};

/** Opens the log of a folder for writing, or makes it. Throws FaultError when another process has it open. */
export function openSegmentWriter(options: SegmentWriterOptions): SegmentWriter {
  if ((options.segmentEvents ?? 0) > maxPositions)
    throw new InputError('bad_setting', `A segment holds at most ${maxPositions} events.`);
  return new SegmentWriter(options, recoverLog(options.folder, options.clock.now()));
}

export class SegmentWriter {
  readonly #limits: Required<LogLimits>;
  readonly #state: LogState;
  readonly #upkeep: LogUpkeep;
  readonly #views: SegmentViews;
  readonly #keys: StoredKeys;
  /** The group being prepared: its kept entries are at offsets from the open segment's end on. */
  #group: LogGroup | null = null;
  #kept: number[] = [];
  #entry = 0;

  constructor(options: SegmentWriterOptions, recovered: RecoveredLog) {
    const { folder, cells, clock, ...limits } = options;
    this.#limits = { ...defaults, ...limits };
    this.#views = new SegmentViews(folder);
    this.#keys = new StoredKeys((offset) => this.#viewOf(offset));
    const { seed, catalog, lock, open, closing, sealed, lost } = recovered;
    const { segmentEvents, dedupWindowMs: windowMs, dedupMemoryBytes: memoryBytes } = this.#limits;
    const window = new DedupWindow({ seed, segmentEvents, windowMs, memoryBytes }, (offset) => this.#confirm(offset));
    const board = new LogBoard(cells);
    const segments = sealed.map(({ segment }) => segment);
    this.#state = { folder, seed, clock, catalog, lock, open, closing, sealed: segments, window, board };
    // The newest receipt in the log, not the clock alone, decides what the window holds at a start: see dedup-window.ts.
    const now = Math.min(clock.now(), Math.max(open.peak, ...[...segments, ...closing].map(({ peak }) => peak)));
    for (const { segment, index } of sealed) {
      if (now - newestReceipt(segment, now) <= windowMs) window.add({ index, segment });
      else index.close();
    }
    board.set('windowMs', windowMs);
    this.#upkeep = new LogUpkeep(this.#state, this.#views, { ...this.#limits, lost, roll: () => this.#rollAged() });
    this.#upkeep.publish();
    board.publishEnd(open.end);
  }

  /** Stores a group durably. Throws FaultError `log_unavailable` when it cannot; then none of it is stored. */
  commit(group: LogGroup): Committed {
    try {
      this.#makeRoom(group.ids.length);
      const { open } = this.#state;
      const before = open.bytes;
      const committed = this.#store(group);
      this.#upkeep.committed(open.bytes - before);
      return committed;
    } catch (error) {
      if (error instanceof InputError) throw error;
      this.#upkeep.failed(error);
      throw toUnavailable(error);
    }
  }

  retain(policy: RetentionPolicy): Promise<RetentionResult> {
    return this.#upkeep.retain(policy);
  }

  /** Does what is due of the background work now, instead of within the next second. */
  upkeep(): Promise<void> {
    return this.#upkeep.round();
  }

  /** Ends the background work and closes the files; the write-ahead log goes into the segment. */
  async close(): Promise<void> {
    await this.#upkeep.close();
    const { folder, seed, open, closing, catalog, window, lock } = this.#state;
    for (const { file } of [...closing, open]) file.close();
    keepKeys(folder, seed, open);
    this.#views.close();
    window.close();
    catalog.close();
    lock.close();
  }

  #store(group: LogGroup): Committed {
    const { open, board } = this.#state;
    const before = open.table.size;
    const first = open.end;
    this.#group = group;
    this.#kept = [];
    try {
      const duplicates = this.#sort(group);
      const kept = this.#kept;
      const blocks = toBlocks(group, kept, first, open.peak);
      const counted = countGroup(group, kept);
      this.#write(open, blocks, counted, first + kept.length);
      for (const { sourceId, minute, events } of counted.runs) open.tally.add(sourceId, minute, events);
      for (const entry of kept) open.earliest = Math.min(open.earliest, group.received[entry] ?? Infinity);
      open.peak = blocks.at(-1)?.peak ?? open.peak;
      open.bytes += blocks.reduce((sum, { keys, body }) => sum + keys.length + body.length, 0);
      open.end += kept.length;
      board.publishEnd(open.end);
      return { first, duplicates };
    } catch (error) {
      open.table.truncate(before);
      throw error;
    } finally {
      this.#group = null;
    }
  }

  /** Parts the group into kept entries (entered into the open table) and duplicates. */
  #sort(group: LogGroup): readonly number[] {
    const { open, window } = this.#state;
    const { hash } = window;
    const duplicates: number[] = [];
    for (let entry = 0; entry < group.ids.length; entry++) {
      this.#entry = entry;
      hash.hash(group.sources[group.source[entry] ?? 0] ?? '', group.ids[entry] ?? '');
      const offset = window.find();
      if (offset > 0) duplicates.push(entry, offset);
      else {
        open.table.add(hash.hi, hash.lo);
        this.#kept.push(entry);
      }
    }
    return duplicates;
  }

  #write(open: OpenSegment, blocks: readonly Block[], counted: GroupCounts, end: number): void {
    const due = end - open.totalsAt >= totalsEvery;
    if (!due) return open.file.commit({ blocks, counts: counted.counts });
    const events = new Map(open.tally.totals);
    for (const run of counted.runs) events.set(run.sourceId, (events.get(run.sourceId) ?? 0) + run.events);
    open.file.commit({ blocks, counts: counted.counts, totals: { at: end, events } });
    open.totalsAt = end;
  }

  /** Whether the event at `offset` (stored, or kept earlier in this group) has the key of the present entry. */
  #confirm(offset: number): boolean {
    const group = this.#group;
    if (!group) return false;
    const sourceId = group.sources[group.source[this.#entry] ?? 0] ?? '';
    const messageId = group.ids[this.#entry] ?? '';
    const { end } = this.#state.open;
    if (offset < end) return this.#keys.has(offset, sourceId, messageId);
    const other = this.#kept[offset - end] ?? 0;
    return group.ids[other] === messageId && group.sources[group.source[other] ?? 0] === sourceId;
  }

  #viewOf(offset: number): ReturnType<SegmentViews['get']> | null {
    const { open, closing, sealed } = this.#state;
    if (offset >= open.first) return open.file.view;
    const closed = closing.find((segment) => offset >= segment.first && offset < segment.end);
    if (closed) return closed.file.view;
    const segment = sealed.find(({ first, next }) => offset >= first && offset < next);
    return segment ? this.#views.get(segment.first) : null;
  }

  #makeRoom(events: number): void {
    const { open, closing } = this.#state;
    const { segmentEvents, segmentBytes } = this.#limits;
    const { size } = open.table;
    if (events > maxPositions) throw new InputError('too_large', `One append holds at most ${maxPositions} events.`);
    if (size === 0) return;
    const full = size + events > segmentEvents || open.bytes >= segmentBytes || this.#isAged();
    if (full && closing.length < maxClosing) this.#roll();
    else if (size + events > maxPositions)
      throw new FaultError('log_unavailable', 'Nothing was stored: full segments cannot be sealed at the moment.');
  }

  #isAged(): boolean {
    const { open, clock } = this.#state;
    // A segment made while the clock was far ahead is as good as old.
    return Math.abs(clock.now() - open.file.createdAt) >= this.#limits.segmentAgeMs;
  }

  /** Closes an open segment that is old, also when nothing is appended any more. */
  #rollAged(): void {
    const { open, closing } = this.#state;
    if (open.table.size > 0 && closing.length < maxClosing && this.#isAged()) this.#roll();
  }

  #roll(): void {
    const state = this.#state;
    const full = state.open;
    const next = OpenSegment.create(state.folder, full.end, state.seed, state.clock.now(), this.#upkeep.spareTable());
    state.open = next;
    state.closing = [...state.closing, full];
    this.#upkeep.rolled();
  }
}
