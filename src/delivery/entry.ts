// One event at one destination, from the moment it is read until it is finished.
//
//   waiting    an earlier event with a shared identifier is unfinished
//   ready      may be sent, and is queued for it
//   sending    in the outbox or under way
//   retrying   failed; its next try has a time
//   finished   delivered, filtered, dead or discarded; kept only until the cursor has passed it
//
// Beside that an event may be parked: the cursor has passed it and its body is in the store ('committing' until that
// is so). A parked event goes through the same states.
import type { MatchedAction, Router } from '../routing/router.ts';
import type { EventProgress } from './delivery-store.ts';
import type { FeedEvent } from './event-feed.ts';

export type EntryState = 'waiting' | 'ready' | 'sending' | 'retrying' | 'finished';

export type Finish =
  /** `at` is when the last of its actions was done, ms since 1970; the cursor may pass it later. */
  | { readonly outcome: 'delivered'; readonly at: number }
  | { readonly outcome: 'filtered' }
  | { readonly outcome: 'failed'; readonly reason: string };

export class Entry {
  readonly partition: number;
  readonly offset: number;
  readonly sourceId: string;
  readonly messageId: string;
  readonly receivedAt: number;
  readonly orderKeys: readonly string[];
  /** The event itself, as long as it is needed and not stored in the park. */
  event: FeedEvent | null;
  state: EntryState = 'ready';
  parking: 'none' | 'committing' | 'stored' = 'none';
  finish: Finish | null = null;

  /** Unfinished earlier events it waits for, and later ones that wait for it. */
  before: Entry[] = [];
  after: Entry[] = [];

  attempts = 0;
  /** How long it has been failing up to its last failure, in the lane's active time; and that time's reading then. */
  spentMs = 0;
  failedAtActive: number | null = null;
  retryAt = 0;
  reason = '';
  settled: Record<string, 'delivered' | 'failed'> = {};

  /** Matched actions, and the router that matched them (a later one may judge otherwise). */
  matched: readonly MatchedAction[] | null = null;
  routedBy: Router | null = null;
  /** Tasks of the present round that have no outcome yet. */
  openTasks = 0;
  /** What the present round asks for, once all its tasks have an outcome. */
  again: Again | null = null;
  /** The batch it was put into; told from others by identity. */
  batch: object | null = null;
  /** Largest batch it may be part of; halved to single out the event a batch is refused for. */
  batchCap = Infinity;
  /** The plan under which it met a failure that seemed the destination's while others got through: it is the event's. */
  suspectUnder: object | null = null;

  constructor(origin: Omit<FeedEvent, 'event' | 'body'>, event: FeedEvent | null) {
    this.partition = origin.partition;
    this.offset = origin.offset;
    this.sourceId = origin.sourceId;
    this.messageId = origin.messageId;
    this.receivedAt = origin.receivedAt;
    this.orderKeys = origin.orderKeys;
    this.event = event;
  }

  get minute(): number {
    return Math.floor(this.receivedAt / 60_000);
  }

  progress(): EventProgress {
    const { partition, offset, attempts, spentMs, retryAt, settled, reason } = this;
    return { partition, offset, attempts, spentMs, retryAt, settled, reason };
  }
}

/** Why a round did not finish its event. */
export interface Again {
  readonly reason: string;
  readonly retryAfterMs: number;
  /** Without a pause: nothing was wrong with the event as far as is known. */
  readonly atOnce: boolean;
}
