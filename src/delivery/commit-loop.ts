// Commits what all lanes have to say, again and again: one transaction for everything that gathered meanwhile.
import { sleep } from '../lib/sleep.ts';
import type { DeliveryStore, DestinationCommit } from './delivery-store.ts';
import { persist } from './persist.ts';
import type { Reporter } from './report.ts';

/** How much may gather before it is committed; after a crash about this much is sent twice. */
const gatherMs = 15;

export interface Committable {
  takeCommit(): DestinationCommit | null;
  committed(): void;
}

export class CommitLoop {
  readonly #store: DeliveryStore;
  readonly #report: Reporter;
  readonly #members: () => Iterable<Committable>;
  readonly #stopped = new AbortController();
  readonly #abandoned = new AbortController();
  #wake: (() => void) | null = null;
  #awake = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(store: DeliveryStore, report: Reporter, members: () => Iterable<Committable>) {
    this.#store = store;
    this.#report = report;
    this.#members = members;
  }

  /** There is something to commit. */
  wake(): void {
    this.#awake = true;
    this.#wake?.();
  }

  /** Runs until stopped. */
  async run(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      if (!this.#awake) await new Promise<void>((resolve) => (this.#wake = resolve));
      this.#wake = null;
      await sleep(gatherMs, signal);
      this.#awake = false;
      await this.flush();
    }
  }

  /** Commits everything that has gathered. Calls take turns, so that what was taken first is stored first. */
  flush(): Promise<void> {
    const turn = this.#turn.then(() => this.#commit());
    this.#turn = turn;
    return turn;
  }

  /** Ends `run`; `flush` still works. */
  stop(): void {
    this.#stopped.abort();
    this.#wake?.();
  }

  /** Lets go of a commit that cannot be stored, so that a stop can end; the log redoes what it held. */
  abandon(): void {
    this.#abandoned.abort();
  }

  async #commit(): Promise<void> {
    const taken: { readonly member: Committable; readonly commit: DestinationCommit }[] = [];
    for (const member of this.#members()) {
      const commit = member.takeCommit();
      if (commit) taken.push({ member, commit });
    }
    if (taken.length === 0) return;
    const store = async (): Promise<true> => {
      await this.#store.commit(taken.map(({ commit }) => commit));
      return true;
    };
    if (!(await persist('committing', store, this.#report, this.#abandoned.signal))) return;
    for (const { member } of taken) member.committed();
    for (const { commit } of taken) {
      for (const { outcome, events } of commit.counts) {
        this.#report({ kind: 'progress', destinationId: commit.destinationId, outcome, events });
      }
    }
  }
}
