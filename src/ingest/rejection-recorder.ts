// Hands rejections to the store in groups, so that a flood of bad calls costs few commits.
//
// One group is under way at a time; what comes meanwhile forms the next. `record` resolves when its group is durable:
// only then may the caller be answered 200 (guarantee G1).
import type { IntakeStore, Rejection } from '../control/intake-store.ts';

export class RejectionRecorder {
  readonly #store: Pick<IntakeStore, 'reject'>;
  #next: Rejection[] = [];
  #nextDone: Promise<void> | null = null;
  #underWay: Promise<void> = Promise.resolve();

  constructor(store: Pick<IntakeStore, 'reject'>) {
    this.#store = store;
  }

  /** Rejects with what the store rejected the group with. */
  record(rejections: readonly Rejection[]): Promise<void> {
    for (const rejection of rejections) this.#next.push(rejection);
    this.#nextDone ??= this.#underWay = this.#commitAfter(this.#underWay);
    return this.#nextDone;
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([this.#underWay]);
  }

  async #commitAfter(before: Promise<void>): Promise<void> {
    await Promise.allSettled([before]);
    // What arrives in this turn of the event loop still joins the group.
    await new Promise((resolve) => setImmediate(resolve));
    const group = this.#next;
    this.#next = [];
    this.#nextDone = null;
    await this.#store.reject(group);
  }
}
