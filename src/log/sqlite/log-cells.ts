// What the writer tells every other thread, in shared memory: the durable end, on which readers sleep, and the figures
// that status() reports. Reading them costs no message and works while the writer is busy committing.
import type { LogStatus } from '../event-log.ts';
import { describeFault } from './log-fault.ts';

export type LogCells = SharedArrayBuffer;

const names = [
  'end',
  'start',
  'segments',
  'bytes',
  'queued',
  'windowMs',
  'since',
  'ids',
  'memoryBytes',
  'bounded',
  'fault',
  'warning',
] as const;
type CellName = (typeof names)[number];
const indexOf = Object.fromEntries(names.map((name, index) => [name, index])) as Record<CellName, number>;

export const createLogCells = (): LogCells => new SharedArrayBuffer(names.length * 8);

/** One thread's view of the cells. Numbers are whole and below 2^53. */
export class LogBoard {
  readonly #view: BigInt64Array<SharedArrayBuffer>;
  readonly #waiting = new Set<Waiter>();
  #listening = false;

  constructor(cells: LogCells) {
    this.#view = new BigInt64Array(cells);
  }

  get(name: CellName): number {
    return Number(Atomics.load(this.#view, indexOf[name]));
  }

  set(name: CellName, value: number): void {
    Atomics.store(this.#view, indexOf[name], BigInt(Math.round(value)));
  }

  add(name: CellName, value: number): void {
    Atomics.add(this.#view, indexOf[name], BigInt(value));
  }

  /** Publishes the offset after the last durable event and wakes every thread that waits for it. */
  publishEnd(end: number): void {
    this.set('end', end);
    Atomics.notify(this.#view, indexOf.end);
  }

  /** Resolves with the end once it lies past `offset`, or with the present end when `signal` aborts. */
  async waitPast(offset: number, signal?: AbortSignal): Promise<number> {
    const end = this.get('end');
    if (end > offset || signal?.aborted) return end;
    return new Promise((resolve) => {
      const waiter: Waiter = {
        offset,
        wake: () => {
          this.#waiting.delete(waiter);
          signal?.removeEventListener('abort', waiter.wake);
          resolve(this.get('end'));
        },
      };
      this.#waiting.add(waiter);
      signal?.addEventListener('abort', waiter.wake, { once: true });
      if (!this.#listening) void this.#listen();
    });
  }

  /** Lets everybody who waits go on. */
  wakeAll(): void {
    for (const waiter of this.#waiting) waiter.wake();
  }

  status(): LogStatus {
    const fault = this.get('fault');
    const warning = this.get('warning');
    return {
      engine: 'sqlite',
      partitions: [{ partition: 0, start: this.get('start'), end: this.get('end') }],
      segments: this.get('segments'),
      bytes: this.get('bytes'),
      queued: this.get('queued'),
      dedup: {
        windowMs: this.get('windowMs'),
        since: this.get('since'),
        ids: this.get('ids'),
        memoryBytes: this.get('memoryBytes'),
        bounded: this.get('bounded') === 1,
      },
      unavailable: fault === 0 ? null : describeFault(fault),
      warning: warning === 0 ? null : describeFault(warning),
    };
  }

  /** One sleeper per thread, however many callers wait; it lapses by itself so that an abandoned wait leaves nothing behind. */
  async #listen(): Promise<void> {
    this.#listening = true;
    // The wait alone would not keep a thread from ending.
    const hold = setInterval(() => undefined, 2 ** 30);
    while (this.#waiting.size > 0) {
      const end = this.get('end');
      for (const waiter of this.#waiting) if (end > waiter.offset) waiter.wake();
      if (this.#waiting.size === 0) break;
      const sleep = Atomics.waitAsync(this.#view, indexOf.end, BigInt(end), 1000);
      if (sleep.async) await sleep.value;
    }
    clearInterval(hold);
    this.#listening = false;
  }
}

interface Waiter {
  readonly offset: number;
  readonly wake: () => void;
}
