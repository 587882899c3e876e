// Writes one range to a destination, action by action, and does not give up: whatever fails for now opens the breaker,
// and the whole range is offered again when a probe is due. Items refused for good end as dead letters.
import { setImmediate } from 'node:timers/promises';
import type { RangeIdentity } from '../destinations/destination.ts';
import type { Clock } from '../lib/clock.ts';
import { toAttemptRecord } from './attempt-record.ts';
import type { DestinationHealth } from './destination-health.ts';
import type { Entry } from './entry.ts';
import type { Judged } from './judge.ts';
import { LatestResults } from './latest-results.ts';
import type { Task, Unit } from './outbox.ts';
import type { Plan } from './plan.ts';
import { planRound } from './plan-round.ts';
import { sendUnit } from './send-unit.ts';
import type { Tally } from './tally.ts';

export interface RangeWriterOptions {
  readonly health: DestinationHealth;
  readonly tally: Tally;
  readonly clock: Clock;
  /** There is something new to commit. */
  readonly changed: () => void;
  /** The plan to go by, once there is one and it may be used; null when delivery stops before. */
  readonly turn: () => Promise<Plan | null>;
  /** Resolves once the rate allows one more send; false when delivery stops before. */
  readonly allowed: () => Promise<boolean>;
  /** Aborts what is under way. */
  readonly calledOff: AbortSignal;
}

/** Names the range that one action gets. */
export type NameRange = (actionId: string) => RangeIdentity;

/** Events prepared before others get their turn. */
const slice = 500;

export class RangeWriter {
  readonly latest: LatestResults;
  /** Ranges under way. */
  inFlight = 0;
  readonly #options: RangeWriterOptions;

  constructor(options: RangeWriterOptions) {
    this.#options = options;
    this.latest = new LatestResults(options.clock);
  }

  /** Resolves once every entry has its `finish`; false when delivery stopped before, and then nothing is known of them. */
  async write(entries: readonly Entry[], name: NameRange): Promise<boolean> {
    const open = entries.filter(({ finish }) => finish === null);
    for (let done = open.length === 0; !done;) {
      const plan = await this.#options.turn();
      const round = plan && (await this.#round(open, plan, name));
      if (round === null) return false;
      done = round;
      this.#options.changed();
    }
    const at = this.#options.clock.now();
    for (const entry of open) {
      const outcomes = Object.values(entry.settled);
      if (outcomes.includes('failed')) entry.finish = { outcome: 'failed', reason: entry.reason };
      else entry.finish = outcomes.includes('delivered') ? { outcome: 'delivered', at } : { outcome: 'filtered' };
      entry.matched = null;
    }
    return true;
  }

  /** Sends what is not settled. Answers whether everything is now; null when it was called off. */
  async #round(entries: readonly Entry[], plan: Plan, name: NameRange): Promise<boolean | null> {
    const units = await this.#prepare(entries, plan);
    // A probe that has nothing to send has nothing to learn either.
    if (units.size > 0 && this.#options.health.isDown) this.#options.health.beginProbe();
    for (const [actionId, tasks] of units) {
      const written = await this.#send(actionId, tasks, plan, name(actionId));
      if (!written) return written;
    }
    return true;
  }

  async #prepare(entries: readonly Entry[], plan: Plan): Promise<ReadonlyMap<string, readonly Task[]>> {
    const units = new Map<string, Task[]>();
    for (const [index, entry] of entries.entries()) {
      if (index % slice === slice - 1) await setImmediate();
      const { tasks, invalid } = planRound(entry, plan);
      for (const { actionId, reason } of invalid) this.#fail(entry, actionId, reason, plan);
      for (const task of tasks) {
        const unit = units.get(task.actionId);
        if (unit) unit.push(task);
        else units.set(task.actionId, [task]);
      }
    }
    return units;
  }

  async #send(actionId: string, tasks: readonly Task[], plan: Plan, range: RangeIdentity): Promise<boolean | null> {
    const { health, clock, tally, calledOff } = this.#options;
    const [first] = tasks;
    if (!first) return true;
    if (!(await this.#options.allowed())) return null;
    const unit: Unit = { action: first.action, tasks, atomic: false, range };
    const sent = { unit, plan, at: clock.now(), sentAt: clock.monotonic(), generation: health.generation };
    this.inFlight++;
    const result = await sendUnit(unit, plan.connection, clock, calledOff).finally(() => this.inFlight--);
    if (!result) return null;
    const record = ({ entry }: Task, outcome: Judged): void =>
      tally.attempted(toAttemptRecord(entry, actionId, outcome, sent, result, clock.monotonic()));
    const again = result.outcomes.find((outcome) => outcome.result === 'retry');
    if (again) {
      const retryAfterMs = again.retryAfterMs ?? 0;
      health.learn(sent, { outcomes: [], verdict: { kind: 'down', reason: again.reason, retryAfterMs }, blame: false });
      this.latest.note(again);
      // One event stands for all: the same line for each of thousands would tell nothing more.
      record(first, { ...again, retryAfterMs, atOnce: false });
      for (const { entry } of tasks) entry.attempts++;
      return false;
    }
    health.learn(sent, { outcomes: [], verdict: { kind: 'well' }, blame: false });
    for (const [index, task] of tasks.entries()) {
      const outcome = result.outcomes[index];
      if (outcome?.result === 'failed') {
        record(task, outcome);
        this.latest.note(outcome);
        task.entry.reason = outcome.reason;
        task.entry.settled[actionId] = 'failed';
      } else task.entry.settled[actionId] = 'delivered';
      task.entry.attempts++;
    }
    this.latest.note({ result: 'delivered' });
    return true;
  }

  #fail(entry: Entry, actionId: string, reason: string, plan: Plan): void {
    const { clock, tally } = this.#options;
    const [at, sentAt] = [clock.now(), clock.monotonic()];
    const outcome = { result: 'failed', reason } as const;
    tally.attempted(toAttemptRecord(entry, actionId, outcome, { plan, at, sentAt }, null, sentAt));
    entry.settled[actionId] = 'failed';
    entry.reason = reason;
    this.latest.note(outcome);
  }
}

/** What sets a range apart from those of the destination's own sequence; the mark ends its name. */
export interface Beside {
  readonly kind: NonNullable<RangeIdentity['beside']>;
  readonly mark: string;
}

/** Names a range as {@link RangeIdentity} promises; ids of destinations and actions are unique. */
export function nameRange(
  destinationId: string,
  { partition, first, last }: Pick<RangeIdentity, 'partition' | 'first' | 'last'>,
  beside: Beside | null = null,
): NameRange {
  const offsets = [first, last].map((offset) => String(offset).padStart(16, '0')).join('-');
  const mark = beside === null ? '' : `-${beside.mark}`;
  return (actionId) => {
    const id = `${destinationId}-${actionId}-p${partition}-${offsets}${mark}`.replace(/[^\w.-]/g, '_');
    return { id, partition, first, last, ...(beside && { beside: beside.kind }) };
  };
}
