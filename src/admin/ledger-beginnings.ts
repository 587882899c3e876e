// From where on the log's counts by minute are a destination's own. It begins at an offset, somewhere within a minute, and
// what the log accepted in that minute before belongs to others.
//
// Read backwards from the offset and not from when the destination was made: one that was made switched off begins later.
import { workspaceDestinationId } from '../control/first-source.ts';
import type { Destination } from '../control/model.ts';
import type { DeliveryReader, DestinationState } from '../delivery/delivery-reader.ts';
import type { LogCount, LogReader } from '../log/event-log.ts';

export interface Beginning {
  /** Of the first event that is its own. */
  readonly minute: number;
  /** By source: events of that minute that came before. */
  readonly before: ReadonlyMap<string, number>;
}

interface BeginningDeps {
  readonly log: Pick<LogReader, 'countMinutes' | 'range'>;
  readonly delivery: Pick<DeliveryReader, 'states'>;
}

type Cursors = DestinationState['cursors'];

/** The workspace begins with the log. */
const withTheLog: Beginning = { minute: 0, before: new Map() };

const firstStretch = 1024;

export class LedgerBeginnings {
  readonly #deps: BeginningDeps;
  /** Of those that have begun in every partition: nothing can change them any more. */
  readonly #known = new Map<string, { readonly starts: string; readonly beginning: Beginning }>();

  constructor(deps: BeginningDeps) {
    this.#deps = deps;
  }

  /** By destination; without those that no event has come for yet. */
  async of(destinations: readonly Pick<Destination, 'id'>[]): Promise<ReadonlyMap<string, Beginning>> {
    const states = new Map((await this.#deps.delivery.states()).map((state) => [state.destinationId, state.cursors]));
    const found = new Map<string, Beginning>();
    for (const { id } of destinations) {
      const beginning = id === workspaceDestinationId ? withTheLog : await this.#beginning(id, states.get(id) ?? []);
      if (beginning) found.set(id, beginning);
    }
    for (const id of this.#known.keys()) if (!states.has(id)) this.#known.delete(id);
    return found;
  }

  async #beginning(id: string, cursors: Cursors): Promise<Beginning | null> {
    const starts = cursors.map(({ partition, start }) => `${partition}:${start}`).join(' ');
    const known = this.#known.get(id);
    if (known?.starts === starts) return known.beginning;
    const firstMinutes = await Promise.all(cursors.map((cursor) => this.#firstMinute(cursor)));
    const begun = firstMinutes.filter((minute) => minute !== null);
    if (begun.length === 0) return null;
    const minute = Math.min(...begun);
    const before = new Map<string, number>();
    for (const { partition, start } of cursors)
      for await (const count of this.#countsBefore(partition, start, minute))
        if (count.minute === minute) before.set(count.sourceId, (before.get(count.sourceId) ?? 0) + count.accepted);
    const beginning = { minute, before };
    if (begun.length === cursors.length) this.#known.set(id, { starts, beginning });
    return beginning;
  }

  /** Minute of receipt of the event at `start`; null while there is none. */
  async #firstMinute({ partition, start }: Cursors[number]): Promise<number | null> {
    const { log } = this.#deps;
    const { end } = await log.range(partition);
    if (start >= end) return null;
    const [first] = await log.countMinutes(partition, start, start + 1);
    // Not even the log knows any more: all that it does know of came later.
    return first?.minute ?? 0;
  }

  /** Counts of stretches before `start`, the nearest first, back to a minute before `minute`. */
  async *#countsBefore(partition: number, start: number, minute: number): AsyncGenerator<LogCount> {
    let to = start;
    for (let length = firstStretch; to > 0; length *= 4) {
      const from = Math.max(0, to - length);
      const counts = await this.#deps.log.countMinutes(partition, from, to);
      yield* counts;
      if (counts.length === 0 || counts.some((count) => count.minute < minute)) return;
      to = from;
    }
  }
}
