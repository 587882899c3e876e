// Brings the bodies of parked events back from the store when it is their turn, a few at a time, so that memory holds
// only those about to be sent.
import type { Entry } from './entry.ts';
import { toFeedEvent } from './event-feed.ts';

const atOnce = 64;

export class BodyFetcher {
  readonly #load: (entries: readonly Entry[]) => Promise<readonly string[]>;
  readonly #waiting: Entry[] = [];
  #fetching = false;

  constructor(load: (entries: readonly Entry[]) => Promise<readonly string[]>) {
    this.#load = load;
  }

  add(entry: Entry): void {
    this.#waiting.push(entry);
  }

  /** The next few events with their bodies; null when there are none, or some are on their way already. */
  async fetch(): Promise<readonly Entry[] | null> {
    if (this.#fetching || this.#waiting.length === 0) return null;
    this.#fetching = true;
    const entries = this.#waiting.splice(0, atOnce);
    const bodies = await this.#load(entries);
    for (const [index, entry] of entries.entries()) {
      const { partition, offset, sourceId, messageId, receivedAt } = entry;
      entry.event = toFeedEvent({ partition, offset, sourceId, messageId, receivedAt, body: bodies[index] ?? '' });
    }
    this.#fetching = false;
    return entries;
  }
}
