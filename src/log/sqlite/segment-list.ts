// Which segments exist, as a reader sees it: from the catalog and the names in the folder, read again when needed.
import { readdirSync } from 'node:fs';
import { LogCatalog } from './log-catalog.ts';
import type { ClosedSegment } from './log-catalog.ts';
import { firstOf } from './segment-file.ts';
import type { SegmentView } from './segment-view.ts';
import { SegmentViews } from './segment-views.ts';

/** The log at one moment: closed segments (also those that retention has removed), then those not yet in the catalog. */
export interface Segments {
  readonly closed: readonly ClosedSegment[];
  readonly unsealed: readonly number[];
}

export class SegmentList {
  readonly #folder: string;
  readonly #views: SegmentViews;
  #catalog: LogCatalog | null = null;
  #firsts: readonly number[] = [];
  #start = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#views = new SegmentViews(folder);
  }

  get folder(): string {
    return this.#folder;
  }

  /** The catalog, or null while the log has never been written. */
  catalog(): LogCatalog | null {
    return (this.#catalog ??= LogCatalog.openReader(this.#folder));
  }

  /** Reads catalog and folder, in this order: a segment sealed in between is then seen unsealed, and counted once. */
  now(): Segments {
    const closed = this.catalog()?.segments() ?? [];
    this.refresh();
    const known = new Set(closed.map(({ first }) => first));
    return { closed, unsealed: this.#firsts.filter((first) => !known.has(first)) };
  }

  refresh(): void {
    this.#firsts = readdirSync(this.#folder)
      .map(firstOf)
      .filter((first) => first !== null)
      .sort((a, b) => a - b);
  }

  /** Lets go of removed segments: as long as one is open its disk space is not free. */
  forgetBefore(start: number): void {
    if (start === this.#start) return;
    this.#start = start;
    this.#views.forgetBefore(start);
  }

  /** The segment that holds `offset` if any does, by the names last read. */
  holding(offset: number): SegmentView | null {
    const first = this.#firsts.findLast((one) => one <= offset);
    return first === undefined ? null : this.view(first);
  }

  /** First offset of the next segment after `offset`, by the names last read. */
  after(offset: number): number | undefined {
    return this.#firsts.find((first) => first > offset);
  }

  /** The segment that begins at `first`, or null when its file is gone. */
  view(first: number): SegmentView | null {
    try {
      return this.#views.get(first);
    } catch (error) {
      // SQLITE_CANTOPEN: retention has unlinked it since the names were read.
      if ((error as { readonly errcode?: number }).errcode === 14) return null;
      throw error;
    }
  }

  close(): void {
    this.#views.close();
    this.#catalog?.close();
    this.#catalog = null;
  }
}
