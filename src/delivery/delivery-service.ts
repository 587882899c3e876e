// Delivery as a whole: one lane per enabled destination, the feeds they read from, the loop that commits for them.
// The workspace is a destination too, but has a thread of its own; its kind is left alone here.
import type { ControlSnapshot, Destination } from '../control/model.ts';
import type { DestinationRegistry } from '../destinations/registry.ts';
import { FaultError, InputError } from '../errors/errors.ts';
import type { Clock } from '../lib/clock.ts';
import type { PressureCell } from '../lib/pressure.ts';
import { randomFraction } from '../lib/random.ts';
import type { LogReader } from '../log/event-log.ts';
import { beginDestination } from './begin-destination.ts';
import { CommitLoop } from './commit-loop.ts';
import type { DeadLetterSelection, DeliveryControl } from './delivery-reader.ts';
import { emptyCommit, newCondition } from './delivery-store.ts';
import type { DeliveryStore } from './delivery-store.ts';
import type { DestinationLane, LaneOptions } from './destination-lane.ts';
import { editDeadLetter } from './edit-dead-letter.ts';
import { EventFeed } from './event-feed.ts';
import { Lane } from './lane.ts';
import { Maintenance } from './maintenance.ts';
import type { HeldOffset } from './maintenance.ts';
import type { Pace } from './pace.ts';
import { RangeLane } from './range-lane.ts';
import { RateBudget } from './rate-budget.ts';
import type { NewReplay, ReplayRun } from './replay/replay.ts';
import { Replays } from './replay/replays.ts';
import type { Reporter } from './report.ts';
import { skipBacklog } from './skip-backlog.ts';
import { tellInUse } from './tell-in-use.ts';
import { testDestination } from './test-destination.ts';
import { sendTestEvent } from './test-event.ts';
import type { TestedEvent, TestEvent } from './tested-event.ts';
import { windowLimits } from './window-limits.ts';

export interface DeliverySettings {
  /** LEAT_PRIVATE_DESTINATIONS. */
  readonly allowPrivateAddresses: boolean;
  /** LEAT_DISABLED_HOLD_DAYS. */
  readonly disabledHoldDays: number;
  /** Version of Leat, for explaining what an older one did. */
  readonly codeVersion: string;
  /** @default 10000 */
  readonly maxParked?: number;
}

export interface DeliveryServiceOptions {
  readonly log: LogReader;
  readonly store: DeliveryStore;
  readonly registry: DestinationRegistry;
  readonly settings: DeliverySettings;
  readonly pressure: PressureCell;
  readonly clock: Clock;
  readonly report: Reporter;
  /** Called when something broke that cannot be mended from inside, such as a fault in the code: the thread should end. */
  readonly failed: (error: unknown) => void;
  /** Uniform in [0, 1); for jitter. */
  readonly random?: () => number;
}

const workspaceKind = 'workspace';
/** What a stop grants to requests under way: less of them is sent twice then. */
const stopGraceMs = 3000;
/** How long a stop waits for a store that cannot write. */
const lastCommitMs = 5000;

export class DeliveryService implements DeliveryControl {
  readonly #options: DeliveryServiceOptions;
  readonly #feeds = new Map<number, EventFeed>();
  readonly #lanes = new Map<string, DestinationLane>();
  readonly #commits: CommitLoop;
  readonly #maintenance: Maintenance;
  readonly #replays: Replays;
  /** What its own lane and replays to it share, by destination. */
  readonly #budgets = new Map<string, RateBudget>();
  readonly #loops: Promise<void>[] = [];
  /** Seen while disabled and before they ever ran: "now" is when they are enabled. */
  readonly #notBegun = new Set<string>();
  #destinations: ReadonlyMap<string, Destination> = new Map();
  #turn: Promise<void> = Promise.resolve();

  constructor(options: DeliveryServiceOptions) {
    const { store, report } = options;
    this.#options = options;
    this.#commits = new CommitLoop(store, report, () => this.#lanes.values());
    this.#maintenance = new Maintenance(options);
    this.#replays = new Replays({
      ...options,
      random: options.random ?? randomFraction,
      budgetOf: (id) => this.#budgetOf(id),
    });
  }

  /** Starts to deliver as configured. */
  start(snapshot: ControlSnapshot): Promise<void> {
    return this.#inTurn(async () => {
      for (const partition of await this.#options.log.partitions()) {
        this.#feeds.set(partition, new EventFeed(this.#options.log, partition));
      }
      await this.#configure(snapshot);
      this.#loops.push(this.#commits.run(), this.#maintenance.run());
      for (const loop of this.#loops) loop.catch(this.#options.failed);
    });
  }

  /** Takes on a new configuration while running. Calls take turns. */
  reconfigure(snapshot: ControlSnapshot): Promise<void> {
    return this.#inTurn(() => this.#configure(snapshot));
  }

  async #configure(snapshot: ControlSnapshot): Promise<void> {
    const destinations = snapshot.destinations.filter(({ kind }) => kind !== workspaceKind);
    const before = this.#destinations;
    this.#destinations = new Map(destinations.map((destination) => [destination.id, destination]));
    for (const id of new Set([...before.keys(), ...(await this.#options.store.destinationIds())])) {
      if (!this.#destinations.has(id)) await this.#remove(id);
    }
    this.#setLimits(destinations.filter(({ enabled }) => enabled).length);
    for (const destination of destinations) {
      const lane = this.#lanes.get(destination.id);
      if (!destination.enabled) await this.#disable(destination, lane);
      else if (!lane) await this.#open(destination);
      else if (before.get(destination.id)?.version !== destination.version) lane.use(destination);
    }
    await this.#replays.configure(this.#destinations);
    tellInUse(this.#options.registry, destinations, this.#options.report);
  }

  /** Ends everything: requests under way get a moment, what happened is committed, the rest is redone by the next start. */
  stop(): Promise<void> {
    return this.#inTurn(async () => {
      this.#maintenance.stop();
      await this.#replays.stop();
      await Promise.all([...this.#lanes.values()].map((lane) => lane.close(stopGraceMs)));
      this.#commits.stop();
      const abandon = setTimeout(() => this.#commits.abandon(), lastCommitMs);
      await this.#commits.flush();
      clearTimeout(abandon);
      this.#lanes.clear();
      for (const feed of this.#feeds.values()) feed.close();
      await Promise.all(this.#loops);
    });
  }

  /** Offsets that the log must keep: what enabled destinations, and recently disabled ones, have not finished. */
  retentionFloor(): Promise<readonly HeldOffset[]> {
    return this.#maintenance.retentionFloor();
  }

  async retryDeadLetters(destinationId: string, selection: DeadLetterSelection): Promise<number> {
    this.#find(destinationId);
    const count = await this.#options.store.requeue(destinationId, selection);
    this.#lanes.get(destinationId)?.requeued();
    return count;
  }

  async discardDeadLetters(destinationId: string, selection: DeadLetterSelection): Promise<number> {
    this.#find(destinationId);
    return this.#options.store.discard(destinationId, selection);
  }

  async editDeadLetter(destinationId: string, id: number, body: string): Promise<void> {
    this.#find(destinationId);
    return editDeadLetter(this.#options, destinationId, id, body);
  }

  async paces(): Promise<readonly Pace[]> {
    return [...this.#lanes.values()].map(({ pace }) => pace);
  }

  skipBacklog(destinationId: string): Promise<number> {
    return this.#inTurn(async () => {
      const destination = this.#find(destinationId);
      const lane = this.#lanes.get(destinationId);
      try {
        if (lane) await this.#close(lane);
        await this.#begin(destination);
        if (!destination.enabled) await this.#disable(destination, undefined);
        return await skipBacklog(destinationId, this.#options);
      } finally {
        // Also when the store failed half-way: what is not skipped goes on.
        if (lane) await this.#open(destination);
      }
    });
  }

  async test(destinationId: string): Promise<{ readonly ok: boolean; readonly message: string }> {
    const { registry, settings, clock } = this.#options;
    const result = await testDestination(this.#find(destinationId), { ...settings, registry }, clock);
    if (result.ok) this.#lanes.get(destinationId)?.probeNow();
    return result;
  }

  async testEvent(destinationId: string, test: TestEvent): Promise<TestedEvent> {
    const { registry, settings, clock } = this.#options;
    const tested = await sendTestEvent(this.#find(destinationId), test, { ...settings, registry }, clock);
    if (tested.actions.some(({ outcome }) => outcome === 'delivered')) this.#lanes.get(destinationId)?.probeNow();
    return tested;
  }

  startReplay(destinationId: string, replay: NewReplay): Promise<ReplayRun> {
    return this.#inTurn(async () => this.#replays.start(this.#find(destinationId), replay));
  }

  pauseReplay(destinationId: string, id: string): Promise<ReplayRun> {
    return this.#inTurn(() => this.#replays.pause(destinationId, id));
  }

  resumeReplay(destinationId: string, id: string): Promise<ReplayRun> {
    return this.#inTurn(async () => this.#replays.resume(this.#find(destinationId), id));
  }

  cancelReplay(destinationId: string, id: string): Promise<ReplayRun> {
    return this.#inTurn(() => this.#replays.cancel(destinationId, id));
  }

  #find(id: string): Destination {
    const destination = this.#destinations.get(id);
    if (!destination) throw new InputError('not_found', `There is no destination ${id}.`);
    return destination;
  }

  async #open(destination: Destination): Promise<void> {
    const { store, registry, settings, clock, pressure, report, failed, random = randomFraction } = this.#options;
    await this.#begin(destination);
    const stored = await store.load(destination.id);
    if (!stored) throw new FaultError('store_unavailable', `The cursors of ${destination.id} were not stored.`);
    const options: LaneOptions = {
      feeds: this.#feeds,
      store,
      registry,
      allowPrivateAddresses: settings.allowPrivateAddresses,
      codeVersion: settings.codeVersion,
      budget: this.#budgetOf(destination.id),
      limits: windowLimits(this.#lanes.size + 1, settings.maxParked),
      pressure,
      clock,
      random,
      report,
      failed,
      changed: () => this.#commits.wake(),
    };
    const inRanges = registry.get(destination.kind)?.inRanges === true;
    const lane = inRanges ? new RangeLane(destination.id, stored, options) : new Lane(destination.id, stored, options);
    this.#lanes.set(destination.id, lane);
    this.#notBegun.delete(destination.id);
    lane.start(destination);
  }

  #begin(destination: Destination): Promise<void> {
    const { log, store } = this.#options;
    const atEnd = this.#notBegun.has(destination.id);
    return beginDestination(destination, { log, store, partitions: this.#feeds.keys(), atEnd });
  }

  async #disable({ id }: Destination, lane: DestinationLane | undefined): Promise<void> {
    const { store, clock } = this.#options;
    if (lane) await this.#close(lane);
    const stored = await store.load(id);
    if (!stored) this.#notBegun.add(id);
    else if (stored.condition.disabledAt === null) {
      const condition = { ...newCondition, disabledAt: clock.now() };
      await store.commit([{ ...emptyCommit, destinationId: id, condition }]);
    }
  }

  async #remove(id: string): Promise<void> {
    const lane = this.#lanes.get(id);
    if (lane) await this.#close(lane);
    this.#notBegun.delete(id);
    await this.#replays.drop(id);
    this.#budgets.delete(id);
    await this.#options.store.remove(id);
  }

  async #close(lane: DestinationLane): Promise<void> {
    await lane.close(stopGraceMs);
    await this.#commits.flush();
    this.#lanes.delete(lane.destinationId);
  }

  #budgetOf(id: string): RateBudget {
    const budget = this.#budgets.get(id) ?? new RateBudget(null, this.#options.clock.monotonic());
    this.#budgets.set(id, budget);
    return budget;
  }

  #setLimits(lanes: number): void {
    const limits = windowLimits(lanes, this.#options.settings.maxParked);
    for (const lane of this.#lanes.values()) lane.setLimits(limits);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    // A call that failed has told its caller; the next one goes on.
    this.#turn = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }
}
