// The appending end, on a thread that must not touch the disk: the HTTP thread, or any other that has something to store.
//
// Entries of all appends gather in a group while the group before commits. What one client alone appends is sent at the end
// of the present turn of the event loop, together with whatever else that turn brings, so it waits for one commit only.
// While several clients append at once, an idle writer is sent a group as soon as there are some events, in the middle of
// a long turn too, or when the oldest has waited for a millisecond (gathering.ts).
//
// The queue is bounded in bytes: past that, an append waits its turn before its entries are taken in, which is the
// back-pressure. Who makes entries out of something smaller asks for room first (`whenRoom`).
import type { MessagePort } from 'node:worker_threads';
import { FaultError, InputError, fromErrorData } from '../../errors/errors.ts';
import { systemClock } from '../../lib/clock.ts';
import { connect } from '../../lib/rpc.ts';
import type { Remote, RpcClient } from '../../lib/rpc.ts';
import type { Appended, LogEntry, LogIntake, LogKeeper, RetentionPolicy, RetentionResult } from '../event-log.ts';
import { Gathering } from './gathering.ts';
import { GroupBuilder } from './group-builder.ts';
import { LogBoard } from './log-cells.ts';
import type { LogCells } from './log-cells.ts';
import { keeperName } from './log-protocol.ts';
import type { FromWriter, ToWriter } from './log-protocol.ts';

export interface LogClientOptions {
  /** A port whose other end the writer serves. */
  readonly port: MessagePort;
  readonly cells: LogCells;
  /** Once entries of so many bytes wait for their commit, appends wait for room. @default 32 MiB */
  readonly maxQueuedBytes?: number;
}

/** Groups sent and not answered: one commits, one lies ready, so that the writer never waits for this thread. */
const maxInFlight = 2;
/** A group that has reached this takes no further append. Larger ones are no cheaper and keep the writer's stages from overlapping. */
const groupBytes = 256 * 2 ** 10;
const groupEvents = 8192;
/** Memory kept for texts: of the groups in flight and one that gathers, as large as those become. */
const maxKept = maxInFlight + 1;
const maxKeptBytes = 4 * groupBytes;
/** The most entries of one append, far above what a batch request can hold. */
const maxEntries = 65_536;
export class LogClient implements LogIntake, LogKeeper {
  readonly #port: MessagePort;
  readonly #board: LogBoard;
  readonly #maxQueuedBytes: number;
  readonly #rpc: RpcClient;
  readonly #keeper: Remote<LogKeeper>;
  /** Groups still gathering or waiting to be sent, then those in flight, both oldest first. */
  #waiting: GroupBuilder[] = [];
  #inFlight: GroupBuilder[] = [];
  /** For the texts of the next groups. */
  readonly #memory: ArrayBuffer[] = [];
  #queuedBytes = 0;
  #queuedEvents = 0;
  /** What waits for room, first come first served. */
  readonly #blocked: (() => void)[] = [];
  /** While one that waited has its turn. */
  #admitting = false;
  #sendScheduled = false;
  #sendTimed = false;
  readonly #gathering = new Gathering();
  #ended: FaultError | null = null;
  #lostBy: FaultError | null = null;
  #idle: (() => void)[] = [];

  /** Groups committed so far, and the events in them. */
  readonly committed = { groups: 0, events: 0 };

  constructor(options: LogClientOptions) {
    this.#port = options.port;
    this.#board = new LogBoard(options.cells);
    this.#maxQueuedBytes = options.maxQueuedBytes ?? 32 * 2 ** 20;
    this.#port.on('message', (message: FromWriter) => this.#answered(message));
    this.#port.on('close', () => this.#lost());
    this.#rpc = connect(this.#port);
    this.#keeper = this.#rpc.remote<LogKeeper>(keeperName);
  }

  // Not `async`: a promise more for every call is seen in the cost of single events.
  append(entries: readonly LogEntry[]): Promise<readonly Appended[]> {
    if (this.#ended) return Promise.reject(this.#ended);
    if (entries.length === 0) return Promise.resolve([]);
    if (entries.length > maxEntries)
      return Promise.reject(new InputError('too_large', `One append holds at most ${maxEntries} events; split it.`));
    if (this.hasRoom) return this.#take(entries);
    return new Promise((resolve) => this.whenRoom(() => resolve(this.#takeUnlessLost(entries))));
  }

  get hasRoom(): boolean {
    return this.#queuedBytes < this.#maxQueuedBytes && (this.#blocked.length === 0 || this.#admitting);
  }

  whenRoom(go: () => void): void {
    if (this.hasRoom || this.#lostBy) go();
    else this.#blocked.push(go);
  }

  retain(policy: RetentionPolicy): Promise<RetentionResult> {
    return this.#keeper.retain(policy);
  }

  /** Waits for what has been taken in, then closes the port. Appends made from now on are rejected. */
  async close(): Promise<void> {
    this.#ended ??= new FaultError('shutting_down');
    await new Promise<void>((resolve) => {
      this.#idle.push(resolve);
      this.#tellIdle();
    });
    this.#rpc.close();
  }

  #take(entries: readonly LogEntry[]): Promise<readonly Appended[]> {
    let group = this.#waiting.at(-1);
    if (!group || group.bytes >= groupBytes || group.events >= groupEvents)
      this.#waiting.push((group = new GroupBuilder(this.#memory.pop())));
    const before = group.bytes;
    const appended = group.add(entries);
    this.#queue(group.bytes - before, entries.length);
    if (this.#inFlight.length === 0 && this.#gathering.isFull(group)) this.#send();
    else this.#schedule();
    return appended;
  }

  /** What waited for room when the log was closed is still stored. */
  async #takeUnlessLost(entries: readonly LogEntry[]): Promise<readonly Appended[]> {
    if (this.#lostBy) throw this.#lostBy;
    return this.#take(entries);
  }

  #schedule(): void {
    if (this.#sendScheduled || this.#inFlight.length >= maxInFlight) return;
    this.#sendScheduled = true;
    setImmediate(() => {
      this.#sendScheduled = false;
      this.#send();
    });
  }

  #send(): void {
    const port = this.#port;
    while (this.#inFlight.length < maxInFlight) {
      const [group] = this.#waiting;
      if (!group || this.#mayGrow(group)) return;
      this.#waiting.shift();
      this.#inFlight.push(group);
      this.#gathering.sent(group);
      const message: ToWriter = { t: 'group', group: group.toGroup() };
      port.postMessage(message, [message.group.text.buffer]);
    }
  }

  /** Whether a group had better wait for more; then it is sent in time. A busy writer's answer is in time. */
  #mayGrow(group: GroupBuilder): boolean {
    if (group.bytes >= groupBytes || this.#gathering.isEnough(group) || this.#ended) return false;
    if (this.#inFlight.length > 0) return true;
    const left = this.#gathering.patience(group, systemClock.monotonic());
    if (left === 0) return false;
    if (!this.#sendTimed) {
      this.#sendTimed = true;
      setTimeout(() => {
        this.#sendTimed = false;
        this.#send();
      }, left);
    }
    return true;
  }

  #answered(message: FromWriter): void {
    if (message.t !== 'stored' && message.t !== 'refused') return;
    const group = this.#inFlight.shift();
    if (!group) return;
    if (this.#memory.length < maxKept && message.memory.byteLength <= maxKeptBytes) this.#memory.push(message.memory);
    this.#queue(-group.bytes, -group.events);
    if (message.t === 'stored') {
      this.committed.groups++;
      this.committed.events += group.events;
      group.stored(message);
    } else group.refused(fromErrorData(message.error));
    this.#send();
    this.#admit();
    this.#tellIdle();
  }

  #admit(): void {
    this.#admitting = true;
    try {
      while (this.#blocked.length > 0 && (this.hasRoom || this.#lostBy)) this.#blocked.shift()?.();
    } finally {
      this.#admitting = false;
    }
  }

  #queue(bytes: number, events: number): void {
    this.#queuedBytes += bytes;
    this.#queuedEvents += events;
    this.#board.add('queued', events);
  }

  #tellIdle(): void {
    if (this.#queuedEvents > 0 || this.#blocked.length > 0) return;
    for (const tell of this.#idle.splice(0)) tell();
  }

  /** The writer's thread has gone, or the port was closed. Whether the groups in flight were stored is not known. */
  #lost(): void {
    const error = new FaultError(
      'thread_lost',
      'The log writer has stopped; whether the last events were stored is open.',
    );
    this.#ended ??= error;
    this.#lostBy = error;
    const groups = [...this.#inFlight.splice(0), ...this.#waiting.splice(0)];
    for (const group of groups) {
      this.#queue(-group.bytes, -group.events);
      group.refused(error);
    }
    this.#admit();
    this.#tellIdle();
  }
}
