// The log's background work: sealing, filter columns, forgetting, checkpoints, probing after a fault, retention. It runs
// on the writer's thread between commits, one piece at a time, resting after each slice of a few milliseconds.
import { setImmediate as immediate } from 'node:timers/promises';
import { freeMemory } from '../../lib/free-memory.ts';
import { syncFolder } from '../../lib/sync-folder.ts';
import type { RetentionPolicy, RetentionResult } from '../event-log.ts';
import { newestReceipt } from './dedup-window.ts';
import { KeyTable } from './key-table.ts';
import type { ClosedSegment } from './log-catalog.ts';
import { segmentLost, toFaultNumber } from './log-fault.ts';
import { removeFiles } from './log-state.ts';
import type { LogState } from './log-state.ts';
import { OpenSegment } from './open-segment.ts';
import { indexPath, sizeOf } from './segment-file.ts';
import { SegmentIndex, sortKeys, writeIndex } from './segment-index.ts';
import type { SegmentViews } from './segment-views.ts';

const roundEveryMs = 1000;
/** What a commit writes to the write-ahead log beside the bodies: keys, counts, the rest of half-filled pages. */
const commitOverheadBytes = 16 * 1024;

export interface UpkeepOptions {
  readonly checkpointBytes: number;
  /** Whether a closed segment's file is missing: a warning that stays until the next start. */
  readonly lost: boolean;
  /** Closes the open segment when its age says so. */
  readonly roll: () => void;
}

export class LogUpkeep {
  readonly #state: LogState;
  readonly #views: SegmentViews;
  readonly #options: UpkeepOptions;
  readonly #timer: NodeJS.Timeout;
  /** The piece of work under way; the next one starts after it. */
  #turn: Promise<unknown> = Promise.resolve();
  /** The round that has not begun yet, if any. */
  #nextRound: Promise<void> | null = null;
  #closed = false;
  #faulty = false;
  #spare: KeyTable | undefined;
  /** Bytes in the write-ahead log since it last began anew, about; and at the last round. */
  #logged = 0;
  #loggedBefore = 0;
  #checkpointDue = false;

  constructor(state: LogState, views: SegmentViews, options: UpkeepOptions) {
    this.#state = state;
    this.#views = views;
    this.#options = options;
    this.#shareKeys();
    // Not at once: the rest of the server is starting, and filling the filter for a large log takes a core for a second.
    this.#timer = setInterval(() => void this.round(), roundEveryMs);
    this.#timer.unref();
  }

  /** Does all that is due. Never rejects: what fails is shown as `warning` and tried again in the next round. */
  round(): Promise<void> {
    this.#nextRound ??= this.#afterwards(async () => {
      this.#nextRound = null;
      if (this.#closed) return;
      let warning = this.#options.lost ? segmentLost : 0;
      const steps = [
        async () => this.#probe(),
        () => this.#seal(),
        () => this.#fill(),
        () => this.#forget(),
        async () => this.#checkpointWhenIdle(),
      ];
      for (const step of steps) {
        try {
          await step();
        } catch (error) {
          warning = toFaultNumber(error);
        }
      }
      this.#state.board.set('warning', warning);
      this.publish();
    });
    return this.#nextRound;
  }

  /** To be called after each commit. */
  committed(bodyBytes: number): void {
    if (this.#faulty) this.#recovered();
    this.publish();
    this.#logged += bodyBytes + commitOverheadBytes;
    if (this.#logged < this.#options.checkpointBytes || this.#checkpointDue) return;
    this.#checkpointDue = true;
    // After the answers are out.
    setImmediate(() => {
      this.#checkpointDue = false;
      if (!this.#closed) this.#tryCheckpoint();
    });
  }

  /** To be called when a commit failed. */
  failed(error: unknown): void {
    this.#faulty = true;
    this.#state.board.set('fault', toFaultNumber(error));
  }

  /** To be called when the open segment has been replaced. */
  rolled(): void {
    this.#logged = 0;
    this.#shareKeys();
    void this.round();
  }

  /** An empty table of a segment that has been sealed, to be used again. */
  spareTable(): KeyTable {
    const table = this.#spare ?? new KeyTable();
    this.#spare = undefined;
    return table;
  }

  retain(policy: RetentionPolicy): Promise<RetentionResult> {
    return this.#afterwards(async () => {
      const { clock, board } = this.#state;
      await this.#closeAged();
      const now = clock.now();
      const held = policy.heldFrom.find(({ partition }) => partition === 0)?.offset ?? Infinity;
      let removedEvents = 0;
      let overrun = 0;
      for (const segment of this.#state.sealed) {
        // An older one that waits for its seal goes first.
        if ((this.#state.closing[0]?.first ?? Infinity) < segment.first) break;
        const over = this.#bytes() > policy.maxBytes;
        const aged = now - newestReceipt(segment, now) > policy.maxAgeMs;
        if (!over && (!aged || segment.next > held)) break;
        await this.#remove(segment, now);
        removedEvents += segment.next - segment.first;
        overrun += Math.max(0, segment.next - Math.max(segment.first, held));
      }
      board.set('start', this.#start());
      this.publish();
      return { removedEvents, overrun };
    });
  }

  /** Publishes the figures that status() reports. */
  publish(): void {
    const { board, window, sealed, closing, open, clock } = this.#state;
    board.set('start', this.#start());
    board.set('segments', sealed.length + closing.length + 1);
    board.set('bytes', this.#bytes());
    const since = [...closing, open].reduce((earliest, one) => Math.min(earliest, one.earliest), window.since);
    const now = clock.now();
    board.set('since', since === Infinity ? now : since);
    board.set('ids', window.ids);
    board.set('memoryBytes', window.memoryBytes);
    board.set('bounded', window.bounded(now) ? 1 : 0);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closed = true;
    await this.#turn;
  }

  async #seal(): Promise<void> {
    for (let segment = this.#state.closing[0]; segment && !this.#closed; segment = this.#state.closing[0])
      await this.#sealOne(segment);
  }

  async #sealOne(segment: OpenSegment): Promise<void> {
    const { folder, seed, catalog, window, clock } = this.#state;
    const { first, end, tally, table, earliest, peak } = segment;
    segment.file.finish();
    const keys = await sortKeys(table, rest);
    const path = indexPath(folder, first);
    await writeIndex(path, seed, first, keys);
    syncFolder(folder);
    const bytes = sizeOf(folder, first);
    const closed: ClosedSegment = { first, next: end, earliest, peak, closed: clock.now(), bytes, removed: null };
    const counts = segment.file.view.counts(0, Number.MAX_SAFE_INTEGER);
    catalog.addClosed(closed, { totals: [...tally.totals], runs: tally.encode() }, counts);
    const index = SegmentIndex.open(path, seed, first);
    if (!index) throw new Error(`The index ${path} cannot be read back.`);
    window.add({ index, segment: closed });
    this.#state.closing = this.#state.closing.filter((one) => one !== segment);
    this.#state.sealed = [...this.#state.sealed, closed].sort((a, b) => a.first - b.first);
    this.#shareKeys();
    // A reader that was inside at the first attempt has left by now.
    segment.file.finish();
    segment.file.close();
    await window.fill(first, rest, keys.words);
    freeMemory(keys.words);
    table.clear();
    this.#spare = table;
  }

  /** Fills the columns of the segments found at the start, newest first. */
  async #fill(): Promise<void> {
    const { window, folder, seed, clock } = this.#state;
    for (const first of window.unfilled()) {
      if (this.#closed || (await window.fill(first, rest))) continue;
      // The index is damaged: the segment's keys are read again and it is sealed anew.
      const segment = OpenSegment.load(folder, first, seed, clock.now());
      this.#state.sealed = this.#state.sealed.filter((one) => one.first !== first);
      this.#state.closing = [...this.#state.closing, segment].sort((a, b) => a.first - b.first);
      this.#views.forget(first);
      this.#shareKeys();
      await window.drop(first, rest);
      await this.#seal();
    }
  }

  #forget(): Promise<void> {
    const { window, clock } = this.#state;
    return window.expire(clock.now(), clock.monotonic(), rest);
  }

  /** Without space this fails, and then removing what is sealed matters all the more. */
  async #closeAged(): Promise<void> {
    try {
      this.#options.roll();
      await this.#seal();
    } catch (error) {
      this.#state.board.set('warning', toFaultNumber(error));
    }
  }

  async #remove(segment: ClosedSegment, now: number): Promise<void> {
    const { catalog, folder, window, board } = this.#state;
    let marked = true;
    try {
      catalog.markRemoved(segment.first, now);
    } catch {
      // On a full disk the unlinking below has to come first: it is what frees the space.
      marked = false;
    }
    this.#state.sealed = this.#state.sealed.filter((one) => one !== segment);
    board.set('start', this.#start());
    this.#views.forget(segment.first);
    await window.drop(segment.first, rest);
    removeFiles(folder, segment.first);
    if (!marked) catalog.markRemoved(segment.first, now);
  }

  #probe(): void {
    if (!this.#faulty) return;
    try {
      this.#state.open.file.probe();
      this.#recovered();
    } catch (error) {
      this.failed(error);
    }
  }

  #recovered(): void {
    this.#faulty = false;
    this.#state.board.set('fault', 0);
  }

  #checkpointWhenIdle(): void {
    const idle = this.#logged === this.#loggedBefore;
    if (idle && this.#logged > 0) this.#checkpoint();
    this.#loggedBefore = this.#logged;
  }

  #tryCheckpoint(): void {
    try {
      this.#checkpoint();
    } catch (error) {
      this.#state.board.set('warning', toFaultNumber(error));
    }
  }

  #checkpoint(): void {
    // A reader inside keeps the log from beginning anew: then soon again.
    const complete = this.#state.open.file.checkpoint();
    this.#logged = complete ? 0 : this.#options.checkpointBytes * 0.75;
  }

  #shareKeys(): void {
    this.#state.window.inMemory = [...this.#state.closing, this.#state.open];
  }

  #start(): number {
    const { sealed, closing, open } = this.#state;
    return Math.min(sealed[0]?.first ?? Infinity, closing[0]?.first ?? Infinity, open.first);
  }

  #bytes(): number {
    const { sealed, closing, open } = this.#state;
    const unsealed = closing.reduce((sum, segment) => sum + segment.bytes, open.bytes);
    return sealed.reduce((sum, segment) => sum + segment.bytes, unsealed);
  }

  #afterwards<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work, work);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

/** Lets commits that have arrived go first. */
const rest = (): Promise<void> => immediate();
