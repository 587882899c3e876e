// What is ready to be sent, as the requests it will go out in: single events, and batches that fill up by count, bytes
// or age, one per action and batch key.
//
// What came in earlier goes out earlier, also when it became ready later because it had to wait for an event before it:
// the cursor stops at the earliest unfinished event, and all that was sent beyond it would be sent again after a crash.
// An event that failed before takes its turn after as many as are ready when it comes: one that always fails must not be
// the first of every round, least of all the one by which a destination that is down is probed. So does a parked one.
import type { ActionKind, RangeIdentity, SendItem, SendMode } from '../destinations/destination.ts';
import type { Entry } from './entry.ts';
import { Heap } from './heap.ts';

/** One event on its way through one action. */
export interface Task {
  readonly entry: Entry;
  readonly actionId: string;
  readonly action: ActionKind;
  readonly item: SendItem<Record<string, unknown>>;
  readonly mode: SendMode;
  /** Events with equal keys may share a batch. */
  readonly batchKey: string;
  readonly bytes: number;
}

/** The tasks of one call of an action's `send`. */
export interface Unit {
  readonly action: ActionKind;
  readonly tasks: readonly Task[];
  readonly atomic: boolean;
  /** The range of the log that it is, if it is one. */
  readonly range?: RangeIdentity;
}

/** A batch that still takes events. */
export interface OpenBatch {
  readonly action: ActionKind;
  readonly tasks: Task[];
  readonly atomic: boolean;
  /** When it goes out even if it is not full, on the monotonic clock. */
  readonly dueAt: number;
  readonly key: string;
  room: number;
  bytesLeft: number;
}

/** A unit of events that are sent for the first time. */
interface Fresh {
  readonly unit: Unit;
  /** Of its first event. */
  readonly receivedAt: number;
  readonly offset: number;
}

/** A unit that is tried again: it goes out when so many others have. */
interface Retried {
  readonly unit: Unit;
  readonly turn: number;
}

const isBefore = (a: Fresh, b: Fresh): boolean =>
  a.receivedAt === b.receivedAt ? a.offset < b.offset : a.receivedAt < b.receivedAt;

export class Outbox {
  readonly #fresh = new Heap<Fresh>(isBefore);
  readonly #retried = new Heap<Retried>((a, b) => a.turn < b.turn);
  /** Units that went out. */
  #sent = 0;
  readonly #open = new Map<string, OpenBatch>();
  #nextDueAt = Infinity;
  #tasks = 0;

  /** Tasks waiting here. */
  get size(): number {
    return this.#tasks;
  }

  /** No batch that is not full goes out before this; Infinity when there is none. */
  get nextDueAt(): number {
    return this.#nextDueAt;
  }

  /** Adds a task. Answers the batch it is in if that takes more. */
  add(task: Task, now: number): OpenBatch | null {
    this.#tasks++;
    const { action, mode } = task;
    if (mode.mode !== 'batch') {
      this.#queue({ action, tasks: [task], atomic: true });
      return null;
    }
    const key = batchKeyOf(task);
    let batch = this.#open.get(key);
    if (batch && (batch.bytesLeft < task.bytes || batch.tasks.length >= task.entry.batchCap)) {
      this.#close(batch);
      batch = undefined;
    }
    if (!batch) {
      batch = {
        action,
        tasks: [],
        atomic: mode.atomic,
        dueAt: now + mode.maxWaitMs,
        key,
        room: mode.maxEvents,
        bytesLeft: mode.maxBytes,
      };
      this.#open.set(key, batch);
      this.#nextDueAt = Math.min(this.#nextDueAt, batch.dueAt);
    }
    batch.tasks.push(task);
    batch.bytesLeft -= task.bytes;
    batch.room = Math.min(batch.room - 1, task.entry.batchCap - batch.tasks.length);
    if (batch.room > 0) return batch;
    this.#close(batch);
    return null;
  }

  /** Whether a task would go into this batch. */
  fits(task: Task, batch: OpenBatch): boolean {
    return (
      batch.room > 0 &&
      this.#open.get(batch.key) === batch &&
      batchKeyOf(task) === batch.key &&
      batch.bytesLeft >= task.bytes &&
      batch.tasks.length < task.entry.batchCap
    );
  }

  /** The next request to send: a full one, else a batch that is due, else with `anyway` one that is not. */
  next(now: number, anyway = false): Unit | null {
    if (now >= this.#nextDueAt) this.#closeDue(now);
    if (anyway && this.#waiting === 0) {
      const [oldest] = this.#open.values();
      if (oldest) this.#close(oldest);
    }
    const due = this.#retried.first;
    const unit =
      due && (due.turn <= this.#sent || this.#fresh.size === 0) ? this.#retried.take()?.unit : this.#fresh.take()?.unit;
    if (!unit) return null;
    this.#sent++;
    this.#tasks -= unit.tasks.length;
    return unit;
  }

  /** Takes everything out. */
  drain(): readonly Task[] {
    const units = [...this.#fresh.drain(), ...this.#retried.drain()].map(({ unit }) => unit);
    const tasks = [...units, ...this.#open.values()].flatMap((unit) => unit.tasks);
    this.#open.clear();
    this.#nextDueAt = Infinity;
    this.#tasks = 0;
    return tasks;
  }

  #closeDue(now: number): void {
    this.#nextDueAt = Infinity;
    for (const batch of this.#open.values()) {
      if (batch.dueAt <= now) this.#close(batch);
      else this.#nextDueAt = Math.min(this.#nextDueAt, batch.dueAt);
    }
  }

  #close(batch: OpenBatch): void {
    this.#open.delete(batch.key);
    this.#queue({ action: batch.action, tasks: batch.tasks, atomic: batch.atomic });
  }

  get #waiting(): number {
    return this.#fresh.size + this.#retried.size;
  }

  #queue(unit: Unit): void {
    const entry = unit.tasks[0]?.entry;
    if (entry && entry.parking === 'none' && entry.attempts === 0)
      this.#fresh.add({ unit, receivedAt: entry.receivedAt, offset: entry.offset });
    else this.#retried.add({ unit, turn: this.#sent + this.#waiting });
  }
}

const batchKeyOf = ({ actionId, batchKey }: Task): string => `${actionId}\n${batchKey}`;
