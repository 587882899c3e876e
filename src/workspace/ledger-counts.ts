// Counts what became of a batch's events, per source and minute of receipt.
import type { Effect } from './reducer/reduce-event.ts';
import type { LedgerCount } from './workspace-store.ts';

const minuteMs = 60_000;

export class LedgerCounts {
  readonly #counts = new Map<string, { -readonly [Name in keyof LedgerCount]: LedgerCount[Name] }>();

  addEffect(sourceId: string, receivedAt: number, { outcome, reason }: Effect): void {
    this.add(sourceId, Math.floor(receivedAt / minuteMs), outcome === 'discarded' ? `discarded:${reason}` : outcome, 1);
  }

  add(sourceId: string, minute: number, outcome: string, events: number): void {
    const key = `${minute} ${outcome} ${sourceId}`;
    const count = this.#counts.get(key);
    if (count) count.events += events;
    else this.#counts.set(key, { sourceId, minute, outcome, events });
  }

  rows(): readonly LedgerCount[] {
    return [...this.#counts.values()];
  }
}
