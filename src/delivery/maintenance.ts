// Housekeeping of delivery: adds up the log's own counts behind the cursors (for the self-check), says what the log must
// keep, and forgets what nobody can ask about any more.
import type { Clock } from '../lib/clock.ts';
import { sleep } from '../lib/sleep.ts';
import type { LogReader } from '../log/event-log.ts';
import type { Audit, DeliveryStore } from './delivery-store.ts';
import { persist } from './persist.ts';
import type { Reporter } from './report.ts';

export interface HeldOffset {
  readonly partition: number;
  readonly offset: number;
}

export interface MaintenanceOptions {
  readonly log: LogReader;
  readonly store: DeliveryStore;
  readonly clock: Clock;
  readonly report: Reporter;
  readonly settings: { readonly disabledHoldDays: number };
}

const auditEveryMs = 60_000;
const trimEvery = 10;
const ledgerMinutes = 400 * 24 * 60;
const dayMs = 24 * 60 * 60 * 1000;

export class Maintenance {
  readonly #options: MaintenanceOptions;
  readonly #stopped = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: MaintenanceOptions) {
    this.#options = options;
  }

  /** Runs until stopped. */
  async run(): Promise<void> {
    const { report } = this.#options;
    const { signal } = this.#stopped;
    for (let round = 1; !signal.aborted; round++) {
      await sleep(auditEveryMs, signal);
      if (signal.aborted) return;
      await persist('auditing', () => this.#inTurn(() => this.#audit()), report, signal);
      if (round % trimEvery === 0) await persist('trimming', () => this.#trim(), report, signal);
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  /**
   * Lowest offset per partition that the log must keep. What lies before is finished, durably so, and audited.
   * Partitions that nobody holds are left out.
   */
  retentionFloor(): Promise<readonly HeldOffset[]> {
    return this.#inTurn(async () => {
      const { store, clock, settings } = this.#options;
      const audited = await this.#audit();
      const floor = new Map<number, number>();
      // Cursors only move on, so what was audited before this sync is on disk after it.
      for (const { destinationId, partition, disabledAt } of await store.durableCursors()) {
        const held = disabledAt === null || clock.now() - disabledAt < settings.disabledHoldDays * dayMs;
        const offset = audited.get(`${destinationId}\n${partition}`);
        if (!held) continue;
        // A destination that began meanwhile was not audited: nothing of it may go.
        floor.set(partition, Math.min(floor.get(partition) ?? Infinity, offset ?? 0));
      }
      return [...floor].map(([partition, offset]) => ({ partition, offset }));
    });
  }

  /** Brings every destination's audit up to its cursor. Answers where the audits stand now. */
  async #audit(): Promise<ReadonlyMap<string, number>> {
    const { log, store } = this.#options;
    const audits: Audit[] = [];
    const standing = new Map<string, number>();
    for (const { destinationId, cursors } of await store.balanceSheets()) {
      for (const { partition, offset, auditedTo } of cursors) {
        standing.set(`${destinationId}\n${partition}`, offset);
        if (auditedTo >= offset) continue;
        const sources = await log.countBetween(partition, auditedTo, offset);
        audits.push({ destinationId, partition, from: auditedTo, to: offset, sources });
      }
    }
    if (audits.length > 0) await store.recordAudit(audits);
    return standing;
  }

  async #trim(): Promise<void> {
    const { log, store, clock } = this.#options;
    const minute = Math.floor(clock.now() / 60_000) - ledgerMinutes;
    for (const partition of await log.partitions()) {
      const { start } = await log.range(partition);
      await store.trim(partition, start, minute);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn;
    return turn;
  }
}
