// Counts stretches of the log exactly, also those that retention has removed: closed segments from their runs in the
// catalog, the others from the snapshots of totals in their files and the keys after the nearest snapshot.
import type { LogCount } from '../event-log.ts';
import { receivedAt, sourceAt } from './block.ts';
import { runsBetween } from './log-catalog.ts';
import type { ClosedSegment } from './log-catalog.ts';
import { mergeCounts } from './merge-counts.ts';
import type { SegmentList } from './segment-list.ts';
import type { KeyedBlock, SegmentView } from './segment-view.ts';

export class LogCounter {
  readonly #segments: SegmentList;

  constructor(segments: SegmentList) {
    this.#segments = segments;
  }

  /** Accepted and duplicate counts with `fromMinute ≤ minute < toMinute`, added up over `stepMinutes`. */
  counts(fromMinute: number, toMinute: number, stepMinutes: number): readonly LogCount[] {
    const catalog = this.#segments.catalog();
    if (!catalog) return [];
    // A segment that is sealed meanwhile must not be counted as both.
    return catalog.snapshot(() => {
      const all = [...catalog.counts(fromMinute, toMinute, stepMinutes)];
      for (const first of this.#segments.now().unsealed)
        all.push(...(this.#segments.view(first)?.counts(fromMinute, toMinute, stepMinutes) ?? []));
      return mergeCounts(all);
    });
  }

  /** Events per source with offsets in `[from, to)`. */
  between(from: number, to: number): ReadonlyMap<string, number> {
    const events = new Map<string, number>();
    if (to <= from) return events;
    const add = (sourceId: string, count: number): void => {
      if (count !== 0) events.set(sourceId, (events.get(sourceId) ?? 0) + count);
    };
    const { closed, unsealed } = this.#segments.now();
    for (const segment of closed) for (const [sourceId, count] of this.#partOf(segment, from, to)) add(sourceId, count);
    for (const first of unsealed) {
      const view = first < to ? this.#segments.view(first) : null;
      if (!view) continue;
      for (const [sourceId, count] of before(view, first, to)) add(sourceId, count);
      if (from > first) for (const [sourceId, count] of before(view, first, from)) add(sourceId, -count);
    }
    for (const [sourceId, count] of events) if (count === 0) events.delete(sourceId);
    return events;
  }

  /** Events per source in the part of a closed segment that lies in `[from, to)`. */
  *#partOf({ first, next }: ClosedSegment, from: number, to: number): Generator<readonly [string, number]> {
    const catalog = this.#segments.catalog();
    if (!catalog || next <= from || first >= to) return;
    if (from <= first && next <= to) yield* catalog.totalsOf(first);
    else {
      const segment = catalog.runsOf(first);
      if (segment) for (const { sourceId, events } of runsBetween(segment, first, from, to)) yield [sourceId, events];
    }
  }

  /** Events with offsets in `[from, to)` per source and minute, whether retention has removed them or not. */
  minutes(from: number, to: number): readonly LogCount[] {
    const all: LogCount[] = [];
    const { closed, unsealed } = this.#segments.now();
    for (const { first, next } of closed) {
      if (next <= from || first >= to) continue;
      const segment = this.#segments.catalog()?.runsOf(first);
      if (!segment) continue;
      for (const { sourceId, minute, events } of runsBetween(segment, first, from, to))
        all.push({ sourceId, minute, accepted: events, duplicates: 0 });
    }
    for (const first of unsealed)
      for (const block of (first < to ? this.#segments.view(first) : null)?.keysBetween(from, to) ?? [])
        all.push(...minutesOf(block, from, to));
    return mergeCounts(all);
  }
}

/** Events of a block with offsets in `[from, to)`. */
function minutesOf({ first, keys }: KeyedBlock, from: number, to: number): readonly LogCount[] {
  const counts: LogCount[] = [];
  const end = Math.min(keys.ids.length, to - first);
  for (let index = Math.max(0, from - first); index < end; index++) {
    const minute = Math.floor(receivedAt(keys, index) / 60_000);
    counts.push({ sourceId: sourceAt(keys, index), minute, accepted: 1, duplicates: 0 });
  }
  return mergeCounts(counts);
}

/** Events per source of a segment with offsets below `offset`. */
function before(view: SegmentView, first: number, offset: number): Map<string, number> {
  const snapshot = view.totalsBefore(offset) ?? { at: first, events: {} };
  const events = new Map(Object.entries(snapshot.events));
  for (const block of view.keysBetween(snapshot.at, offset)) {
    // Snapshots lie between blocks: one at the end of what is stored comes with the block before it.
    if (block.first < snapshot.at) continue;
    const end = Math.min(block.keys.ids.length, offset - block.first);
    for (let index = 0; index < end; index++) {
      const sourceId = sourceAt(block.keys, index);
      events.set(sourceId, (events.get(sourceId) ?? 0) + 1);
    }
  }
  return events;
}
