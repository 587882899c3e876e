// Applies the log to the workspace, exactly once, whatever happens in between.
//
// One loop per partition: wait for events, read what is there (a few when it is quiet, so that they show at once; as
// many as a batch takes when behind), apply them with the cursor in one commit, make room for the HTTP thread. Batches of
// all partitions take turns, for they share people. Between them a sweep removes what nothing leads to any more.
//
// - A crash, or a commit that fails, leaves the store at the last commit; the loop goes on from there.
// - An event that the reducer throws on is discarded as `internal` and reported; so is one that only the commit chokes on,
//   which is found by applying the batch's events one by one.
// - When the store is not available the loop waits and tries again; it skips nothing.
// - Events that retention removed first are counted as discarded(retention).
import { setImmediate } from 'node:timers/promises';
import type { Destination } from '../control/model.ts';
import { FaultError } from '../errors/errors.ts';
import type { Clock } from '../lib/clock.ts';
import { ease } from '../lib/pressure.ts';
import type { PressureCell } from '../lib/pressure.ts';
import { sleep } from '../lib/sleep.ts';
import type { LogReader, LogSlice } from '../log/event-log.ts';
import type { Logger } from '../telemetry/logger.ts';
import { ActionsTimeline } from './actions-timeline.ts';
import { applyBatch } from './apply-batch.ts';
import type { Batch } from './apply-batch.ts';
import { prepareEvent } from './prepare-event.ts';
import type { PreparedEvent } from './prepare-event.ts';
import { WorkingSet } from './reducer/working-set.ts';
import type { WorkspaceSettings } from './workspace-settings.ts';
import type { ActionsInterval, WorkspaceStore } from './workspace-store.ts';

export interface WorkspaceProcessorOptions {
  readonly log: LogReader;
  readonly store: WorkspaceStore;
  /** The workspace as a destination, with its actions. */
  readonly actions: Destination;
  /** For a rebuild: the intervals of the store it is to equal. */
  readonly history?: readonly ActionsInterval[];
  readonly settings: WorkspaceSettings;
  readonly pressure: PressureCell;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly batch?: Partial<BatchLimits>;
}

export interface BatchLimits {
  /** More save little and cost memory. @default 400 */
  readonly events: number;
  /** Bytes of event bodies. @default 512 KiB */
  readonly bytes: number;
  /** Pause after a batch that was far from full, so that a trickle does not become a commit for every event. @default 15 */
  readonly lingerMs: number;
}

const defaultLimits: BatchLimits = { events: 400, bytes: 512 * 1024, lingerMs: 15 };
/** Batches below this are followed by a pause. */
const smallBatch = 200;
const sweepEveryMs = 1000;
const sweepAgainMs = 20;
const firstRetryMs = 50;
const longestRetryMs = 5000;

export class WorkspaceProcessor {
  readonly #options: WorkspaceProcessorOptions;
  readonly #limits: BatchLimits;
  readonly #actions: ActionsTimeline;
  /** Null when the store has to be asked where it stands. */
  #reached: { readonly log: number; readonly lastObject: number } | null = null;
  readonly #offsets = new Map<number, number>();
  /** The actions last recorded, by partition. */
  readonly #recorded = new Map<number, string>();
  #turn: Promise<unknown> = Promise.resolve();

  /** @throws InputError when the actions cannot be compiled. */
  constructor(options: WorkspaceProcessorOptions) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.batch };
    this.#actions = new ActionsTimeline(options.actions, options.history ?? []);
  }

  /** Puts other actions in force from the next batch on. @throws InputError when they cannot be compiled. */
  setActions(actions: Destination): void {
    this.#actions.change(actions);
  }

  /** Runs until `signal` aborts; resolves when what was under way is committed. */
  async run(signal: AbortSignal): Promise<void> {
    const { log, store } = this.#options;
    await this.#persist('begin', signal, async () => {
      for (const partition of await log.partitions()) await store.begin(partition, (await log.range(partition)).start);
      for (const { partition, actions } of await store.intervals())
        this.#recorded.set(partition, JSON.stringify(actions));
      await this.#reload();
    });
    const partitions = [...this.#offsets.keys()];
    await Promise.all([...partitions.map((partition) => this.#follow(partition, signal)), this.#keepHouse(signal)]);
  }

  /**
   * Lowest offset per partition that the log must keep: what lies before is applied, durably so, and audited.
   */
  retentionFloor(): Promise<readonly { readonly partition: number; readonly offset: number }[]> {
    return this.#inTurn(async () => {
      const { log, store } = this.#options;
      const floor: { partition: number; offset: number }[] = [];
      const { cursors } = await store.position();
      for (const { partition, offset, auditedTo } of cursors) {
        floor.push({ partition, offset });
        if (auditedTo >= offset) continue;
        const sources = await log.countBetween(partition, auditedTo, offset);
        await store.recordAudit({ partition, from: auditedTo, to: offset, sources });
      }
      await store.sync();
      const begun = new Set(floor.map(({ partition }) => partition));
      for (const partition of await log.partitions())
        if (!begun.has(partition)) floor.push({ partition, offset: (await log.range(partition)).start });
      return floor;
    });
  }

  async #follow(partition: number, signal: AbortSignal): Promise<void> {
    const { pressure, clock } = this.#options;
    while (!signal.aborted) {
      let events = 0;
      let started = clock.monotonic();
      await this.#persist('apply', signal, async () => {
        const slice = await this.#next(partition, signal);
        started = clock.monotonic();
        await this.#inTurn(() => this.#applySlice(partition, slice));
        events = slice.records.length;
      });
      await ease(pressure, clock.monotonic() - started, signal);
      // Nothing above need have waited for anything: let what else lives on this thread have its turn.
      await setImmediate();
      if (events < smallBatch && this.#limits.lingerMs > 0) await sleep(this.#limits.lingerMs, signal);
    }
  }

  /** What comes next in the log; waits until there is something. */
  async #next(partition: number, signal: AbortSignal): Promise<LogSlice> {
    const { log } = this.#options;
    const from = this.#offsets.get(partition) ?? 0;
    const end = await log.waitFor(partition, from, signal);
    if (signal.aborted || end <= from) return { records: [], next: from };
    return log.read(partition, from, this.#limits.events, this.#limits.bytes);
  }

  /** Applies what of the slice is still ahead of the cursor: after a failure some of it may be in already. */
  async #applySlice(partition: number, slice: LogSlice): Promise<void> {
    if (!this.#reached) await this.#reload();
    if (slice.gap) await this.#passGap(partition, slice.gap);
    for (;;) {
      const from = this.#offsets.get(partition) ?? 0;
      if (from >= slice.next) return;
      const { router, text, until } = this.#actions.at(partition, from);
      const to = Math.min(slice.next, until);
      const records = slice.records.filter(({ offset }) => offset >= from && offset < to);
      const events = records.map((record) => prepareEvent(record, router));
      const changed = this.#recorded.get(partition) !== text;
      await this.#apply({
        events,
        frame: { partition, from, to, ...(changed && { actions: router.destination }) },
      });
      if (changed) this.#recorded.set(partition, text);
    }
  }

  /** Applies a batch; when only the commit chokes on it, its events one by one, and the culprit as poison. */
  async #apply(batch: Batch): Promise<void> {
    try {
      await this.#commit(batch);
    } catch (error) {
      if (error instanceof FaultError || batch.events.length === 0) throw error;
      const [only] = batch.events;
      if (only && batch.events.length === 1) {
        if (only.error !== null) throw error;
        return this.#apply({ ...batch, events: [{ ...only, commands: [], error }] });
      }
      await this.#applyOneByOne(batch);
    }
  }

  async #applyOneByOne({ events, frame }: Batch): Promise<void> {
    let { from } = frame;
    for (const [index, event] of events.entries()) {
      const last = index === events.length - 1;
      const to = last ? frame.to : event.facts.offset + 1;
      const actions = index === 0 && frame.actions ? { actions: frame.actions } : {};
      await this.#apply({ events: [event], frame: { partition: frame.partition, from, to, ...actions } });
      from = to;
    }
  }

  async #commit(batch: Batch): Promise<void> {
    const { store, settings, logger } = this.#options;
    const { log, lastObject } = this.#reached ?? (await this.#reload());
    const set = new WorkingSet(log, lastObject);
    this.#reached = null;
    const poison = ({ facts }: PreparedEvent, error: unknown): void =>
      logger.error(
        { ...facts, err: error },
        'The workspace failed on an event; it is discarded and everything else goes on.',
      );
    const to = await applyBatch({ store, settings, poison }, set, batch);
    this.#reached = { log: set.log, lastObject: set.lastObject };
    this.#offsets.set(batch.frame.partition, to);
  }

  async #passGap(partition: number, gap: NonNullable<LogSlice['gap']>): Promise<void> {
    const from = this.#offsets.get(partition) ?? 0;
    if (gap.to <= from) return;
    const lost = gap.counts.reduce((sum, { accepted }) => sum + accepted, 0);
    await this.#apply({
      events: [],
      frame: { partition, from, to: gap.to, gap: true },
      counts: (counts) => {
        for (const { sourceId, minute, accepted } of gap.counts)
          if (accepted > 0) counts.add(sourceId, minute, 'discarded:retention', accepted);
      },
    });
    this.#options.logger.error(
      { partition, from, to: gap.to, events: lost },
      'Retention removed events before the workspace could apply them; they count as discarded(retention).',
    );
  }

  /** Sweeps a slice now and then, faster while there is more to remove. */
  async #keepHouse(signal: AbortSignal): Promise<void> {
    const { pressure, clock } = this.#options;
    while (!signal.aborted) {
      let more = false;
      const started = clock.monotonic();
      await this.#persist('sweep', signal, async () => {
        more = await this.#inTurn(() => this.#sweep());
      });
      if (more) await ease(pressure, clock.monotonic() - started, signal);
      await sleep(more ? sweepAgainMs : sweepEveryMs, signal);
    }
  }

  async #sweep(): Promise<boolean> {
    const { log, store } = this.#options;
    const starts = new Map<number, number>();
    for (const partition of this.#offsets.keys()) starts.set(partition, (await log.range(partition)).start);
    return store.sweep(starts);
  }

  async #reload(): Promise<{ readonly log: number; readonly lastObject: number }> {
    const { cursors, log, lastObject } = await this.#options.store.position();
    for (const { partition, offset } of cursors) this.#offsets.set(partition, offset);
    return (this.#reached = { log, lastObject });
  }

  /** Does the work, again and again while the store is not available. */
  async #persist(what: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    for (let pause = firstRetryMs; ; pause = Math.min(pause * 2, longestRetryMs)) {
      try {
        await work();
        return;
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
        this.#options.logger.error({ what, reason: error.message }, 'The workspace waits for its store.');
        this.#reached = null;
        if (signal.aborted) return;
      }
      await sleep(pause, signal);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn;
    return turn;
  }
}
