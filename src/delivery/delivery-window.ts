// What one destination has in hand of the log: the events between its cursor and where it has read to, and the parked
// ones behind the cursor; who waits for whom; and how far the cursor may go.
//
// Order: for each identifier the last unfinished event is known. A new event waits for the last one of each of its
// identifiers; that one waited for its own predecessor, so waiting for the last is waiting for all.
// Cursor: the lowest event that is neither finished nor parked. Finished events are counted when the cursor passes them
// (parked ones when they finish), in the same commit as the cursor, so a crash never counts one twice.
import type { ParkedEvent, StoredCursor } from './delivery-store.ts';
import { Entry } from './entry.ts';
import type { Finish } from './entry.ts';
import type { FeedEvent, FeedSlice } from './event-feed.ts';

type Gap = NonNullable<FeedSlice['gap']>;

/** Something the cursor has yet to pass. */
type Item =
  | { readonly kind: 'event'; readonly offset: number; readonly entry: Entry }
  | { readonly kind: 'filtered'; readonly offset: number; readonly sourceId: string; readonly minute: number }
  | { readonly kind: 'gap'; readonly offset: number; readonly gap: Gap };

interface Stretch {
  readonly partition: number;
  /** From `head` on; what is before was passed. */
  items: Item[];
  head: number;
  reached: number;
}

export interface WindowLimits {
  /** Most events between cursor and reach. */
  readonly maxEvents: number;
  /** Most bytes of bodies held for unfinished events. */
  readonly maxBytes: number;
  /** Most events that are parked; then the cursor waits. */
  readonly maxParked: number;
}

/** What the cursor passes on its way. */
export interface Passage {
  finished(entry: Entry): void;
  filtered(sourceId: string, minute: number): void;
  gap(partition: number, gap: Gap): void;
  /** Asked of an unfinished event at the cursor. */
  mayPark(entry: Entry): boolean;
  parked(entry: Entry): void;
}

export class DeliveryWindow {
  #limits: WindowLimits;
  #ordered = true;
  readonly #stretches = new Map<number, Stretch>();
  /** Last unfinished event of each identifier. */
  readonly #last = new Map<string, Entry>();
  #bytes = 0;
  #parked = 0;

  constructor(limits: WindowLimits) {
    this.#limits = limits;
  }

  get parkedEvents(): number {
    return this.#parked;
  }

  setLimits(limits: WindowLimits): void {
    this.#limits = limits;
  }

  addPartition(partition: number, cursor: number): void {
    this.#stretches.set(partition, { partition, items: [], head: 0, reached: cursor });
  }

  /** Where reading continues. */
  reached(partition: number): number {
    return this.#stretch(partition).reached;
  }

  /** How much of the window is in use, from 0 to 1. */
  fill(partition: number): number {
    const { items, head } = this.#stretch(partition);
    return Math.max((items.length - head) / this.#limits.maxEvents, this.#bytes / this.#limits.maxBytes);
  }

  /** Whether events wait for earlier ones of the same person; holds for those taken in from now on. */
  keepOrder(order: boolean): void {
    this.#ordered = order;
  }

  /** Takes an event in; it is ready or waits. */
  admit(event: FeedEvent): Entry {
    const entry = new Entry(event, event);
    this.#bytes += event.body.length;
    this.#push(event.partition, { kind: 'event', offset: event.offset, entry });
    this.#line(entry);
    return entry;
  }

  /** Passes an event by that the destination does not get. */
  admitFiltered({ partition, offset, sourceId, receivedAt }: FeedEvent): void {
    this.#push(partition, { kind: 'filtered', offset, sourceId, minute: Math.floor(receivedAt / 60_000) });
  }

  admitGap(partition: number, gap: Gap): void {
    this.#push(partition, { kind: 'gap', offset: gap.from, gap });
  }

  /** Everything before `offset` was admitted. */
  reach(partition: number, offset: number): void {
    this.#stretch(partition).reached = offset;
  }

  /** Takes a parked event back in, after all that were parked before it. */
  restore(parked: ParkedEvent): Entry {
    const entry = new Entry(parked, null);
    entry.parking = 'stored';
    entry.attempts = parked.attempts;
    entry.spentMs = parked.spentMs;
    entry.retryAt = parked.retryAt;
    entry.settled = { ...parked.settled };
    entry.reason = parked.reason;
    this.#parked++;
    this.#line(entry);
    return entry;
  }

  /** Marks an event finished. Answers the events that no longer wait for anything. */
  finish(entry: Entry, finish: Finish): readonly Entry[] {
    entry.state = 'finished';
    entry.finish = finish;
    entry.matched = null;
    if (entry.parking === 'none') this.#release(entry);
    else this.#parked--;
    // A dead letter needs its body once more.
    if (finish.outcome !== 'failed') entry.event = null;
    for (const key of entry.orderKeys) if (this.#last.get(key) === entry) this.#last.delete(key);
    const freed: Entry[] = [];
    for (const next of entry.after) {
      next.before.splice(next.before.indexOf(entry), 1);
      if (next.before.length === 0 && next.state === 'waiting') {
        next.state = 'ready';
        freed.push(next);
      }
    }
    entry.after = [];
    return freed;
  }

  /** Moves the cursors as far as they go, showing what they pass. Answers where they stand. */
  advance(passage: Passage): readonly StoredCursor[] {
    const cursors: StoredCursor[] = [];
    for (const stretch of this.#stretches.values()) {
      for (let item = stretch.items[stretch.head]; item; item = stretch.items[++stretch.head]) {
        if (item.kind === 'filtered') passage.filtered(item.sourceId, item.minute);
        else if (item.kind === 'gap') passage.gap(stretch.partition, item.gap);
        else if (item.entry.state === 'finished') passage.finished(item.entry);
        else if (this.#canPark(item.entry) && passage.mayPark(item.entry)) this.#park(item.entry, passage);
        else break;
      }
      // Compacting now and then keeps taking from the front cheap.
      if (stretch.head > 1024 || stretch.head === stretch.items.length) {
        stretch.items = stretch.items.slice(stretch.head);
        stretch.head = 0;
      }
      const { partition, reached } = stretch;
      cursors.push({ partition, offset: stretch.items[stretch.head]?.offset ?? reached, reached });
    }
    return cursors;
  }

  #canPark(entry: Entry): boolean {
    if (this.#parked >= this.#limits.maxParked) return false;
    if (entry.state === 'retrying') return true;
    return entry.state === 'waiting' && entry.before.every(({ parking }) => parking !== 'none');
  }

  #park(entry: Entry, passage: Passage): void {
    this.#release(entry);
    this.#parked++;
    entry.parking = 'committing';
    passage.parked(entry);
  }

  #line(entry: Entry): void {
    if (!this.#ordered) return;
    for (const key of entry.orderKeys) {
      const last = this.#last.get(key);
      if (last && !entry.before.includes(last)) {
        entry.before.push(last);
        last.after.push(entry);
      }
      this.#last.set(key, entry);
    }
    if (entry.before.length > 0) entry.state = 'waiting';
  }

  #release(entry: Entry): void {
    this.#bytes -= entry.event?.body.length ?? 0;
  }

  #push(partition: number, item: Item): void {
    this.#stretch(partition).items.push(item);
  }

  #stretch(partition: number): Stretch {
    const stretch = this.#stretches.get(partition);
    if (!stretch) throw new RangeError(`Partition ${partition} is not in the window.`);
    return stretch;
  }
}
