// Tells the operator about faults: an outage once, when it begins, not once per request that it costs.
import { FaultError } from '../errors/errors.ts';

export class FaultNotices {
  readonly #tell: (error: unknown) => void;
  #outage = false;

  constructor(tell: (error: unknown) => void) {
    this.#tell = tell;
  }

  /** An error that is no known fault is a bug, and told every time. */
  failed(error: unknown): void {
    const isOutage = error instanceof FaultError;
    if (!isOutage || !this.#outage) this.#tell(error);
    if (isOutage) this.#outage = true;
  }

  /** Something was stored: the outage, if there was one, is over. */
  succeeded(): void {
    this.#outage = false;
  }
}
