// A version that grows, and those who wait for it to grow.

/** Tells waiters when the configuration has a newer version. */
export class ChangeSignal {
  #version: number;
  readonly #waiting = new Set<() => void>();

  constructor(version: number) {
    this.#version = version;
  }

  get version(): number {
    return this.#version;
  }

  /** Sets the version and wakes everybody. */
  raise(version: number): void {
    this.#version = version;
    this.wake();
  }

  /** Answers everybody with the present version. */
  wake(): void {
    for (const resume of this.#waiting) resume();
  }

  /** Resolves with the version as soon as it is above `version`, when woken, or when `signal` aborts. */
  async wait(version: number, signal?: AbortSignal): Promise<number> {
    if (this.#version > version || signal?.aborted) return this.#version;
    await new Promise<void>((resolve) => {
      const resume = (): void => {
        this.#waiting.delete(resume);
        signal?.removeEventListener('abort', resume);
        resolve();
      };
      this.#waiting.add(resume);
      signal?.addEventListener('abort', resume, { once: true });
    });
    return this.#version;
  }
}
