// The reading end of the embedded log, for any thread: opens the segments read-only and learns the durable end from
// shared memory. Decoded blocks are kept for a moment, because readers ask for less than a block at a time.
// The bodies of a block share one string: who keeps a body for long keeps up to 256 KiB alive.
import { FaultError } from '../../errors/errors.ts';
import type { LogCount, LogReader, LogRecord, LogSlice, LogStatus } from '../event-log.ts';
import { receivedAt, toRecords } from './block.ts';
import { LogBoard } from './log-cells.ts';
import type { LogCells } from './log-cells.ts';
import { LogCounter } from './log-counter.ts';
import { MessageFinder } from './message-finder.ts';
import { SegmentList } from './segment-list.ts';
import type { StoredBlock } from './segment-view.ts';

export interface SqliteLogReaderOptions {
  readonly folder: string;
  /** The cells of the running writer. */
  readonly cells: LogCells;
}

const keptBlocks = 8;

export class SqliteLogReader implements LogReader {
  readonly #board: LogBoard;
  readonly #segments: SegmentList;
  readonly #counter: LogCounter;
  readonly #finder: MessageFinder;
  readonly #decoded = new Map<number, readonly LogRecord[]>();

  constructor(options: SqliteLogReaderOptions) {
    this.#board = new LogBoard(options.cells);
    this.#segments = new SegmentList(options.folder);
    this.#counter = new LogCounter(this.#segments);
    this.#finder = new MessageFinder(this.#segments);
  }

  async partitions(): Promise<readonly number[]> {
    return [0];
  }

  async range(): Promise<{ readonly start: number; readonly end: number }> {
    return { start: this.#start(), end: this.#board.get('end') };
  }

  async read(_partition: number, from: number, maxEvents: number, maxBytes: number): Promise<LogSlice> {
    const end = this.#board.get('end');
    if (from > end)
      throw new FaultError(
        'internal',
        `Offset ${from} lies past the end of the log (${end}): the cursor belongs to another log, or the log folder was replaced by an older copy. Restore log and stores together.`,
      );
    const start = Math.max(from, this.#start());
    const records: LogRecord[] = [];
    const next = this.#collect(records, start, end, maxEvents, maxBytes);
    if (next === start && start < end && maxEvents > 0)
      throw new FaultError(
        'internal',
        `The log file that holds offset ${start} is missing. Restore it and start again.`,
      );
    if (records.length > 0 || next === start)
      return { records, next, ...(start > from && { gap: this.#gap(from, start) }) };
    // A segment was removed just now, or its file is missing.
    return { records, next, gap: this.#gap(from, next) };
  }

  waitFor(_partition: number, offset: number, signal?: AbortSignal): Promise<number> {
    return this.#board.waitPast(offset, signal);
  }

  async offsetAt(_partition: number, timeMs: number): Promise<number> {
    const { start, end } = await this.range();
    const { closed, unsealed } = this.#segments.now();
    const candidates = closed.filter(({ removed, peak }) => removed === null && peak >= timeMs);
    for (const first of [...candidates.map((segment) => segment.first), ...unsealed].sort((a, b) => a - b)) {
      const block = this.#segments.view(first)?.blockReaching(timeMs);
      if (!block) continue;
      const index = block.keys.ids.findIndex((_, at) => receivedAt(block.keys, at) >= timeMs);
      return Math.min(end, Math.max(start, block.first + index));
    }
    return end;
  }

  find(messageId: string, sourceId?: string): Promise<readonly LogRecord[]> {
    return this.#finder.find(messageId, sourceId);
  }

  async counts(fromMinute: number, toMinute: number, stepMinutes = 1): Promise<readonly LogCount[]> {
    return this.#counter.counts(fromMinute, toMinute, stepMinutes);
  }

  async countBetween(
    _partition: number,
    from: number,
    to: number,
  ): Promise<readonly { readonly sourceId: string; readonly events: number }[]> {
    const events = this.#counter.between(from, Math.min(to, this.#board.get('end')));
    return [...events].map(([sourceId, count]) => ({ sourceId, events: count }));
  }

  async countMinutes(_partition: number, from: number, to: number): Promise<readonly LogCount[]> {
    return this.#counter.minutes(from, Math.min(to, this.#board.get('end')));
  }

  async status(): Promise<LogStatus> {
    this.#start();
    return this.#board.status();
  }

  /** Ends the waits with the present end and closes the files. */
  async close(): Promise<void> {
    this.#board.wakeAll();
    this.#finder.close();
    this.#segments.close();
    this.#decoded.clear();
  }

  /** First offset still stored. */
  #start(): number {
    const start = this.#board.get('start');
    this.#segments.forgetBefore(start);
    return start;
  }

  /** Adds records from `from` on; answers where the next read continues, which is past a hole when nothing was found. */
  #collect(records: LogRecord[], from: number, end: number, maxEvents: number, maxBytes: number): number {
    let at = from;
    let bytes = 0;
    let refreshed = false;
    const full = (): boolean => records.length >= maxEvents || (bytes >= maxBytes && records.length > 0);
    while (at < end && !full()) {
      const before = at;
      for (const block of this.#segments.holding(at)?.blocksFrom(at) ?? []) {
        const decoded = this.#decode(block);
        while (at < end && !full()) {
          const record = decoded[at - block.first];
          if (!record) break;
          records.push(record);
          bytes += record.body.length;
          at++;
        }
        if (at >= end || full()) return at;
      }
      if (at > before) continue;
      if (!refreshed) {
        this.#segments.refresh();
        refreshed = true;
      } else return records.length > 0 ? at : Math.min(end, this.#segments.after(at) ?? at);
    }
    return at;
  }

  #decode(block: StoredBlock): readonly LogRecord[] {
    const known = this.#decoded.get(block.first);
    if (known) return known;
    const records = toRecords(block.first, block.keys, block.body);
    this.#decoded.set(block.first, records);
    for (const oldest of this.#decoded.keys()) {
      if (this.#decoded.size <= keptBlocks) break;
      this.#decoded.delete(oldest);
    }
    return records;
  }

  #gap(from: number, to: number): NonNullable<LogSlice['gap']> {
    return { from, to, counts: this.#counter.minutes(from, to) };
  }
}
