// All replays: makes them, keeps those that run going, and takes commands. Calls take turns; the service sees to that.
import type { Destination } from '../../control/model.ts';
import { InputError } from '../../errors/errors.ts';
import { randomToken } from '../../lib/random.ts';
import type { LogReader } from '../../log/event-log.ts';
import { openPlan } from '../plan.ts';
import type { ActiveReplay, ReplayOptions } from './active-replay.ts';
import { DryReplay } from './dry-replay.ts';
import { compileSelection } from './replay-selection.ts';
import { noCounts } from './replay.ts';
import type { NewReplay, ReplayRun, ReplayState, ReplayStretch } from './replay.ts';
import { SendingReplay } from './sending-replay.ts';

const offProblem = 'The destination is off; the replay goes on when it is on again.';

export class Replays {
  readonly #options: ReplayOptions;
  readonly #active = new Map<string, ActiveReplay>();

  constructor(options: ReplayOptions) {
    this.#options = options;
  }

  /** Takes on a configuration: runs go on or stand still as their destinations are on or off. */
  async configure(destinations: ReadonlyMap<string, Destination>): Promise<void> {
    for (const listed of await this.#options.store.replays(null)) {
      if (listed.state !== 'running') continue;
      const active = this.#active.get(listed.id);
      // What is carried by nobody is in the store as it is; another may have come to its end since it was listed.
      const run = active?.run ?? (await this.#options.store.replay(listed.id));
      const destination = destinations.get(listed.destinationId);
      if (run?.state !== 'running' || !destination) continue;
      if (!destination.enabled && !run.spec.dryRun) {
        const stopped = active ? await this.#halt(active) : run;
        if (stopped.state === 'running') await this.#save({ ...stopped, problem: offProblem });
      } else if (active) active.use(destination);
      else this.#launch({ ...run, problem: null }, destination);
    }
  }

  /** Throws InputError when the destination cannot be replayed to, or nothing lies in the stretch. */
  async start(destination: Destination, asked: NewReplay): Promise<ReplayRun> {
    const { registry, settings, log, store, clock } = this.#options;
    const { filter, sourceIds, ratePerSecond, dryRun, createdBy } = asked;
    const spec = { filter, sourceIds, ratePerSecond, dryRun };
    compileSelection(spec);
    const plan = openPlan(destination, { registry, allowPrivateAddresses: settings.allowPrivateAddresses });
    await plan.connection.client.close();
    if (!dryRun) await this.#assertFree(destination);
    const stretches = await this.#stretches(destination, asked);
    let total = 0;
    for (const { partition, from, to } of stretches)
      for (const { events } of await log.countBetween(partition, from, to)) total += events;
    if (stretches.length === 0)
      throw new InputError(
        'invalid_request',
        'Nothing lies in this stretch. It ends where the destination itself stands: what comes after that is on its way.',
        'from',
      );
    const now = clock.now();
    const run: ReplayRun = {
      id: `rpl_${randomToken(12)}`,
      destinationId: destination.id,
      createdAt: now,
      createdBy,
      spec,
      total,
      state: 'running',
      problem: null,
      stretches,
      counts: noCounts,
      samples: [],
      updatedAt: now,
      endedAt: null,
    };
    await store.saveReplay(run, []);
    this.#launch(run, destination);
    return run;
  }

  async pause(destinationId: string, id: string): Promise<ReplayRun> {
    return this.#turn(await this.#find(destinationId, id), ['running'], 'paused');
  }

  async cancel(destinationId: string, id: string): Promise<ReplayRun> {
    return this.#turn(await this.#find(destinationId, id), ['running', 'paused'], 'cancelled');
  }

  async resume(destination: Destination, id: string): Promise<ReplayRun> {
    const found = await this.#find(destination.id, id);
    if (found.state === 'paused' && !found.spec.dryRun) await this.#assertFree(destination);
    const run = await this.#turn(found, ['paused'], 'running');
    this.#launch(run, destination);
    return run;
  }

  /** Forgets the runs of a destination that is gone. */
  async drop(destinationId: string): Promise<void> {
    for (const active of this.#active.values())
      if (active.run.destinationId === destinationId) await this.#halt(active);
  }

  /** Stops all; the next start goes on with those that run. */
  async stop(): Promise<void> {
    await Promise.all([...this.#active.values()].map((active) => this.#halt(active)));
  }

  #launch(run: ReplayRun, destination: Destination): void {
    const Kind = run.spec.dryRun ? DryReplay : SendingReplay;
    const active = new Kind(run, destination, this.#options, () => this.#active.delete(run.id));
    this.#active.set(run.id, active);
    active.start();
  }

  async #halt(active: ActiveReplay): Promise<ReplayRun> {
    await active.close();
    this.#active.delete(active.run.id);
    return active.run;
  }

  async #turn(found: ReplayRun, from: readonly ReplayState[], to: ReplayState): Promise<ReplayRun> {
    const active = this.#active.get(found.id);
    const current = active?.run ?? found;
    const stopped = active && from.includes(current.state) ? await this.#halt(active) : current;
    if (!from.includes(stopped.state))
      throw new InputError('conflict', `This replay is ${stopped.state}, so it cannot become ${to}.`, 'run');
    return this.#save({
      ...stopped,
      state: to,
      problem: null,
      endedAt: to === 'cancelled' ? this.#options.clock.now() : null,
    });
  }

  async #save(run: ReplayRun): Promise<ReplayRun> {
    const saved = { ...run, updatedAt: this.#options.clock.now() };
    await this.#options.store.saveReplay(saved, []);
    return saved;
  }

  async #find(destinationId: string, id: string): Promise<ReplayRun> {
    const run = await this.#options.store.replay(id);
    if (run?.destinationId !== destinationId)
      throw new InputError('not_found', `This destination has no replay ${id}.`, 'run');
    return run;
  }

  /** One run sends to a destination at a time, so that its order means something. */
  async #assertFree(destination: Destination): Promise<void> {
    if (!destination.enabled)
      throw new InputError('conflict', 'The destination is off. Switch it on, or ask for a dry run.');
    const runs = await this.#options.store.replays(destination.id);
    const other = runs.find(({ state, spec }) => state === 'running' && !spec.dryRun);
    if (other)
      throw new InputError(
        'conflict',
        `Replay ${other.id} to this destination is running; wait for it, pause or cancel it.`,
      );
  }

  /** What is asked for, up to where the destination's own cursor stands. */
  async #stretches({ id }: Destination, asked: NewReplay): Promise<readonly ReplayStretch[]> {
    const { log, store } = this.#options;
    const stored = await store.load(id);
    const stretches: ReplayStretch[] = [];
    for (const partition of await log.partitions()) {
      const { start, end } = await log.range(partition);
      const own = stored?.cursors.find((cursor) => cursor.partition === partition);
      const from = Math.max(start, asked.fromOffset ?? start, await offsetAt(log, partition, asked.from, start));
      const to = Math.min(own?.offset ?? end, asked.toOffset ?? end, await offsetAt(log, partition, asked.to, end));
      if (from < to) stretches.push({ partition, from, to, offset: from });
    }
    return stretches;
  }
}

const offsetAt = async (log: LogReader, partition: number, time: number | null, otherwise: number): Promise<number> =>
  time === null ? otherwise : log.offsetAt(partition, time);
