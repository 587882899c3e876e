// A dry run under way: goes through the stretch as a replay would, counts what would be sent, and keeps the first few
// events with their requests.
import type { Destination } from '../../control/model.ts';
import { InputError } from '../../errors/errors.ts';
import { ease } from '../../lib/pressure.ts';
import { compileRouter } from '../../routing/router.ts';
import type { Router } from '../../routing/router.ts';
import { routerOptionsOf } from '../plan.ts';
import { toFeedEvent } from '../event-feed.ts';
import type { FeedEvent } from '../event-feed.ts';
import { persist } from '../persist.ts';
import { sendTestEvent } from '../test-event.ts';
import type { ActiveReplay, ReplayOptions } from './active-replay.ts';
import { compileSelection } from './replay-selection.ts';
import type { ReplayCounts, ReplayRun, ReplaySample, ReplayStretch } from './replay.ts';

const sliceEvents = 512;
const sliceBytes = 1024 * 1024;
const saveEveryMs = 250;
const maxSamples = 5;
/** Requests of one event's action that are kept. */
const maxRequests = 3;

export class DryReplay implements ActiveReplay {
  run: ReplayRun;
  readonly #options: ReplayOptions;
  readonly #ended: () => void;
  readonly #stopped = new AbortController();
  #destination: Destination;
  #loop: Promise<void> = Promise.resolve();

  constructor(run: ReplayRun, destination: Destination, options: ReplayOptions, ended: () => void) {
    this.run = run;
    this.#options = options;
    this.#ended = ended;
    this.#destination = destination;
  }

  start(): void {
    this.#loop = this.#go().catch(this.#options.failed);
  }

  use(destination: Destination): void {
    this.#destination = destination;
  }

  async close(): Promise<void> {
    this.#stopped.abort();
    await this.#loop;
    if (this.run.state === 'running') await this.#save();
  }

  async #go(): Promise<void> {
    const { clock } = this.#options;
    const problem = await this.#goThrough();
    if (this.#stopped.signal.aborted) return;
    this.run = { ...this.run, state: problem === null ? 'done' : 'cancelled', problem, endedAt: clock.now() };
    await this.#save();
    this.#ended();
  }

  /** Answers why it cannot go on; null at the end, and when it was stopped. */
  async #goThrough(): Promise<string | null> {
    const { clock, pressure, report } = this.#options;
    const { signal } = this.#stopped;
    let savedAt = clock.monotonic();
    try {
      while (!signal.aborted) {
        const stretch = this.run.stretches.find(({ offset, to }) => offset < to);
        if (!stretch) break;
        const began = clock.monotonic();
        await persist('reading the log', () => this.#slice(stretch), report, signal);
        if (clock.monotonic() - savedAt >= saveEveryMs) {
          await this.#save();
          savedAt = clock.monotonic();
        }
        await ease(pressure, clock.monotonic() - began, signal);
      }
      return null;
    } catch (error) {
      // The destination was changed to what cannot be used.
      if (error instanceof InputError) return error.message;
      throw error;
    }
  }

  /** Goes through the next slice of a stretch. */
  async #slice(stretch: ReplayStretch): Promise<true> {
    const { log, registry } = this.#options;
    const { partition, offset, to } = stretch;
    const slice = await log.read(partition, offset, Math.min(sliceEvents, to - offset), sliceBytes);
    const lost = slice.gap?.counts.reduce((sum, { accepted }) => sum + accepted, 0) ?? 0;
    const counts = { ...this.run.counts };
    if (slice.gap) counts.gone += Math.min(lost, Math.min(slice.gap.to, to) - offset);
    const selects = compileSelection(this.run.spec);
    const kind = registry.get(this.#destination.kind);
    const router = compileRouter({ ...this.#destination, enabled: true }, kind ? routerOptionsOf(kind) : {});
    const samples = [...this.run.samples];
    for (const record of slice.records) {
      if (record.offset >= to) break;
      const event = toFeedEvent(record);
      const fate = fateOf(event, selects(event), router);
      counts[fate] += 1;
      if (fate === 'matching' && samples.length < maxSamples) samples.push(await this.#sample(event));
    }
    const next = Math.min(slice.next, to);
    const stretches = this.run.stretches.map((one) => (one.partition === partition ? { ...one, offset: next } : one));
    this.run = { ...this.run, counts, samples, stretches };
    return true;
  }

  async #sample({ event, sourceId, messageId }: FeedEvent): Promise<ReplaySample> {
    const { registry, settings, clock } = this.#options;
    const { allowPrivateAddresses } = settings;
    if (!event) return { messageId, sourceId, actions: [] };
    const test = { event, sourceId, actionId: null, dryRun: true };
    const tested = await sendTestEvent(this.#destination, test, { registry, allowPrivateAddresses }, clock);
    const actions = tested.actions.map(({ name, payload, problem, exchanges }) => ({
      name,
      payload,
      problem,
      requests: exchanges.slice(0, maxRequests).map(({ request }) => request),
    }));
    return { messageId, sourceId, actions };
  }

  async #save(): Promise<void> {
    const { store, report, clock } = this.#options;
    this.run = { ...this.run, updatedAt: clock.now() };
    await persist('saving a replay', () => store.saveReplay(this.run, []), report, AbortSignal.timeout(60_000));
  }
}

/** What would become of an event. */
function fateOf({ event, sourceId }: FeedEvent, selected: boolean, router: Router): keyof ReplayCounts {
  if (!selected) return 'excluded';
  if (!event) return 'failed';
  return router.route(event, sourceId).kind === 'matched' ? 'matching' : 'filtered';
}
