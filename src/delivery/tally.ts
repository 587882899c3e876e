// Collects what happens at one destination until it is committed.
import type { Attempt, ConfigVersion } from './delivery-reader.ts';
import type {
  ActionCount,
  Condition,
  DelayCount,
  DestinationCommit,
  EventProgress,
  Gap,
  LedgerOutcome,
  NewDeadLetter,
  OutcomeCount,
  ParkedEvent,
  StoredCursor,
} from './delivery-store.ts';
import { delayBound } from './delay-class.ts';
import type { Entry } from './entry.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

export class Tally {
  #counts = new Map<string, Mutable<OutcomeCount>>();
  #actionCounts = new Map<string, Mutable<ActionCount>>();
  #delays = new Map<string, Mutable<DelayCount>>();
  #parked: (ParkedEvent & { readonly body: string })[] = [];
  /** By event: only the newest progress counts. */
  #progress = new Map<Entry, EventProgress>();
  #unparked: { partition: number; offset: number }[] = [];
  #deadLetters: NewDeadLetter[] = [];
  #attempts: Omit<Attempt, 'destinationId'>[] = [];
  #versions: ConfigVersion[] = [];
  #gaps: Gap[] = [];

  count(sourceId: string, minute: number, outcome: LedgerOutcome, reason = '', events = 1): void {
    const key = `${minute}\n${outcome}\n${reason}\n${sourceId}`;
    const known = this.#counts.get(key);
    if (known) known.events += events;
    else this.#counts.set(key, { sourceId, minute, outcome, reason, events });
  }

  /** Counts a finished event, and puts it among the dead letters if that is what became of it. */
  finished(entry: Entry, now: number): void {
    const { finish, sourceId, minute } = entry;
    if (!finish) throw new TypeError('An unfinished event cannot be counted.');
    this.count(sourceId, minute, finish.outcome);
    if (finish.outcome === 'delivered') this.#delayed(minute, Math.max(0, finish.at - entry.receivedAt));
    for (const [actionId, outcome] of Object.entries(entry.settled)) {
      const key = `${minute}\n${outcome}\n${actionId}`;
      const known = this.#actionCounts.get(key);
      if (known) known.events++;
      else this.#actionCounts.set(key, { actionId, minute, outcome, events: 1 });
    }
    if (entry.parking !== 'none') {
      this.#progress.delete(entry);
      this.#unparked.push({ partition: entry.partition, offset: entry.offset });
    }
    if (finish.outcome !== 'failed') return;
    const { partition, offset, messageId, receivedAt, attempts, settled, orderKeys, event } = entry;
    if (!event) throw new TypeError('A dead letter needs its body.');
    this.#deadLetters.push({
      partition,
      offset,
      sourceId,
      messageId,
      receivedAt,
      diedAt: now,
      attempts,
      reason: finish.reason,
      settled,
      orderKeys,
      body: event.body,
    });
    entry.event = null;
  }

  parked(entry: Entry): void {
    const { sourceId, messageId, receivedAt, orderKeys, event } = entry;
    if (!event) throw new TypeError('An event cannot be parked without its body.');
    const progress = { ...entry.progress(), settled: { ...entry.settled } };
    this.#parked.push({ ...progress, sourceId, messageId, receivedAt, orderKeys, body: event.body });
  }

  progressed(entry: Entry): void {
    this.#progress.set(entry, { ...entry.progress(), settled: { ...entry.settled } });
  }

  attempted(attempt: Omit<Attempt, 'destinationId'>): void {
    this.#attempts.push(attempt);
  }

  versionFrom(version: ConfigVersion): void {
    this.#versions.push(version);
  }

  /** Retention took the stretch. */
  gap(partition: number, from: number, to: number): void {
    this.#gaps.push({ partition, from, to, reason: 'retention' });
  }

  /** Everything collected since the last call. */
  take(destinationId: string, cursors: readonly StoredCursor[], condition: Condition): DestinationCommit {
    const commit: DestinationCommit = {
      destinationId,
      cursors,
      counts: [...this.#counts.values()],
      actionCounts: [...this.#actionCounts.values()],
      delays: [...this.#delays.values()],
      parked: this.#parked,
      progress: [...this.#progress.values()],
      unparked: this.#unparked,
      deadLetters: this.#deadLetters,
      attempts: this.#attempts,
      versions: this.#versions,
      gaps: this.#gaps,
      condition,
    };
    this.#counts = new Map();
    this.#actionCounts = new Map();
    this.#delays = new Map();
    this.#parked = [];
    this.#progress = new Map();
    this.#unparked = [];
    this.#deadLetters = [];
    this.#attempts = [];
    this.#versions = [];
    this.#gaps = [];
    return commit;
  }

  #delayed(minute: number, tookMs: number): void {
    const boundMs = delayBound(tookMs);
    const key = `${minute}\n${boundMs}`;
    const known = this.#delays.get(key);
    if (known) known.events++;
    else this.#delays.set(key, { minute, boundMs, events: 1 });
  }
}
