// How many bytes of bodies are under way, and the queue of requests that wait unread while there are too many.
//
// A body counts from its first byte until its call is answered, in whatever form it is held meanwhile, so a log that is slow to store fills the account and
// holds new bodies back in the sockets of their senders: that is the back-pressure. Entered: at the high-water mark.
// Left: as answers go out. Requests that wait too long, and bodies growing past twice the mark, are refused; and so are
// bodies that have been under way for long while others wait, or a few senders that stall would keep everybody out.
import { heldBytesHighWater, maxWaitUnreadMs, slowBodyMs } from './limits.ts';

interface Waiting {
  readonly admit: () => void;
  readonly refuse: () => void;
  readonly bytes: number;
  readonly since: number;
}

/** A body that is being read. */
export interface Reading {
  readonly since: number;
  /** Releases what is held of it, and refuses it. */
  readonly giveUp: () => void;
}

export class HeldBytes {
  readonly #highWater: number;
  readonly #maxWaitMs: number;
  readonly #monotonic: () => number;
  #held = 0;
  /** In order of arrival. */
  #waiting: Waiting[] = [];
  /** Those that did not come in one piece, the longest under way first. */
  readonly #readings = new Set<Reading>();
  #timer: NodeJS.Timeout | null = null;
  #serving = false;

  constructor(monotonic: () => number, highWater = heldBytesHighWater, maxWaitMs = maxWaitUnreadMs) {
    this.#monotonic = monotonic;
    this.#highWater = highWater;
    this.#maxWaitMs = maxWaitMs;
  }

  get held(): number {
    return this.#held;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Whether a new body may be read now. */
  get hasRoom(): boolean {
    return this.#held < this.#highWater && this.#waiting.length === 0;
  }

  /** Whether even bodies under way are too much. */
  get overflows(): boolean {
    return this.#held >= this.#highWater * 2;
  }

  add(bytes: number): void {
    this.#held += bytes;
  }

  release(bytes: number): void {
    this.#held -= bytes;
    // What is admitted may be answered, and so released, at once.
    if (this.#waiting.length > 0 && !this.#serving) this.#serve();
  }

  /** To be told of a body that is being read, until `ended`. */
  began(giveUp: () => void): Reading {
    const reading = { since: this.#monotonic(), giveUp };
    this.#readings.add(reading);
    return reading;
  }

  ended(reading: Reading): void {
    this.#readings.delete(reading);
  }

  /** Calls one of the two: `admit` when there is room for the `bytes` expected, `refuse` when that took too long. */
  wait(bytes: number, admit: () => void, refuse: () => void): void {
    this.#waiting.push({ admit, refuse, bytes, since: this.#monotonic() });
    this.#timer ??= setInterval(() => this.#serve(), Math.min(1000, this.#maxWaitMs)).unref();
  }

  #serve(): void {
    const tooLate = this.#monotonic() - this.#maxWaitMs;
    this.#serving = true;
    try {
      this.#giveUpSlow();
      // What is admitted here arrives later, so its bytes are set aside by hand.
      let room = this.#highWater - this.#held;
      for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
        const late = next.since <= tooLate;
        if (!late && room <= 0) break;
        this.#waiting.shift();
        if (late) next.refuse();
        else {
          room -= next.bytes;
          next.admit();
        }
      }
    } finally {
      this.#serving = false;
    }
    if (this.#waiting.length > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
  #giveUpSlow(): void {
    const tooSlow = this.#monotonic() - slowBodyMs;
    for (const { since, giveUp } of this.#readings) {
      if (this.#held < this.#highWater || since > tooSlow) return;
      giveUp();
    }
  }
}
