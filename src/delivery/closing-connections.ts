// Connections of plans that are no longer in force: what is under way on them ends, then they close.
import type { Plan } from './plan.ts';

export class ClosingConnections {
  readonly #closing = new Set<Promise<void>>();
  readonly #failed: (error: unknown) => void;

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  close({ connection }: Plan): void {
    const closing: Promise<void> = connection.client
      .close()
      .catch(this.#failed)
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  /** Resolves when all of them are closed. */
  async ended(): Promise<void> {
    await Promise.all(this.#closing);
  }
}
